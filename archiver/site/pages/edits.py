"""/edits : what publishers changed, as a page, as JSON, as a feed."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from archiver.site.feeds.entries import edit_entries
from archiver.site.pages.answering import Row, ask, page, rows
from archiver.site.pages.formats import PAGE_SIZE, Asked, Form, asked, data_of, other_form, split, words_for
from archiver.site.pages.plots import look_at_changes

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette


async def edits(datasette: Datasette, request: Request) -> Response:
    """The latest edits, each with the two captures that prove it."""
    wanted, words = asked(request), words_for(request)
    shown, more = split(await ask(datasette, lambda db: _edits(db, wanted)))
    following = wanted.page + 1 if more else None
    if other := other_form(datasette, request, "edits", shown, following, edit_entries):
        return other
    told = [row | {"fields": words.fields(json.loads(row["changed_fields"] or "[]"))} for row in shown]
    values = {
        "edits": told,
        "wanted": wanted,
        "next_page": following,
        "words": words,
        "data": _data(wanted),
    }
    return await page(datasette, request, "edits.html", values | await look_at_changes(datasette, request))


def _data(wanted: Asked) -> list[Form]:
    own = [("JSON", "/edits.json"), ("Atom", "/edits.atom")]
    return data_of("edits", "latest_edits", wanted.portal, own)


def _edits(db: sqlite3.Connection, wanted: Asked) -> list[Row]:
    return rows(
        db,
        "SELECT * FROM edits WHERE ? IN ('', portal) ORDER BY first_seen_after_at DESC, article_key LIMIT ? OFFSET ?",
        wanted.portal,
        PAGE_SIZE + 1,
        wanted.offset,
    )
