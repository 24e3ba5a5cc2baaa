"""/coverage : when each portal could be seen, as a page, as JSON, as a feed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from archiver.site.feeds.entries import coverage_entries
from archiver.site.figures.coverage import coverage as coverage_figure
from archiver.site.figures.figure import Story
from archiver.site.pages.answering import Row, ask, page, rows
from archiver.site.pages.formats import PAGE_SIZE, Asked, Form, asked, data_of, other_form, split, words_for
from archiver.site.pages.plots import QUERIES
from archiver.site.saved_queries import rows_of
from archiver.site.wording import Words

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_RUNS = 20


async def coverage(datasette: Datasette, request: Request) -> Response:
    """A band for each portal, the spells in which it was not seen, and the latest runs."""
    wanted, words = asked(request), words_for(request)
    spells = await ask(datasette, lambda db: rows_of(db, "coverage_spells", portal=wanted.portal))
    shown, more = split(spells[wanted.offset : wanted.offset + PAGE_SIZE + 1])
    following = wanted.page + 1 if more else None
    unseen = [row for row in spells if row["status"] != "seen"][:PAGE_SIZE]
    if other := other_form(datasette, request, "coverage", shown, following, coverage_entries, unseen):
        return other
    portals = await ask(datasette, lambda db: _portals(db, wanted.portal, words))
    runs = await ask(datasette, lambda db: _runs(db, wanted.portal))
    values = {
        "portals": portals,
        "runs": runs,
        "words": words,
        "queries": QUERIES,
        "data": _data(wanted),
    }
    return await page(datasette, request, "coverage.html", values)


def _data(wanted: Asked) -> list[Form]:
    own = [("JSON", "/coverage.json"), ("Atom", "/coverage.atom")]
    return data_of("coverage_days", "coverage_spells", wanted.portal, own)


def _portals(db: sqlite3.Connection, wanted: str, words: Words) -> list[Row]:
    """Each portal with its figure, and how many days of each kind there are."""
    known = rows(db, "SELECT portal, name, web_status FROM portals WHERE ? IN ('', portal) ORDER BY portal", wanted)
    return [row | _days(db, row["portal"], words) for row in known]


def _days(db: sqlite3.Connection, portal: str, words: Words) -> Row:
    days = rows(
        db,
        "SELECT portal, day, status AS coverage, 0 AS articles FROM coverage_days WHERE portal = ? ORDER BY day",
        portal,
    )
    counts = rows(
        db,
        "SELECT status, count(*) AS days FROM coverage_days WHERE portal = ? GROUP BY status ORDER BY days DESC",
        portal,
    )
    return {"figure": coverage_figure(Story(days), words, f"-{portal}"), "counts": counts}


def _runs(db: sqlite3.Connection, portal: str) -> list[Row]:
    return rows(
        db,
        "SELECT crawl_key, portal, kind, started_at, finished_at, status, finish_reason FROM crawls"
        " WHERE ? IN ('', portal) ORDER BY started_at DESC LIMIT ?",
        portal,
        _RUNS,
    )
