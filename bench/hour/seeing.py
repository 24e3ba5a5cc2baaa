"""What the two files say of the hour: every crawl, and when each piece of news was captured."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from archiver.clock import moment
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.runs.dueness import PastRun
from bench.hour.playing import Played, Town

_MINUTE = "coalesce(published_at, CASE WHEN listed_at LIKE '%T%' THEN listed_at END)"


@dataclass(frozen=True, slots=True)
class Crawl:
    """One of a portal, by the clock that runs fast."""

    began: datetime
    ended: datetime | None  # null where it never said so
    status: str
    reason: str | None

    @property
    def as_past(self) -> PastRun:
        """As the schedule sees it."""
        return PastRun(self.began, self.status, self.reason)


@dataclass(frozen=True, slots=True)
class Seen:
    """A portal, and all that came of it."""

    key: str
    kind: str  # "well", or how it is ill
    minutes: float | None  # between two stories, in the mean; null for one that is ill
    crawls: tuple[Crawl, ...]  # the one before the hour too, in order
    captured: dict[datetime, datetime]  # when what was published at a minute was captured
    news: tuple[datetime, ...]  # when it published, before the hour and in it
    gaps: tuple[float, ...] = ()  # real seconds between two requests, robots.txt not counted, as its server saw them


def see(folder: Path, played: Played) -> list[Seen]:
    """All portals."""
    with closing(open_captures(folder)) as captures, closing(open_archive(folder)) as archive:
        return [_seen(captures, archive, town, played.asked[town.key]) for town in played.towns]


def _seen(captures, archive, town: Town, asked: list[float]) -> Seen:  # type: ignore[no-untyped-def]
    crawls = captures.execute(
        "SELECT started_at, finished_at, status, finish_reason FROM crawls WHERE portal = ? AND kind = 'crawl'"
        " ORDER BY started_at",
        (town.key,),
    ).fetchall()
    articles = archive.execute(
        f"SELECT {_MINUTE} AS at, first_captured_at FROM articles WHERE portal = ? AND at IS NOT NULL", (town.key,)
    ).fetchall()
    return Seen(
        town.key,
        town.kind,
        town.rhythm.minutes if town.rhythm else None,
        tuple(Crawl(moment(at), moment(end) if end else None, status, why) for at, end, status, why in crawls),
        {datetime.fromisoformat(at): moment(captured) for at, captured in articles},
        town.news,
        tuple(later - sooner for sooner, later in pairwise(asked)),
    )
