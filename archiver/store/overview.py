"""How the archive of each portal stands, in a few figures."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from archiver.clock import Clock
from archiver.portals import Portal
from archiver.store.problems import open_problems
from archiver.store.rechecks import articles_to_recheck


@dataclass(frozen=True, slots=True)
class Run:
    """The latest run of a portal."""

    started_at: str
    status: str
    reason: str | None
    failed_checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One portal."""

    portal: str
    articles: int
    revisions: int
    lists: int
    captures: int
    problems: int  # open
    waiting: int  # addresses known and not asked for
    due: int  # articles to be asked for again
    last_run: Run | None


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

    return Standing(
        portal.key,
        count(archive, "SELECT count(*) FROM articles WHERE portal = ?"),
        count(archive, "SELECT count(*) FROM revisions JOIN articles USING (article_key) WHERE portal = ?"),
        count(captures, "SELECT count(*) FROM lists WHERE portal = ?"),
        count(captures, "SELECT count(*) FROM captures WHERE portal = ?"),
        open_problems(archive, portal.key),
        count(captures, "SELECT count(*) FROM frontier WHERE portal = ? AND state = 'waiting'"),
        len(articles_to_recheck(archive, portal, clock.now(), "due")),
        _last_run(captures, archive, portal),
    )


def _last_run(captures: Database, archive: Database, portal: Portal) -> Run | None:
    row = captures.execute(
        "SELECT crawl_key, started_at, status, finish_reason FROM crawls WHERE portal = ?"
        " ORDER BY started_at DESC, crawl_key DESC LIMIT 1",
        (portal.key,),
    ).fetchone()
    if row is None:
        return None
    failed = archive.execute(
        "SELECT name FROM crawl_checks WHERE crawl_key = ? AND NOT passed ORDER BY name", (row[0],)
    ).fetchall()
    return Run(row[1], row[2], row[3], tuple(name for (name,) in failed))


def in_words(stands: Standing) -> str:
    """The same for people, in a few lines."""
    known = (
        f"{stands.articles:,} articles, {stands.revisions:,} revisions, {stands.lists:,} lists,"
        f" {stands.captures:,} captures"
    )
    ahead = f"waiting {stands.waiting:,}, due for a recheck {stands.due:,}, open problems {stands.problems:,}"
    lines = [f"{stands.portal}: {known}", f"  {ahead}"]
    if stands.last_run is not None:
        run = stands.last_run
        lines.append(f"  last run {run.started_at}: {run.status} - {run.reason or 'no word of its end'}")
        lines += [f"  check failed: {name}" for name in run.failed_checks]
    return "\n".join(lines)
