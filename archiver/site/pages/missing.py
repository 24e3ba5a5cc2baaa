"""/missing : what was there and is not, as a page, as JSON, as a feed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from archiver.site.feeds.entries import missing_entries
from archiver.site.pages.answering import Row, ask, page, rows
from archiver.site.pages.formats import PAGE_SIZE, Asked, Form, asked, data_of, other_form, split, words_for
from archiver.site.pages.plots import look_at_changes

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette


async def missing(datasette: Datasette, request: Request) -> Response:
    """The latest disappearances, each with the interval in which it happened and the capture that shows it.

    Articles that went out of reach with their whole portal are counted, not listed: they did not disappear one by one.
    """
    wanted, words = asked(request), words_for(request)
    shown, more = split(await ask(datasette, lambda db: _missing(db, wanted)))
    following = wanted.page + 1 if more else None
    if other := other_form(datasette, request, "missing", shown, following, missing_entries):
        return other
    values = {
        "missing": [row | {"why": words.why_missing(row)} for row in shown],
        "unreachable": await ask(datasette, lambda db: _unreachable(db, wanted)),
        "wanted": wanted,
        "next_page": following,
        "words": words,
        "data": _data(wanted),
    }
    return await page(datasette, request, "missing.html", values | await look_at_changes(datasette, request))


def _data(wanted: Asked) -> list[Form]:
    own = [("JSON", "/missing.json"), ("Atom", "/missing.atom")]
    return data_of("missing_articles", "missing", wanted.portal, own)


def _missing(db: sqlite3.Connection, wanted: Asked) -> list[Row]:
    return rows(
        db,
        "SELECT missing_articles.*, (SELECT max(at) FROM article_events"
        "   WHERE article_events.article_key = missing_articles.article_key) AS changed_at"
        " FROM missing_articles WHERE web_status != 'unreachable' AND ? IN ('', portal)"
        " ORDER BY first_missing_at DESC, article_key LIMIT ? OFFSET ?",
        wanted.portal,
        PAGE_SIZE + 1,
        wanted.offset,
    )


def _unreachable(db: sqlite3.Connection, wanted: Asked) -> list[Row]:
    return rows(
        db,
        "SELECT portals.portal, name, portals.web_status, count(*) AS articles"
        " FROM articles JOIN portals USING (portal)"
        " WHERE articles.web_status = 'unreachable' AND ? IN ('', portals.portal) GROUP BY portals.portal",
        wanted.portal,
    )
