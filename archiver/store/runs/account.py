"""How each portal stands by archive.db alone: as of its last run, by no clock of ours and no configuration.

A published copy tells it as well as the archive that grows. All moments are absolute: whether one has passed, whoever
reads it knows.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from archiver.clock import moment, stamp
from archiver.store.runs.completeness import Comparison, comparisons
from archiver.store.runs.dueness import Bounds, Due
from archiver.store.runs.health import RunCheck
from archiver.store.runs.overview import blind_days
from archiver.store.runs.rhythm import capture_lag, due_of, last_success


@dataclass(frozen=True, slots=True)
class Checked:
    """The checks of a run."""

    crawl_key: str
    passed: int
    failed: tuple[RunCheck, ...]


@dataclass(frozen=True, slots=True)
class OpenProblems:
    """How many of a portal's open problems came up at a stage."""

    stage: str
    count: int


@dataclass(frozen=True, slots=True)
class Account:
    """One portal."""

    portal: str
    name: str
    web_status: str
    as_of: str | None  # the end of the last crawl, UTC; its begin, where no end is known; null without any
    last_success: str | None  # the end of the last crawl that did what it was to do, UTC
    due: Due | None  # as reckoned at `as_of`; null where no crawl wrote down between which bounds it is to be
    articles: int
    lag: timedelta | None  # median, from the minute that the portal says to the capture
    checks: Checked | None  # of the last crawl that was checked
    problems: tuple[OpenProblems, ...]
    blind_days: tuple[str, ...]  # of the last fortnight that is told of
    second_routes: tuple[Comparison, ...]  # lists against sitemaps and feeds, where there are any

    @property
    def due_at(self) -> str | None:
        """When it is due, UTC."""
        return stamp(self.due.at) if self.due else None

    def as_json(self) -> dict[str, object]:
        """As data; names are those of `archiver status --json`."""
        return {
            "portal": self.portal,
            "name": self.name,
            "web_status": self.web_status,
            "as_of": self.as_of,
            "last_success": self.last_success,
            "next_due": self.due_at,
            "interval_minutes": _minutes(self.due.every) if self.due else None,
            "because": self.due.because if self.due else None,
            "articles": self.articles,
            "capture_lag_minutes": _minutes(self.lag),
            "checks": self.checks and {
                "crawl_key": self.checks.crawl_key,
                "passed": self.checks.passed,
                "failed": [check.as_json() for check in self.checks.failed],
            },
            "problems": sum(each.count for each in self.problems),
            "problems_by_stage": {each.stage: each.count for each in self.problems},
            "blind_days": list(self.blind_days),
            "second_routes": [asdict(each) for each in self.second_routes],
        }  # fmt: skip


def accounts(archive: Database, portal: str = "") -> list[Account]:
    """Of every portal that is known to the archive, by its key, or of the one that is named."""
    known = archive.execute(
        "SELECT portal, name, coalesce(web_status, 'up') FROM portals WHERE ? IN ('', portal) ORDER BY portal",
        (portal,),
    ).fetchall()
    compared = comparisons(archive)
    return [_account(archive, key, name, status, compared.get(key, ())) for key, name, status in known]


def _account(
    archive: Database, portal: str, name: str, web_status: str, second_routes: tuple[Comparison, ...]
) -> Account:
    as_of = _as_of(archive, portal)
    return Account(
        portal,
        name,
        web_status,
        as_of,
        last_success(archive, portal),
        _due(archive, portal, moment(as_of)) if as_of else None,
        int(archive.execute("SELECT count(*) FROM articles WHERE portal = ?", (portal,)).fetchone()[0]),
        capture_lag(archive, archive, portal),
        _checked(archive, portal),
        _open_problems(archive, portal),
        blind_days(archive, portal),
        second_routes,
    )


def _as_of(archive: Database, portal: str) -> str | None:
    row = archive.execute(
        "SELECT coalesce(finished_at, started_at) FROM crawls WHERE portal = ? AND kind = 'crawl'"
        " ORDER BY started_at DESC, crawl_key DESC LIMIT 1",
        (portal,),
    ).fetchone()
    return str(row[0]) if row else None


def _due(archive: Database, portal: str, now: datetime) -> Due | None:
    """By the bounds that the last crawl wrote down which did."""
    row = archive.execute(
        "SELECT json_extract(settings, '$.shortest_interval_minutes') AS shortest,"
        " json_extract(settings, '$.longest_interval_minutes') AS longest"
        " FROM crawls WHERE portal = ? AND kind = 'crawl' AND shortest > 0 AND longest > 0"
        " ORDER BY started_at DESC, crawl_key DESC LIMIT 1",
        (portal,),
    ).fetchone()
    if row is None:
        return None
    bounds = Bounds(*(timedelta(minutes=minutes) for minutes in row))
    return due_of(archive, archive, portal, bounds, now)


def _checked(archive: Database, portal: str) -> Checked | None:
    row = archive.execute(
        "SELECT crawl_key FROM crawls WHERE portal = ? AND kind = 'crawl'"
        " AND EXISTS (SELECT 1 FROM crawl_checks WHERE crawl_checks.crawl_key = crawls.crawl_key)"
        " ORDER BY started_at DESC, crawl_key DESC LIMIT 1",
        (portal,),
    ).fetchone()
    if row is None:
        return None
    checks = [
        RunCheck(*each)
        for each in archive.execute(
            "SELECT name, value, floor FROM crawl_checks WHERE crawl_key = ? ORDER BY name", row
        ).fetchall()
    ]
    failed = tuple(each for each in checks if not each.passed)
    return Checked(row[0], len(checks) - len(failed), failed)


def _open_problems(archive: Database, portal: str) -> tuple[OpenProblems, ...]:
    rows = archive.execute(
        "SELECT coalesce(stage, ''), count(*) AS count FROM problems WHERE portal = ? AND NOT resolved"
        " GROUP BY 1 ORDER BY count DESC, 1",
        (portal,),
    ).fetchall()
    return tuple(OpenProblems(*row) for row in rows)


def _minutes(length: timedelta | None) -> float | None:
    return None if length is None else round(length / timedelta(minutes=1), 1)
