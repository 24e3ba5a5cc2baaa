"""Runs: how one begins from where the last one stopped, and what is written down at its end."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlite_utils import Database

from archiver.clock import moment
from archiver.portals import Portal
from archiver.portals.addresses import tidy
from archiver.store.database import writing
from archiver.store.frontier import RANKS, Found, Frontier
from archiver.store.keys import crawl_key, request_key

Status = Literal["running", "finished", "degraded", "failed", "interrupted", "limited", "killed"]

FORBIDDEN = "robots.txt forbids it"
_GOES_ON_WITHIN = timedelta(hours=12)  # after which a killed run is no longer gone on with, but begun anew


@dataclass(frozen=True, slots=True)
class Opened:
    """A run that has begun."""

    crawl_key: str
    started_at: str
    goes_on: bool  # with what a killed run left: what that one finished is not asked for again


def open_crawl(db: Database, portal: Portal, now: str, settings: dict[str, object], versions: dict[str, str]) -> Opened:
    """Begin a run. The last one, if it ended without a word, was killed."""
    with writing(db):
        last = db.execute(
            "SELECT crawl_key, status, started_at FROM crawls WHERE portal = ?"
            " ORDER BY started_at DESC, crawl_key DESC LIMIT 1",
            (portal.key,),
        ).fetchone()
        was_killed = last is not None and last[1] == "running"
        if was_killed:
            db.execute("UPDATE crawls SET status = 'killed' WHERE crawl_key = ?", (last[0],))
        opened = Opened(crawl_key(portal.key, now), now, was_killed and moment(now) - moment(last[2]) < _GOES_ON_WITHIN)
        db.table("crawls").insert(
            {
                "crawl_key": opened.crawl_key,
                "portal": portal.key,
                "kind": "crawl",
                "started_at": now,
                "status": "running",
                "settings": json.dumps(settings, ensure_ascii=False),
                "versions": json.dumps(versions),
            }
        )
    return opened


def queue_entries(db: Database, portal: Portal, opened: Opened, rechecks: list[str]) -> None:
    """What a run asks for first: the home page, each list's first page, and the articles that are to be rechecked.

    A run that goes on with a killed one only begins the lists anew whose pages are posted with the state of another.
    """
    with writing(db):
        if opened.goes_on:
            _restart_posted_walks(db, portal)
        else:
            _drop_unfinished_walks(db, portal)
            _wait_again(db, portal)
            _queue(db, portal, rechecks, "navigation")
            lists = db.execute("SELECT list_key FROM lists WHERE portal = ?", (portal.key,)).fetchall()
            _queue(db, portal, [key for (key,) in lists], "list")
        _queue_home(db, portal, opened)


def close_crawl(
    db: Database,
    opened: Opened,
    now: str,
    status: Status,
    reason: str,
    counts: dict[str, int],
    checks: list[dict[str, object]],
    peak_memory_mb: float,
) -> None:
    """Write down how a run ended."""
    with writing(db):
        db.execute(
            "UPDATE crawls SET finished_at = ?, status = ?, finish_reason = ?, counts = ?, checks = ?,"
            " peak_memory_mb = ? WHERE crawl_key = ?",
            (now, status, reason, json.dumps(counts), json.dumps(checks, ensure_ascii=False), peak_memory_mb,
             opened.crawl_key),
        )  # fmt: skip


def _restart_posted_walks(db: Database, portal: Portal) -> None:
    waiting = "portal = ? AND state = 'waiting' AND role = 'posted page'"
    lists = db.execute(f"SELECT DISTINCT list_key FROM frontier WHERE {waiting}", (portal.key,)).fetchall()
    _drop_waiting(db, waiting, portal)
    _queue(db, portal, [key for (key,) in lists], "list")


def _drop_unfinished_walks(db: Database, portal: Portal) -> None:
    """Every walk of a new run begins at the list's first page: rows may have moved since."""
    _drop_waiting(db, "portal = ? AND state = 'waiting' AND role IN ('page', 'posted page')", portal)


def _drop_waiting(db: Database, condition: str, portal: Portal) -> None:
    db.execute(f"DELETE FROM frontier WHERE {condition} AND capture_key IS NULL", (portal.key,))
    db.execute(f"UPDATE frontier SET state = 'done' WHERE {condition}", (portal.key,))


def _wait_again(db: Database, portal: Portal) -> None:
    """What failed is tried again, and robots.txt asked again about what it forbade."""
    db.execute(
        "UPDATE frontier SET state = 'waiting', reason = NULL, due = NULL, attempts = 0 WHERE portal = ?"
        " AND ((state = 'failed' AND role NOT IN ('page', 'posted page')) OR (state = 'refused' AND reason = ?))",
        (portal.key, FORBIDDEN),
    )


def _queue(db: Database, portal: Portal, keys: list[str], role: Literal["list", "navigation"]) -> None:
    db.conn.executemany(
        "UPDATE frontier SET state = 'waiting', due = NULL, attempts = 0, rank = ? WHERE request_key = ? AND portal = ?"
        " AND state IN ('done', 'failed', 'waiting')",
        [(RANKS[role], key, portal.key) for key in keys],
    )


def _queue_home(db: Database, portal: Portal, opened: Opened) -> None:
    home = request_key(portal, "GET", portal.url)
    if Frontier(db, portal).by_key(home) is None:
        found = Found(tidy(portal, portal.url), "home")
        Frontier(db, portal).add([found], None, opened.started_at, opened.crawl_key)
    elif not opened.goes_on:
        db.execute(
            "UPDATE frontier SET state = 'waiting', due = NULL, attempts = 0"
            " WHERE request_key = ? AND state != 'captured'",
            (home,),
        )
