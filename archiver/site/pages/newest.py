"""/articles.atom, /articles.json : articles as they come into the archive."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from archiver.site.feeds.entries import article_entries
from archiver.site.pages.answering import Row, ask, rows
from archiver.site.pages.formats import PAGE_SIZE, Asked, as_feed, as_json, asked, link_to, split, words_for

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette


async def newest(datasette: Datasette, request: Request) -> Response:
    """The articles that were captured last, the newest first: by capture, not by the day that they carry."""
    wanted, words = asked(request), words_for(request)
    shown, more = split(await ask(datasette, lambda db: _articles(db, wanted)))
    if request.url_vars["format"] == ".json":
        return as_json(datasette, request, "articles", shown, wanted.page + 1 if more else None)
    entries = article_entries(shown, words, partial(link_to, datasette, request))
    return as_feed(datasette, request, "articles", entries)


def _articles(db: sqlite3.Connection, wanted: Asked) -> list[Row]:
    return rows(
        db,
        "SELECT article_key, portal, url, title, lead, section, author, published_on, published_at, first_captured_at"
        " FROM articles WHERE ? IN ('', portal) ORDER BY first_captured_at DESC, article_key LIMIT ? OFFSET ?",
        wanted.portal,
        PAGE_SIZE + 1,
        wanted.offset,
    )
