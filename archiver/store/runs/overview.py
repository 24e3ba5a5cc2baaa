"""How the archive of each portal stands, in a few figures."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from archiver.clock import Clock
from archiver.portals import Portal
from archiver.store.ground.timeline import Timeline
from archiver.store.interpretation.problems import open_problems
from archiver.store.runs.health import RunCheck, failed_checks
from archiver.store.runs.rechecks import articles_to_recheck

_RUNS_SHOWN = 5
_DAYS_SHOWN = 14


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a portal."""

    kind: str
    started_at: str
    status: str
    reason: str | None
    failed_checks: tuple[RunCheck, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One portal."""

    portal: str
    web_status: str | None  # null for a portal that was never crawled
    articles: int
    by_web_status: dict[str, int]  # articles that are not live
    revisions: int
    held_revisions: int  # changes that may be the template's
    lists: int
    captures: int
    problems: int  # open
    waiting: int  # addresses of pages known and not asked for
    files_waiting: int  # of pictures and documents
    due: int  # articles to be asked for again
    blind_days: tuple[str, ...]  # of the last ones, those on which the portal was asked and not seen
    ahead_of_clock: str | None  # the latest time that the evidence holds, if by the clock it is yet to come
    runs: tuple[Run, ...]  # the latest, newest first


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much an archive holds of a portal."""

    articles: int
    revisions: int


def sizes(archive: Database, portal: Portal) -> Sizes:
    """How much an archive holds of a portal now."""
    row = archive.execute(
        "SELECT count(*), coalesce(sum(revision_count), 0) FROM articles WHERE portal = ?", (portal.key,)
    ).fetchone()
    return Sizes(int(row[0]), int(row[1]))


def standing(captures: Database, archive: Database, portal: Portal, clock: Clock) -> Standing:
    """How a portal stands now."""

    def count(db: Database, query: str) -> int:
        return int(db.execute(query, (portal.key,)).fetchone()[0])

    timeline = Timeline(clock, captures)
    return Standing(
        portal.key,
        _web_status(archive, portal),
        count(archive, "SELECT count(*) FROM articles WHERE portal = ?"),
        _by_web_status(archive, portal),
        count(archive, "SELECT count(*) FROM revisions JOIN articles USING (article_key) WHERE portal = ?"),
        count(
            archive, "SELECT count(*) FROM revisions JOIN articles USING (article_key) WHERE portal = ? AND batch_flag"
        ),
        count(captures, "SELECT count(*) FROM lists WHERE portal = ?"),
        count(captures, "SELECT count(*) FROM captures WHERE portal = ?"),
        open_problems(archive, portal.key),
        count(captures, "SELECT count(*) FROM frontier WHERE portal = ? AND state = 'waiting' AND role != 'file'"),
        count(captures, "SELECT count(*) FROM frontier WHERE portal = ? AND state = 'waiting' AND role = 'file'"),
        len(articles_to_recheck(archive, portal, clock.now(), "due")),
        blind_days(archive, portal.key),
        timeline.latest if timeline.is_ahead_of_clock else None,
        _runs(captures, portal),
    )


def _web_status(archive: Database, portal: Portal) -> str | None:
    row = archive.execute("SELECT web_status FROM portals WHERE portal = ?", (portal.key,)).fetchone()
    return str(row[0] or "up") if row else None


def _by_web_status(archive: Database, portal: Portal) -> dict[str, int]:
    rows = archive.execute(
        "SELECT web_status, count(*) FROM articles WHERE portal = ? AND web_status != 'live' GROUP BY 1 ORDER BY 1",
        (portal.key,),
    ).fetchall()
    return dict(rows)


def blind_days(archive: Database, portal: str) -> tuple[str, ...]:
    """Of the last fortnight that is told of, the days on which a portal, named by its key, was asked and not seen."""
    rows = archive.execute(
        "SELECT day, status FROM coverage_days WHERE portal = ? ORDER BY day DESC LIMIT ?", (portal, _DAYS_SHOWN)
    ).fetchall()
    return tuple(day for day, status in rows if status == "blind")


def _runs(captures: Database, portal: Portal) -> tuple[Run, ...]:
    rows = captures.execute(
        "SELECT kind, started_at, status, finish_reason, checks FROM crawls WHERE portal = ?"
        " ORDER BY started_at DESC, crawl_key DESC LIMIT ?",
        (portal.key, _RUNS_SHOWN),
    ).fetchall()
    return tuple(Run(kind, at, status, reason, failed_checks(checks)) for kind, at, status, reason, checks in rows)


def in_words(stands: Standing) -> str:
    """The same for people, in a few lines."""
    if not stands.runs and not stands.captures:
        return f"{stands.portal}: nothing is archived yet"
    known = (
        f"{stands.articles:,} articles, {stands.revisions:,} revisions, {stands.lists:,} lists,"
        f" {stands.captures:,} captures"
    )
    ahead = (
        f"waiting {stands.waiting:,} pages and {stands.files_waiting:,} files, due for a recheck {stands.due:,},"
        f" open problems {stands.problems:,}"
    )
    lines = [f"{stands.portal} ({stands.web_status}): {known}", f"  {ahead}"]
    if stands.by_web_status:
        lines.append("  not live: " + ", ".join(f"{count:,} {name}" for name, count in stands.by_web_status.items()))
    if stands.held_revisions:
        lines.append(f"  {stands.held_revisions:,} changes held back: the same came to many articles at once")
    if stands.blind_days:
        lines.append(f"  blind on {', '.join(stands.blind_days)}")
    if stands.ahead_of_clock:
        lines.append(f"  the clock is behind the captures, which go to {stands.ahead_of_clock[:16]}Z")
    for run in stands.runs:
        lines.append(f"  {run.kind} {run.started_at[:16]}Z: {run.status} - {run.reason or 'no word of its end'}")
        lines += [f"    {check.name}: {check.value:g}, at least {check.floor:g}" for check in run.failed_checks]
    return "\n".join(lines)
