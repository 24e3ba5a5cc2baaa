"""A clock whose days pass quickly and whose seconds do not, for the program as it is.

`now` runs fast, so intervals fall due soon; `monotonic` and `sleep` are this machine's, so pauses between requests,
deadlines and time-outs last as long as they say. The package that brings the towns winds it up in every process.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from archiver.clock import SystemClock

VARIABLE = "BENCH_CLOCK"
WINDING = "\nfrom bench.hour.clock import wind\n\nwind()\n"
"""What a package says in order to wind up the clock of the process that it is loaded into."""


@dataclass(frozen=True, slots=True)
class FastClock:
    """Shows `start` at `began`, and passes `rate` seconds in each real one."""

    began: float  # seconds of this machine's epoch
    start: datetime
    rate: float

    def now(self) -> datetime:
        """The moment that it shows, in UTC."""
        return self.at(time.time())

    def at(self, real: float) -> datetime:
        """What it showed at a moment of this machine's epoch.

        >>> FastClock(100, datetime(2026, 3, 2, tzinfo=UTC), 15).at(104).isoformat()
        '2026-03-02T00:01:00+00:00'
        """
        return (self.start + timedelta(seconds=(real - self.began) * self.rate)).astimezone(UTC)

    def monotonic(self) -> float:
        """Real seconds."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Real seconds."""
        time.sleep(seconds)

    def as_variable(self) -> dict[str, str]:
        """For the environment of a process.

        >>> FastClock(100, datetime(2026, 3, 2, tzinfo=UTC), 15).as_variable()
        {'BENCH_CLOCK': '100 2026-03-02T00:00:00+00:00 15'}
        """
        return {VARIABLE: f"{self.began!r} {self.start.isoformat()} {self.rate!r}"}


def wind() -> None:
    """Have this process's one clock show what the environment says."""
    began, start, rate = os.environ[VARIABLE].split()
    clock = FastClock(float(began), datetime.fromisoformat(start), float(rate))
    SystemClock.now = lambda _: clock.now()  # type: ignore[method-assign]
