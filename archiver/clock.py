"""The one clock. It is made in `cli` and handed down; nothing else asks for the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What tells the time: `now` for what is kept, `monotonic` for how long something takes."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary beginning; never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Do nothing for so long."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from an arbitrary beginning; never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Do nothing for so long."""
        time.sleep(seconds)


def stamp(moment: datetime) -> str:
    """A moment as the archive writes its own times: UTC, microseconds, sortable as text.

    >>> stamp(datetime(2025, 6, 30, 8, 0, tzinfo=UTC))
    '2025-06-30T08:00:00.000000Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(stamped: str) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.strptime(stamped, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def local_day(stamped: str) -> str:
    """The day of the portals' calendar (UTC+7) on which a moment of ours fell.

    >>> local_day("2025-06-30T18:30:00.000000Z")
    '2025-07-01'
    """
    return (moment(stamped) + timedelta(hours=7)).date().isoformat()
