"""Which articles a search is about: of one portal, one section, one status, of some years."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from archiver.store.search.schema import DAY_BITS

_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")
_EPOCH = date(1970, 1, 1)
_ALL = (0, 1 << 62)


@dataclass(frozen=True, slots=True)
class Filters:
    """What an article must be. All may be null; `first` and `last` are a year, a month or a day: 2021, 2021-03."""

    portal: str | None = None
    section: str | None = None
    status: str | None = None  # web_status
    first: str | None = None
    last: str | None = None

    @property
    def columns(self) -> dict[str, str]:
        """The columns of `articles` that must have a certain value."""
        values = {"portal": self.portal, "section": self.section, "web_status": self.status}
        return {name: value for name, value in values.items() if value}

    @property
    def numbers(self) -> tuple[int, int]:
        """The least and the greatest search number; where a period is given, articles without a day are left out."""
        first, last = first_day(self.first), last_day(self.last)
        low = _number(first) if first else 1 << DAY_BITS if last else _ALL[0]
        return low, _number(last) + (1 << DAY_BITS) - 1 if last else _ALL[1]

    @property
    def not_understood(self) -> tuple[str, ...]:
        """What was given as a period and is none; it does not count."""
        read = {self.first: first_day(self.first), self.last: last_day(self.last)}
        return tuple(given for given, day in read.items() if given and day is None)


def first_day(period: str | None) -> date | None:
    """The first day of a year, a month or a day; null where it is none of these.

    >>> first_day("2021"), first_day("2021-03"), first_day("2021-02-30")
    (datetime.date(2021, 1, 1), datetime.date(2021, 3, 1), None)
    """
    return _day(period, is_last=False)


def last_day(period: str | None) -> date | None:
    """The last day of a year, a month or a day; null where it is none of these.

    >>> last_day("2021"), last_day("2021-02"), last_day("soon")
    (datetime.date(2021, 12, 31), datetime.date(2021, 2, 28), None)
    """
    return _day(period, is_last=True)


def year_of(number: int) -> int | None:
    """The year of an article by its search number; null where it has no day."""
    day = number >> DAY_BITS
    return date.fromordinal(_EPOCH.toordinal() + day).year if day else None


def _day(period: str | None, *, is_last: bool) -> date | None:
    found = _PERIOD.fullmatch((period or "").strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        month = month or (12 if is_last else 1)
        return date(year or 0, month, day or (monthrange(year or 0, month)[1] if is_last else 1))
    except ValueError:  # no such month or day
        return None


def _number(day: date) -> int:
    return max(0, day.toordinal() - _EPOCH.toordinal()) << DAY_BITS
