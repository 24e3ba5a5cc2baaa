"""Days, weeks or months that columns stand for, as long a time as is to be shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from archiver.site.plots.days import month_after
from archiver.site.wording import Words

_DAYS, _WEEKS = 62, 730  # up to so many days each has a column, or each week; above that, each month


def periods(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Each period from the first day to the last: where it begins, and the day after its end.

    >>> day = date(2025, 7, 4)
    >>> [next(periods(day, day + timedelta(days)))[0].isoformat() for days in (30, 300, 3000)]
    ['2025-07-04', '2025-06-30', '2025-07-01']
    """
    length = (last - first).days
    begin = _begin(first, length)
    while begin <= last:
        end = _next(begin, length)
        yield begin, end
        begin = end


def period_name(begin: date, end: date, words: Words) -> str:
    """The days of a period, as people write them."""
    return words.days(begin, end - timedelta(days=1))


def _begin(first: date, length: int) -> date:
    if length < _DAYS:
        return first
    return first - timedelta(days=first.weekday()) if length < _WEEKS else first.replace(day=1)


def _next(begin: date, length: int) -> date:
    return begin + timedelta(days=1 if length < _DAYS else 7) if length < _WEEKS else month_after(begin)
