"""How much is measured: enough for figures to be trusted, or just enough to see that all works."""

from __future__ import annotations

from typing import NamedTuple

from bench.faults import scale as faults
from bench.hour import playing as hour
from bench.hour.towns import RHYTHMS, Rhythm
from bench.year.life import A_WEEK, A_YEAR, Calendar


class Scale(NamedTuple):
    """The size of one run."""

    pages: int  # of each kind that every tool reads
    reading_rounds: int
    stories: int  # on the portal that is crawled
    crawling_rounds: int
    many_stories: int  # on the portal that tells whether memory grows
    verified_stories: int  # whose archive is verified
    faults: faults.Scale
    life: Calendar
    towns: int  # portals that are crawled at once
    stories_of_a_town: int
    hour: hour.Scale
    served: tuple[int, ...]  # articles of the archives that are served, the smaller first
    serving_rounds: int


_AN_HOUR, _HALF_AN_HOUR = hour.Scale(RHYTHMS), hour.Scale((Rhythm(34, 1), Rhythm(60, 1)), minutes=30, rate=30)

FULL = Scale(120, 5, 1_000, 3, 10_000, 3_000, faults.FULL, A_YEAR, 20, 40, _AN_HOUR, (100_000, 300_000), 9)
QUICK = Scale(12, 1, 24, 1, 48, 24, faults.QUICK, A_WEEK, 4, 20, _HALF_AN_HOUR, (300, 900), 2)
