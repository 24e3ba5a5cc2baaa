"""What whoever looks after an archive has to know of a portal: its latest runs, how it stands, what went missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlite_utils import Database

from archiver.clock import stamp
from archiver.portals import Portal
from archiver.store.runs.health import RunCheck, failed_checks

_CRAWLS = "FROM crawls WHERE portal = ? AND kind = 'crawl'"
_TOLD = "status IN ('finished', 'limited', 'degraded', 'failed')"  # what a run says of itself that was not cut short
_ENDED = "status NOT IN ('running', 'interrupted')"
_KILLED_AGAIN = "it ended without a word, as did the one before it: killed, out of memory, or deaf at its deadline"
_GOOD = """
  status IN ('finished', 'limited') AND NOT EXISTS (
    SELECT 1 FROM json_each(coalesce(checks, '[]')) WHERE NOT json_extract(value, '$.passed'))
"""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a crawl ended."""

    crawl_key: str
    started_at: str
    status: str
    reason: str
    failed_checks: tuple[RunCheck, ...]

    @property
    def is_good(self) -> bool:
        """Whether it saw what a good run sees. One that was limited stays limited, though a check failed."""
        return self.status in ("finished", "limited") and not self.failed_checks


@dataclass(frozen=True, slots=True)
class Watched:
    """One portal, as its two files tell."""

    portal: str
    first_run_at: str | None
    latest: RunEnd | None  # of the crawls that went to their end or failed, or were killed one after another
    latest_good: RunEnd | None  # of those that saw what a good one sees
    web_status: str  # up, unreachable, closed, replaced
    web_status_detail: str
    missing: int  # articles that were first missed within the last day, and still are
    articles: int


def watched(captures: Database, archive: Database, portal: Portal, now: datetime) -> Watched:
    """What is to be known of a portal now."""
    status, detail = _web_status(archive, portal)
    (first,) = captures.execute(f"SELECT min(started_at) {_CRAWLS}", (portal.key,)).fetchone()
    return Watched(
        portal.key,
        first,
        _killed_again(captures, portal) or _latest(captures, portal, _TOLD),
        _latest(captures, portal, _GOOD),
        status,
        detail,
        _missing(archive, portal, now - _DAY),
        _count(archive, "SELECT count(*) FROM articles WHERE portal = ?", portal.key),
    )


def _latest(captures: Database, portal: Portal, condition: str) -> RunEnd | None:
    """The latest crawl for which a condition holds."""
    return next(iter(_runs(captures, portal, condition, 1)), None)


def _killed_again(captures: Database, portal: Portal) -> RunEnd | None:
    """The latest crawl as one that failed, where it and the one before it were killed: a power cut kills but once."""
    ended = _runs(captures, portal, _ENDED, 2)
    if [each.status for each in ended] != ["killed", "killed"]:
        return None
    return replace(ended[0], status="failed", reason=_KILLED_AGAIN)


def _runs(captures: Database, portal: Portal, condition: str, count: int) -> list[RunEnd]:
    """The latest crawls for which a condition holds, newest first."""
    rows = captures.execute(
        f"SELECT crawl_key, started_at, status, finish_reason, checks {_CRAWLS} AND {condition}"
        " ORDER BY started_at DESC, crawl_key DESC LIMIT ?",
        (portal.key, count),
    ).fetchall()
    return [RunEnd(key, at, status, reason or "", failed_checks(checks)) for key, at, status, reason, checks in rows]


def _web_status(archive: Database, portal: Portal) -> tuple[str, str]:
    row = archive.execute(
        "SELECT web_status, (SELECT detail FROM portal_events WHERE portal_events.portal = portals.portal"
        " ORDER BY at DESC LIMIT 1) FROM portals WHERE portal = ?",
        (portal.key,),
    ).fetchone()
    return (str(row[0] or "up"), str(row[1] or "")) if row else ("up", "")


def _missing(archive: Database, portal: Portal, since: datetime) -> int:
    return _count(
        archive,
        "SELECT count(*) FROM articles WHERE portal = ? AND web_status IN ('suspect', 'gone') AND first_missing_at > ?",
        portal.key,
        stamp(since),
    )


def _count(db: Database, query: str, *values: object) -> int:
    return int(db.execute(query, values).fetchone()[0])
