"""Round numbers for axes, and steps of shades."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from archiver.site.plots.days import month_after

_MOST_LABELS = 5


def ticks(most: int) -> list[int]:
    """Two to five round numbers from 0 to `most` or above.

    >>> ticks(0), ticks(3), ticks(7), ticks(230)
    ([0, 1], [0, 1, 2, 3], [0, 2, 4, 6, 8], [0, 100, 200, 300])
    """
    step = next(step for step in _steps() if 4 * step >= most)
    return list(range(0, max(most, 1) + step, step))[: -(-max(most, 1) // step) + 1]


def dates(begin: date, end: date) -> list[tuple[date, str]]:
    """A few days to be named on an axis: years, or months where there are few of them, or days.

    >>> [name for _, name in dates(date(2011, 3, 1), date(2025, 8, 1))]
    ['2012', '2015', '2018', '2021', '2024']
    >>> [name for _, name in dates(date(2025, 5, 20), date(2025, 8, 1))]
    ['06/2025', '07/2025', '08/2025']
    >>> [name for _, name in dates(date(2025, 7, 2), date(2025, 7, 9))]
    ['02/07', '04/07', '06/07', '08/07']
    """
    years = [date(year, 1, 1) for year in range(begin.year + (begin > date(begin.year, 1, 1)), end.year + 1)]
    if len(years) > 2:  # fewer years than that say little
        return [(day, str(day.year)) for day in _few(years)]
    months = _months(begin, end)
    if len(months) > 1:
        return [(day, f"{day:%m/%Y}") for day in _few(months)]
    days = [date.fromordinal(number) for number in range(begin.toordinal(), end.toordinal() + 1)]
    return [(day, f"{day:%d/%m}") for day in _few(days)]


def shades(counts: Iterable[int], steps: int = 4) -> list[int]:
    """From which count on each shade is used, so that each has about as many days as the others.

    >>> shades([1, 1, 1, 1, 2, 2, 3, 3, 5, 9]), shades([]), shades([2, 2])
    ([1, 2, 3], [1], [1])
    """
    known = sorted(count for count in counts if count > 0)
    cuts = {known[len(known) * step // steps] for step in range(1, steps)} if known else set()
    return [1, *sorted(cut for cut in cuts if cut > 1 and cut != known[0])]


def _steps() -> Iterable[int]:
    return (digit * 10**power for power in range(18) for digit in (1, 2, 5))


def _months(begin: date, end: date) -> list[date]:
    months = [begin if begin.day == 1 else month_after(begin)]
    while month_after(months[-1]) <= end:
        months.append(month_after(months[-1]))
    return [month for month in months if month <= end]


def _few(days: Sequence[date]) -> Sequence[date]:
    return days[:: -(-len(days) // _MOST_LABELS)]
