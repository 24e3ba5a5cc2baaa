"""/coverage : how each portal and the archive stood after the last run, as a page, as JSON, as a feed.

All of it is told from archive.db alone: the site has neither a clock nor the configuration of whoever crawls.
"""

from __future__ import annotations

import sqlite3
from dataclasses import asdict
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from archiver.site.feeds.entries import coverage_entries
from archiver.site.figures import growth
from archiver.site.figures.coverage import coverage as coverage_figure
from archiver.site.figures.figure import Figure, Story
from archiver.site.pages.answering import Row, ask, page, recall, rows
from archiver.site.pages.formats import PAGE_SIZE, Asked, Form, asked, data_of, other_form, split, words_for
from archiver.site.pages.plots import QUERIES
from archiver.site.saved_queries import rows_of
from archiver.site.wording import Words
from archiver.store.runs.account import Account, accounts
from archiver.store.runs.growth import Growth, growth_at_last_run

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_RUNS = 20
Disk = tuple[str, Growth] | None  # how much room there was, and when; null where no run noted it


async def coverage(datasette: Datasette, request: Request) -> Response:
    """An account and a band of days for each portal, how the files grow, and the latest runs."""
    wanted, words = asked(request), words_for(request)
    spells = await ask(datasette, lambda db: rows_of(db, "coverage_spells", portal=wanted.portal))
    shown, more = split(spells[wanted.offset : wanted.offset + PAGE_SIZE + 1])
    following = wanted.page + 1 if more else None
    unseen = [row for row in spells if row["status"] != "seen"][:PAGE_SIZE]
    told = await recall(datasette, ("accounts", wanted.portal), lambda db: accounts(Database(db), wanted.portal))
    disk = await recall(datasette, "disk", lambda db: growth_at_last_run(Database(db)))
    beside = {"portals": [each.as_json() for each in told], "disk": _as_json(disk)}
    if other := other_form(datasette, request, "coverage", shown, following, coverage_entries, unseen, beside):
        return other
    values = {
        "portals": await ask(datasette, lambda db: _portals(db, told, words)),
        "disk": disk,
        "growth": await recall(datasette, ("growth", words.language), lambda db: _growth(db, words)),
        "runs": await ask(datasette, lambda db: _runs(db, wanted.portal)),
        "words": words,
        "queries": QUERIES,
        "data": _data(wanted),
    }
    return await page(datasette, request, "coverage.html", values)


def _data(wanted: Asked) -> list[Form]:
    own = [("JSON", "/coverage.json"), ("Atom", "/coverage.atom")]
    return data_of("coverage_days", "coverage_spells", wanted.portal, own)


def _as_json(disk: Disk) -> dict[str, object] | None:
    return {"as_of": disk[0], **asdict(disk[1])} if disk else None


def _growth(db: sqlite3.Connection, words: Words) -> Figure:
    return growth.growth(rows_of(db, growth.QUERY), words)


def _portals(db: sqlite3.Connection, told: list[Account], words: Words) -> list[Row]:
    """Each portal with its figure, and how many days of each kind there are."""
    return [{"account": each} | _days(db, each.portal, words) for each in told]


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
