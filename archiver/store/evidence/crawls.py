"""Runs: how one begins from where the last one stopped, and what is written down at its end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from archiver.clock import moment, stamp
from archiver.portals import Portal
from archiver.portals.addresses import tidy
from archiver.store.databases.opening import insert, writing
from archiver.store.evidence.frontier import FORBIDDEN, IN_A_CIRCLE, RANKS, Found, Frontier
from archiver.store.ground.keys import crawl_key, request_key

Status = Literal["running", "finished", "degraded", "failed", "interrupted", "limited", "killed"]

_CUT_SHORT = frozenset(("running", "killed", "interrupted"))  # "running": it ended without a word
_GOES_ON_WITHIN = timedelta(hours=12)  # after which a run that was cut short is begun anew
DEADLINE, MEMORY = "deadline", "memory"
"""Limits of a run; with the name of the one that it met, its reason begins."""
_RUNS_THAT_GO_ON = 100  # one with the other, within the hours above
_CIRCLES_AGAIN_AFTER = timedelta(days=7)
LONGEST_REST = timedelta(days=1)  # for which a portal can have a page left alone, however long it asks for


@dataclass(frozen=True, slots=True)
class Opened:
    """A run that has begun."""

    crawl_key: str
    started_at: str
    goes_on: bool  # with what a run left that was cut short: what that one finished is not asked for again


@dataclass(frozen=True, slots=True)
class Again:
    """What is known and asked for again: requests, by their keys."""

    articles: Sequence[str] = ()
    files: Sequence[str] = ()
    feeds: Sequence[str] = ()


def plan_crawl(db: Database, portal: Portal, now: str, settings: dict[str, object]) -> Opened:
    """Which run begins now, and whether it goes on with the last one. Nothing is written down yet.

    One that was killed or interrupted, or met its deadline, is gone on with, and one that met a page budget by another
    that has one: were the lists asked for anew each time, runs that are all cut short would never come past them.
    """
    runs = db.execute(
        "SELECT status, started_at, settings, finish_reason FROM crawls WHERE portal = ? AND kind = 'crawl'"
        " ORDER BY started_at DESC, crawl_key DESC LIMIT ?",
        (portal.key, _RUNS_THAT_GO_ON),
    ).fetchall()
    goes_on = (
        bool(runs)
        and _was_cut_short(*runs[0], limit=settings.get("limit"))
        and moment(now) - _begun_at(runs) < _GOES_ON_WITHIN
        and not _asks_for_more(settings, json.loads(runs[0][2] or "{}"))
    )
    return Opened(crawl_key(portal.key, now), now, goes_on)


def open_crawl(
    db: Database,
    portal: Portal,
    opened: Opened,
    settings: dict[str, object],
    versions: dict[str, str],
    again: Again,
) -> None:
    """Write down that a run begins, and queue what it asks for first: the home page, lists, what is to be rechecked.

    Both in one commit: a run that is written down and has queued nothing would, killed there, be gone on with by one
    that asks for nothing. The last run, if it ended without a word, was killed. One that is gone on with has queued all
    that it wanted; only lists whose pages are posted with the state of another begin anew.
    """
    with writing(db):
        db.execute(
            "UPDATE crawls SET status = 'killed' WHERE portal = ? AND kind = 'crawl' AND status = 'running'",
            (portal.key,),
        )
        _insert_run(db, portal, opened, "crawl", settings, versions)
        if opened.goes_on:
            _restart_posted_walks(db, portal)
        else:
            _begin_anew(db, portal, opened, again)
        _queue_home(db, portal, opened)


def open_import(
    db: Database,
    portal: Portal,
    kind: Literal["import", "wayback"],
    now: str,
    settings: dict[str, object],
    versions: dict[str, str],
) -> Opened:
    """Begin a run that brings captures from elsewhere. What an earlier one left to do, it finds out for itself."""
    opened = Opened(crawl_key(portal.key, now), now, goes_on=False)
    with writing(db):
        db.execute(
            "UPDATE crawls SET status = 'killed' WHERE portal = ? AND kind IN ('import', 'wayback')"
            " AND status = 'running'",
            (portal.key,),
        )
        _insert_run(db, portal, opened, kind, settings, versions)
    return opened


def wake_late_sleepers(db: Database, portal: Portal, now: datetime) -> None:
    """Nothing is due so late; such a time was written by a clock that has been set back since."""
    with writing(db):
        db.execute(
            "UPDATE frontier SET due = NULL WHERE portal = ? AND state = 'waiting' AND due > ?",
            (portal.key, stamp(now + LONGEST_REST)),
        )


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


def _was_cut_short(status: str, _: str, __: str | None, reason: str | None, *, limit: object) -> bool:
    """Whether a run, as it is written down, left to the next what it was to do; `limit` is that of the next."""
    by_limit = limit is not None or str(reason).startswith((DEADLINE, MEMORY))
    return status in _CUT_SHORT or (status == "limited" and by_limit)


def _begun_at(runs: Sequence[tuple[str, str, str | None, str | None]]) -> datetime:
    """When the latest of some runs (newest first) asked for the lists, or else the one that it went on with.

    Runs that are all cut short, each going on with the last, would never see what is new.
    """
    before, *later = reversed(runs)
    begun = moment(before[1])
    for run in later:
        if not _was_cut_short(*before, limit=0) or moment(run[1]) - begun >= _GOES_ON_WITHIN:
            begun = moment(run[1])
        before = run
    return begun


def _asks_for_more(settings: dict[str, object], before: dict[str, object]) -> bool:
    """Whether a run is to ask for what the one before it was not to ask for."""
    full = bool(settings.get("full")) and not before.get("full")
    return full or (settings.get("recheck") == "all" and before.get("recheck") != "all")


def _insert_run(
    db: Database,
    portal: Portal,
    opened: Opened,
    kind: str,
    settings: dict[str, object],
    versions: dict[str, str],
) -> None:
    row = {
        "crawl_key": opened.crawl_key,
        "portal": portal.key,
        "kind": kind,
        "started_at": opened.started_at,
        "status": "running",
        "settings": json.dumps(settings, ensure_ascii=False),
        "versions": json.dumps(versions),
    }
    insert(db, "crawls", row)


def _begin_anew(db: Database, portal: Portal, opened: Opened, again: Again) -> None:
    _drop_unfinished_walks(db, portal)
    _wait_again(db, portal)
    _try_circles_again(db, portal, opened.started_at)
    _queue(db, portal, again.articles, "navigation")
    _queue(db, portal, again.files, "file")
    _queue(db, portal, again.feeds, "feed")
    lists = db.execute("SELECT list_key FROM lists WHERE portal = ?", (portal.key,)).fetchall()
    _queue(db, portal, [key for (key,) in lists], "list")


def _restart_posted_walks(db: Database, portal: Portal) -> None:
    waiting = "portal = ? AND state = 'waiting' AND role = 'posted page'"
    lists = db.execute(f"SELECT DISTINCT list_key FROM frontier WHERE {waiting}", (portal.key,)).fetchall()
    _drop_waiting(db, waiting, portal)
    # After the rows that wait: runs that are all limited would else spend themselves on the first pages of one list.
    _queue(db, portal, [key for (key,) in lists], "page")


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


def _try_circles_again(db: Database, portal: Portal, now: str) -> None:
    """A circle of redirects may pass, as that of a log-in that fails: it is tried again a week later.

    At once, if the home page or a list is in it.
    """
    refused = "SELECT * FROM frontier WHERE portal = :portal AND state = 'refused' AND reason = :circle"
    db.execute(
        f"""
        WITH circles AS ({refused})
        UPDATE frontier SET state = 'waiting', reason = NULL, due = NULL, attempts = 0 WHERE request_key IN (
          SELECT circles.request_key FROM circles LEFT JOIN captures USING (capture_key)
          WHERE captures.captured_at IS NULL OR captures.captured_at < :week_ago
          OR EXISTS (SELECT 1 FROM circles WHERE role = 'home' OR request_key IN (SELECT list_key FROM lists)))
        """,
        {"portal": portal.key, "circle": IN_A_CIRCLE, "week_ago": stamp(moment(now) - _CIRCLES_AGAIN_AFTER)},
    )


def _queue(
    db: Database, portal: Portal, keys: Sequence[str], role: Literal["list", "page", "navigation", "file", "feed"]
) -> None:
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
