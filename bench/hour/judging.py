"""Whether an hour went as it should: every crawl soon after it was due, all news found, no server asked too fast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from archiver.store.runs.dueness import Bounds, Due, next_due
from bench.hour.seeing import Crawl, Seen

BOUNDS = Bounds(timedelta(minutes=15), timedelta(days=1))  # of the configuration, where it says nothing else


@dataclass(frozen=True, slots=True)
class Begun:
    """A crawl that was due, and when."""

    crawl: Crawl
    due: Due

    @property
    def late(self) -> timedelta:
        """How long after it was due it began."""
        return self.crawl.began - self.due.at


@dataclass(slots=True)
class Judged:
    """One portal in the hour."""

    seen: Seen
    begun: list[Begun] = field(default_factory=list)
    overdue: timedelta | None = None  # how long it had been due at the end, if it was
    found: list[timedelta] = field(default_factory=list)  # from publication to capture, of what it published meanwhile
    missed: list[datetime] = field(default_factory=list)  # published before a good crawl began, and not in the archive
    to_come: int = 0  # published after the last good crawl began

    @property
    def late(self) -> list[timedelta]:
        """Of every crawl, and of one that did not come."""
        return [each.late for each in self.begun] + ([self.overdue] if self.overdue is not None else [])

    @property
    def apart(self) -> list[timedelta]:
        """Between the beginnings of two crawls within the hour."""
        return [later.crawl.began - sooner.crawl.began for sooner, later in pairwise(self.begun)]


def judge(seen: Seen, start: datetime, end: datetime) -> Judged:
    """One portal, from `start` to `end`."""
    judged = Judged(seen)
    for number, crawl in enumerate(seen.crawls):
        if start <= crawl.began < end and (due := _due(seen, number, crawl.began, start)) is not None:
            judged.begun.append(Begun(crawl, due))
    last = _due(seen, len([each for each in seen.crawls if each.began < end]), end, start)
    if last is not None and last.at < end and not _goes_on(seen, end):
        judged.overdue = end - last.at
    _judge_news(judged, start, end)
    return judged


def _due(seen: Seen, number: int, now: datetime, start: datetime) -> Due | None:
    """When crawl `number` was due, by all that was known before it; one that was never crawled, since the start."""
    before = seen.crawls[:number]
    if not before:
        return Due(start, BOUNDS.longest, "it was never crawled")
    known = before[-1].ended or before[-1].began
    published = [at for at, captured in seen.captured.items() if captured <= known]
    due = next_due([each.as_past for each in reversed(before)], published, BOUNDS, now)
    return Due(max(due.at, known, start), due.every, due.because)  # while it is crawled, it is not begun again


def _goes_on(seen: Seen, at: datetime) -> bool:
    return any(each.began < at and (each.ended is None or each.ended > at) for each in seen.crawls)


def _judge_news(judged: Judged, start: datetime, end: datetime) -> None:
    """What was published when a good crawl began is to be in the archive thereafter."""
    good = [each.began for each in judged.seen.crawls if each.status == "finished" and each.began < end]
    looked = max(good, default=start)
    for at in judged.seen.news:
        captured = judged.seen.captured.get(at)
        if captured is None:
            if at <= looked:
                judged.missed.append(at)
            else:
                judged.to_come += 1
        elif at >= start:
            judged.found.append(captured - at)


def well(judged: Sequence[Judged]) -> list[Judged]:
    """Those that are not ill."""
    return [each for each in judged if each.seen.minutes is not None]


def by_rhythm(judged: Sequence[Judged]) -> Iterator[tuple[float, list[Judged]]]:
    """The well ones, by how often they publish; the busiest first."""
    for minutes in sorted({each.seen.minutes for each in judged if each.seen.minutes is not None}):
        yield minutes, [each for each in judged if each.seen.minutes == minutes]


def unfinished(judged: Sequence[Judged]) -> list[Crawl]:
    """Crawls of portals that are well which did not come to their end."""
    return [each.crawl for town in well(judged) for each in town.begun if each.crawl.status != "finished"]


def in_minutes(spans: Sequence[timedelta]) -> list[float]:
    """For people."""
    return [each.total_seconds() / 60 for each in spans]


def middle(values: Sequence[float]) -> float | None:
    """The median; null of none."""
    return median(values) if values else None
