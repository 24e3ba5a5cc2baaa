"""The one clock. It is made in `cli` and handed down; nothing else asks for the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

BEFORE_ALL_CAPTURES = "1990-01-01T00:00:00.000000Z"
"""Nothing on the web was captured before: there was none."""
_LENGTH = len(BEFORE_ALL_CAPTURES)


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
    >>> stamp(datetime(1, 1, 1, tzinfo=UTC))  # glibc's %Y would leave it at one digit
    '0001-01-01T00:00:00.000000Z'
    """
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(stamped: str) -> datetime:
    """The moment that `stamp` wrote, or once wrote: of years before 1000, with fewer digits.

    >>> moment("1-01-01T00:00:00.000000Z") == moment("0001-01-01T00:00:00.000000Z")
    True
    """
    return datetime.fromisoformat(stamped.zfill(_LENGTH)).replace(tzinfo=UTC)


def local_day(stamped: str) -> str:
    """The day of the portals' calendar (UTC+7) on which a moment of ours fell.

    >>> local_day("2025-06-30T18:30:00.000000Z")
    '2025-07-01'
    """
    return (moment(stamped) + timedelta(hours=7)).date().isoformat()
