"""What a run came to: how its end is to be called, and in which figures it is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlite_utils import Database

from archiver.crawling.counting import Counts
from archiver.crawling.limits import is_met
from archiver.crawling.report import Ending, EndStatus
from archiver.portals import Portal
from archiver.store.evidence.crawls import Status
from archiver.store.evidence.frontier import Frontier
from archiver.store.interpretation.problems import open_problems
from archiver.store.interpretation.reading_captures import Tally
from archiver.store.runs.health import RunCheck

KEPT_AS: dict[EndStatus, Status] = {
    "finished": "finished",
    "degraded": "degraded",
    "failed": "failed",
    "interrupted": "interrupted",
    "limited": "limited",
}
"""As what the end of a run that began is kept with the evidence."""


def judged(
    ending: Ending, checks: Collection[RunCheck], counts: Counts, portal: Portal, complaint: str | None
) -> Ending:
    """A check that failed makes a finished run degraded; that nothing at all was answered makes it a failed one.

    `complaint` is why the portal last did not answer.
    """
    failed = ", ".join(check.name for check in checks if not check.passed)
    if ending.status == "finished" and failed:
        ending = replace(ending, status="degraded", reason=f"it did not see what a good run sees: {failed}")
    if ending.status == "degraded" and not counts.home_answered and not counts.pages_read:
        ending = replace(ending, status="failed", reason=f"{portal.url} does not answer ({complaint})")
    if is_met(ending, "deadline") and not counts.answered:
        ending = replace(ending, status="failed", reason=f"{portal.url} answered nothing until the deadline")
    return ending


def summary_of(
    counts: Counts, tally: Tally, frontier: Frontier, archive: Database, portal: Portal
) -> tuple[tuple[str, int], ...]:
    """What a run did and what it leaves, by the names under which it is told."""
    return (
        ("fetched", counts.requests),
        ("new articles", tally.new),
        ("revised articles", tally.revised),
        ("missing pages", counts.missing),
        ("pictures and files", counts.files),
        ("still waiting", frontier.counts().get("waiting", 0)),
        ("files still waiting", frontier.counts(files=True).get("waiting", 0)),
        ("open problems", open_problems(archive, portal.key)),
    )
