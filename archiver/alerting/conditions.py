"""What is wrong now: figures in, conditions out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from archiver.clock import moment
from archiver.store.runs.watching import RunEnd, Watched

DISK, ARCHIVE, CONFIGURATION = "disk", "archive", "configuration"
_WELL_AGAIN = 1.1  # of the floor must be free, so that a disk at the floor is no news every hour
_GB = 1_000_000_000
_DEAD = {"unreachable": "is out of reach", "closed": "is closed", "replaced": "was replaced by another site"}


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something is wrong."""

    disk_floor: float  # bytes
    many_missing: int  # articles within a day
    silence: dict[str, timedelta]  # by portal: for so long it may go without a good run


@dataclass(frozen=True, slots=True)
class Figures:
    """What was looked at."""

    now: datetime
    free: int  # bytes on the disk of the archive
    portals: tuple[Watched, ...]
    since: dict[str, str] = field(default_factory=dict)  # by portal: since when it is looked after
    trouble: str | None = None  # why the archive cannot be looked into


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is wrong. It is news where its state differs from what was told, or its level is higher."""

    key: str  # what it is about: `myhao/run`, `disk`
    title: str
    lines: tuple[str, ...]
    command: tuple[str, ...]  # the subcommand to run, without the program and --data
    state: str = "wrong"
    level: int = 0
    well: str = ""  # what can be said once it is over


def conditions(figures: Figures, limits: Limits, known: frozenset[str] = frozenset()) -> Iterator[Condition]:
    """All that is wrong; `known` are the keys of what was told and is not over."""
    yield from _disk(figures, limits, known)
    if figures.trouble is not None:
        yield Condition(
            ARCHIVE,
            "the archive cannot be opened",
            (figures.trouble,),
            ("verify",),
            figures.trouble.partition(":")[0],
            well="the archive can be opened",
        )
    for portal in figures.portals:
        yield from _run(portal)
        yield from _silence(portal, figures, limits)
        yield from _portal(portal)
        yield from _missing(portal, limits)


def misunderstood(complaint: str, file: str | None) -> Condition:
    """Nothing is crawled until a person has mended the configuration."""
    return Condition(
        CONFIGURATION,
        "the configuration cannot be understood, and nothing is crawled until it can",
        (complaint,),
        ("config", "check", *(("--config", file) if file else ())),
        complaint,
        well="the configuration can be understood",
    )


def _disk(figures: Figures, limits: Limits, known: frozenset[str]) -> Iterator[Condition]:
    floor = limits.disk_floor * (_WELL_AGAIN if DISK in known else 1)
    if figures.free < floor:
        yield Condition(
            DISK,
            "the disk is nearly full",
            (f"{figures.free / _GB:.1f} GB are free, at least {limits.disk_floor / _GB:.1f} should be.",),
            ("status",),
            well="the disk has room again",
        )


def _run(portal: Watched) -> Iterator[Condition]:
    run = portal.latest
    if run is None or run.is_good:
        return
    status = "failed" if run.status == "failed" else "degraded"
    yield Condition(
        f"{portal.portal}/run",
        f"{portal.portal}: the last run {'failed' if status == 'failed' else 'is degraded'}",
        (f"It began at {shown(run.started_at)}: {run.reason}.", *_checks(run)),
        ("status",),
        f"{status}: {_cause(run)}",
        well=f"{portal.portal}: the last run saw what a good run sees",
    )


def _checks(run: RunEnd) -> Iterable[str]:
    return (f"{check.name}: {check.value:g}, at least {check.floor:g}" for check in run.failed_checks)


def _cause(run: RunEnd) -> str:
    """What makes two bad runs the same news: the checks that failed, or the reason without its details."""
    names = ", ".join(sorted(check.name for check in run.failed_checks))
    return names if names and run.status != "failed" else run.reason.partition(" (")[0].partition(" until ")[0]


def _silence(portal: Watched, figures: Figures, limits: Limits) -> Iterator[Condition]:
    good = portal.latest_good.started_at if portal.latest_good else None
    since = good or portal.first_run_at or figures.since.get(portal.portal)
    allowed = limits.silence.get(portal.portal)
    if since is None or allowed is None or figures.now - moment(since) <= allowed:
        return
    last = f"The last good one began at {shown(good)}." if good else f"There was none since {shown(since)}."
    yield Condition(
        f"{portal.portal}/silence",
        f"{portal.portal}: no good run for {for_how_long(figures.now - moment(since))}",
        (last, "Does the timer run? (systemctl list-timers 'archiver-*', or the crontab)"),
        ("crawl", portal.portal),
        well=f"{portal.portal}: there was a good run again",
    )


def _portal(portal: Watched) -> Iterator[Condition]:
    if words := _DEAD.get(portal.web_status):
        yield Condition(
            f"{portal.portal}/portal",
            f"{portal.portal}: the portal {words}",
            (
                f"Why: {portal.web_status_detail or 'no word of it'}.",
                "Open it in a browser: does it stand elsewhere now?",
            ),
            ("status",),
            portal.web_status,
            well=f"{portal.portal}: the portal is up",
        )


def _missing(portal: Watched, limits: Limits) -> Iterator[Condition]:
    if portal.missing >= limits.many_missing:
        yield Condition(
            f"{portal.portal}/missing",
            f"{portal.portal}: {portal.missing:,} articles went missing within a day",
            (f"Of {portal.articles:,} in all. /missing on the site, and its table missing_articles, name them.",),
            ("status",),
            level=(portal.missing // limits.many_missing).bit_length(),
            well=f"{portal.portal}: fewer than {limits.many_missing:,} articles went missing within a day",
        )


def shown(stamped: str) -> str:
    """A moment of ours, to the minute.

    >>> shown("2025-07-01T01:00:00.000000Z")
    '2025-07-01 01:00Z'
    """
    return stamped[:16].replace("T", " ") + "Z"


def for_how_long(time: timedelta) -> str:
    """A length of time in hours, or in days.

    >>> for_how_long(timedelta(hours=30)), for_how_long(timedelta(hours=71))
    ('30 hours', '2 days')
    """
    hours = round(time / timedelta(hours=1))
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"
