"""What a portal's archive tells of its runs and of when it published: what is due is found in that.

Both files list the runs; where `runs` is asked for, either will do. A portal is named by its key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from statistics import median

from sqlite_utils import Database

from archiver.clock import moment, stamp
from archiver.store.runs.dueness import WINDOW, Bounds, Due, PastRun, next_due, span, when_in_words
from archiver.vietnamese.dates import INDOCHINA_TIME

_RUNS = 20  # as many as failures in a row can matter
_LATEST = 50  # articles whose lag is looked at
_MINUTE = "coalesce(published_at, CASE WHEN listed_at LIKE '%T%' THEN listed_at END)"
_NOON = time(12, tzinfo=INDOCHINA_TIME)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How regularly a portal is crawled, and what comes of that."""

    last_success: str | None  # the end of the last run that did what it was to do, in UTC
    next_due: str  # in UTC
    is_due: bool
    interval_minutes: float
    because: str  # why then
    capture_lag_minutes: float | None  # median, from the minute that the portal says to the capture


def rhythm_of(runs: Database, archive: Database, portal: str, bounds: Bounds, now: datetime) -> Rhythm:
    """The rhythm of a portal now."""
    due, lag = due_of(runs, archive, portal, bounds, now), capture_lag(runs, archive, portal)
    return Rhythm(
        last_success(runs, portal),
        stamp(due.at),
        due.is_due(now),
        round(due.every.total_seconds() / 60, 1),
        due.because,
        None if lag is None else round(lag.total_seconds() / 60, 1),
    )


def rhythm_in_words(rhythm: Rhythm, now: datetime) -> str:
    """The same for people, in two lines."""
    at, every = moment(rhythm.next_due), timedelta(minutes=rhythm.interval_minutes)
    success = f"{rhythm.last_success[:16]}Z" if rhythm.last_success else "never"
    lag = rhythm.capture_lag_minutes
    captured = "not known yet" if lag is None else span(timedelta(minutes=lag))
    due = when_in_words(at, every, rhythm.because, now)
    return f"  {due}\n  last success {success}, from publication to capture {captured} (median)"


def due_of(runs: Database, archive: Database, portal: str, bounds: Bounds, now: datetime) -> Due:
    """When a portal is due."""
    return next_due(past_runs(runs, portal), published_lately(archive, portal, now), bounds, now)


def past_runs(runs: Database, portal: str) -> list[PastRun]:
    """The latest crawls, newest first."""
    rows = runs.execute(
        "SELECT started_at, status, finish_reason FROM crawls WHERE portal = ? AND kind = 'crawl'"
        " ORDER BY started_at DESC, crawl_key DESC LIMIT ?",
        (portal, _RUNS),
    ).fetchall()
    return [PastRun(moment(at), status, reason) for at, status, reason in rows]


def last_success(runs: Database, portal: str) -> str | None:
    """When a crawl last did what it was to do: its end, in UTC."""
    row = runs.execute(
        "SELECT max(finished_at) FROM crawls WHERE portal = ? AND kind = 'crawl' AND status IN ('finished', 'limited')",
        (portal,),
    ).fetchone()
    return str(row[0]) if row[0] else None


def published_lately(archive: Database, portal: str, now: datetime) -> list[datetime]:
    """The moments at which articles were published within the last four weeks, as the portal says.

    Where it says only the day, noon of it.
    """
    rows = archive.execute(
        f"SELECT {_MINUTE}, published_on FROM articles WHERE portal = ? AND published_on >= ?",
        (portal, (now - WINDOW - timedelta(days=1)).date().isoformat()),
    ).fetchall()
    return [_moment(at, day) for at, day in rows]


def capture_lag(runs: Database, archive: Database, portal: str) -> timedelta | None:
    """Half of the newest articles were captured sooner than this after the minute that the portal says.

    Only those that came after the first crawl began count: what was there before says nothing of us. Null where no
    such article has a minute.
    """
    began = runs.execute(
        "SELECT min(started_at) FROM crawls WHERE portal = ? AND kind = 'crawl'", (portal,)
    ).fetchone()[0]
    rows = archive.execute(
        f"SELECT {_MINUTE} AS said, first_captured_at FROM articles WHERE portal = ?"
        " AND said IS NOT NULL AND first_captured_at >= ?"
        " ORDER BY first_captured_at DESC, article_key LIMIT ?",
        (portal, began or stamp(datetime.max.replace(tzinfo=UTC)), 20 * _LATEST),
    ).fetchall()
    said = [(datetime.fromisoformat(at), moment(captured)) for at, captured in rows]
    lags = [(captured - at).total_seconds() for at, captured in said if began and moment(began) <= at <= captured]
    return timedelta(seconds=median(lags[:_LATEST])) if lags else None


def _moment(at: str | None, day: str) -> datetime:
    return datetime.fromisoformat(at) if at else datetime.combine(datetime.fromisoformat(day), _NOON)
