"""Which backups stay: the newest of each of the last days, weeks and months of which there is one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days, weeks (from Monday) and months stay, each by its newest backup.

    Days are those of UTC, not of the portals: backups are named in UTC, and their names show which belong together.
    """

    daily: int = 7
    weekly: int = 5
    monthly: int = 12


AS_DESIGNED = Retention()


def to_keep(moments: Collection[datetime], retention: Retention) -> set[datetime]:
    """Of the moments at which backups were made, those of the ones to keep. The newest always is.

    >>> days = [datetime(2025, 7, day) for day in range(1, 16)]
    >>> sorted(moment.day for moment in to_keep(days, Retention(daily=2, weekly=2, monthly=2)))
    [13, 14, 15]
    """
    kept = {max(moments)} if moments else set()
    for count, period in ((retention.daily, _day), (retention.weekly, _week), (retention.monthly, _month)):
        kept |= _newest_of_each(moments, period, count)
    return kept


def _newest_of_each(moments: Collection[datetime], period: Callable[[datetime], Hashable], count: int) -> set[datetime]:
    newest = {period(moment): moment for moment in sorted(moments)}
    return set(sorted(newest.values(), reverse=True)[:count])


def _day(moment: datetime) -> Hashable:
    return moment.date()


def _week(moment: datetime) -> Hashable:
    year, week, _ = moment.isocalendar()
    return year, week


def _month(moment: datetime) -> Hashable:
    return moment.year, moment.month
