"""Days as plots know them: what they count, and whether the portal could be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

KINDS = {"seen": "seen", "blind": "blind", "not asked": "not-asked", "partly": "partly", None: "outside"}
"""The status of a day in `coverage_days`, and its name in plots; null is before the first look, or after the last."""

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the portal's calendar."""

    day: date
    kind: str  # a value of KINDS
    count: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one kind in a row; `end` is the day after the last."""

    kind: str
    begin: date
    end: date


def spans(days: Iterable[Day]) -> Iterator[Span]:
    """Days in order, taken together where they follow one another and are of one kind.

    >>> from datetime import date
    >>> days = [Day(date(2025, 7, n), kind) for n, kind in ((1, "seen"), (2, "seen"), (4, "seen"), (5, "blind"))]
    >>> [(span.kind, span.begin.day, span.end.day) for span in spans(days)]
    [('seen', 1, 3), ('seen', 4, 5), ('blind', 5, 6)]
    """
    for _, group in groupby(enumerate(days), key=lambda each: (each[1].kind, each[1].day.toordinal() - each[0])):
        own = [day for _, day in group]
        yield Span(own[0].kind, own[0].day, own[-1].day + _A_DAY)


def month_after(day: date) -> date:
    """The first day of the next month.

    >>> month_after(date(2025, 12, 31))
    datetime.date(2026, 1, 1)
    """
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
