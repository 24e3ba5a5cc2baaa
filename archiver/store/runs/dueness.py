"""When a portal is crawled next: as often as it publishes, sooner where a run was cut short, later where it fails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import exp, log
from typing import Literal

from archiver.store.evidence.crawls import MEMORY

BURST = timedelta(minutes=30)
"""What is published within so long of each other is one piece of news for whoever comes by to look."""
WINDOW = timedelta(days=28)
"""How far back a portal's rhythm is looked for."""
_FEWEST_GAPS = 2  # that make a rhythm
_LOOKS_BETWEEN = 2  # two publications
_SILENCE_SHARE = 20  # a portal that has been silent for twenty days is looked at daily, whatever it did before
_MOST_DOUBLINGS = 16

_FAILED = frozenset(("failed", "killed", "running"))  # "running": it ended without a word, or it goes on


@dataclass(frozen=True, slots=True)
class PastRun:
    """A crawl as it is written down."""

    started_at: datetime
    status: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between the starts of two runs of a portal."""

    shortest: timedelta
    longest: timedelta

    def within(self, wanted: timedelta) -> timedelta:
        """The nearest that is allowed."""
        return max(self.shortest, min(self.longest, wanted))


@dataclass(frozen=True, slots=True)
class Why:
    """Why a portal is due when it is; as text, for people who read English.

    >>> str(Why("rhythm", timedelta(hours=6))), str(Why("failed", count=3))
    ('it publishes every 6 h or so', 'its last 3 runs failed')
    """

    kind: Literal["never", "ahead", "running", "failed", "cut short", "seldom", "silent", "rhythm"]
    length: timedelta = timedelta(0)  # of which it speaks, if it speaks of any
    count: int = 0  # likewise

    def __str__(self) -> str:
        return {
            "never": "it was never crawled",
            "ahead": "its last run is yet to begin, by the clock",
            "running": "its last run goes on, or ended without a word",
            "failed": "its last run failed" if self.count == 1 else f"its last {self.count} runs failed",
            "cut short": "its last run was not at its end",
            "seldom": f"it published less than three times in {WINDOW.days} days",
            "silent": f"it has published nothing for {span(self.length)}",
            "rhythm": f"it publishes every {span(self.length)} or so",
        }[self.kind]


@dataclass(frozen=True, slots=True)
class Due:
    """When a portal is to be crawled next."""

    at: datetime
    every: timedelta  # between two runs, if nothing goes wrong
    why: Why

    @property
    def because(self) -> str:
        """Why, in words."""
        return str(self.why)

    def is_due(self, now: datetime) -> bool:
        """Whether it is time."""
        return self.at <= now


def next_due(runs: Sequence[PastRun], published: Sequence[datetime], bounds: Bounds, now: datetime) -> Due:
    """When a portal is due, from its latest runs (newest first) and the moments at which it published lately.

    >>> from datetime import UTC
    >>> bounds, noon = Bounds(timedelta(minutes=15), timedelta(days=1)), datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> hourly = [noon - timedelta(hours=hours) for hours in range(8)]
    >>> str(next_due([PastRun(noon, "finished", None)], hourly, bounds, noon).every)
    '0:30:00'
    """
    every, rhythm = interval(published, bounds, now)
    if not runs:
        return Due(now, every, Why("never"))
    last, failures = runs[0], failures_in_a_row(runs)
    if last.started_at > now:
        return Due(now, every, Why("ahead"))
    if failures:
        pause = bounds.within(bounds.shortest * 2 ** min(failures - 1, _MOST_DOUBLINGS))
        return Due(last.started_at + pause, every, _of_failures(last, failures))
    if last.status in ("interrupted", "limited"):
        return Due(last.started_at, every, Why("cut short"))
    return Due(last.started_at + every, every, rhythm)


def failures_in_a_row(runs: Sequence[PastRun]) -> int:
    """How many of the latest runs (newest first) failed one after another.

    One that held too much memory did: the next may well do the same.
    """
    for count, run in enumerate(runs):
        if run.status not in _FAILED and not (run.status == "limited" and (run.reason or "").startswith(MEMORY)):
            return count
    return len(runs)


def interval(published: Sequence[datetime], bounds: Bounds, now: datetime) -> tuple[timedelta, Why]:
    """Between two runs, and why.

    The mean gap is that of their logarithms: it is moved neither by a burst (many small gaps) nor by one long pause.
    What is dated before the window or after the present tells of no rhythm.
    """
    news = _bursts(moment for moment in published if now - WINDOW <= moment <= now)
    if len(news) <= _FEWEST_GAPS:
        return bounds.longest, Why("seldom")
    gap = timedelta(seconds=exp(sum(log((b - a).total_seconds()) for a, b in pairwise(news)) / (len(news) - 1)))
    silence = (now - news[-1]) / _SILENCE_SHARE
    if silence > gap / _LOOKS_BETWEEN:
        return bounds.within(silence), Why("silent", now - news[-1])
    return bounds.within(gap / _LOOKS_BETWEEN), Why("rhythm", gap)


def _bursts(moments: Iterable[datetime]) -> list[datetime]:
    """The beginnings of bursts."""
    beginnings: list[datetime] = []
    for each in sorted(moments):
        if not beginnings or each - beginnings[-1] >= BURST:
            beginnings.append(each)
    return beginnings


def in_words(due: Due, now: datetime) -> str:
    """For people.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> in_words(Due(noon + timedelta(minutes=95), timedelta(hours=3), Why("rhythm", timedelta(hours=6))), noon)
    'next due in 1 h 35 min, every 3 h, because it publishes every 6 h or so'
    """
    return when_in_words(due.at, due.every, due.because, now)


def when_in_words(at: datetime, every: timedelta, because: str, now: datetime) -> str:
    """The same of what is only told of a due."""
    when = "due now" if at <= now else f"next due in {span(at - now)}"
    return f"{when}, every {span(every)}, because {because}"


def span(length: timedelta) -> str:
    """A length of time in the two largest units that matter.

    >>> [span(timedelta(minutes=minutes)) for minutes in (0.2, 15, 90, 120, 1440, 1500, 4330)]
    ['1 min', '15 min', '1 h 30 min', '2 h', '1 d', '1 d 1 h', '3 d']
    """
    return " ".join(f"{count} {unit}" for count, unit in parts_of(length))


def parts_of(length: timedelta) -> list[tuple[int, str]]:
    """The same for other languages: how many of each unit."""
    minutes = max(1, round(length.total_seconds() / 60))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h"), (minutes if not days else 0, "min")]
    return [(count, unit) for count, unit in parts if count]


def _of_failures(last: PastRun, count: int) -> Why:
    return Why("running") if last.status == "running" else Why("failed", count=count)
