"""The timer that `archiver schedule systemd` prints, as systemd keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from archiver.scheduling.plan import CRAWL, Plan
from archiver.scheduling.systemd import timer

_PLAN = Plan(("archiver",), Path("/srv/archive"), "archiver", Path("/etc/archiver.env"))


@dataclass(frozen=True, slots=True)
class Timer:
    """How far apart its turns are, and by how much each may be late on purpose."""

    every: timedelta
    jitter: timedelta

    def ticks(self, start: datetime, end: datetime, dice: Random) -> Iterator[datetime]:
        """When it elapses, from `start` on and before `end`."""
        due = start
        while due < end:
            yield due + dice.random() * self.jitter
            due += self.every


def printed_timer() -> Timer:
    """That of the crawls; raises ValueError where another kind of timer is printed."""
    unit = timer(_PLAN, CRAWL)
    calendar = re.search(r"^OnCalendar=\*:\d+/(\d+)$", unit, re.MULTILINE)
    delay = re.search(r"^RandomizedDelaySec=(\d+)min$", unit, re.MULTILINE)
    if calendar is None or delay is None:
        raise ValueError(f"no timer of so many minutes: {unit}")
    return Timer(timedelta(minutes=int(calendar[1])), timedelta(minutes=int(delay[1])))


class Keeper:
    """Begins a turn at each tick. One that still goes on then is not begun a second time, as systemd has it."""

    def __init__(self, ticks: Iterator[datetime], begin: Callable[[], None], goes_on: Callable[[], bool]) -> None:
        self.ticks, self.begin, self.goes_on = ticks, begin, goes_on
        self.next = next(ticks, None)
        self.begun = self.passed_over = 0

    def look(self, now: datetime) -> None:
        """Do what is due at a moment."""
        while self.next is not None and self.next <= now:
            if self.goes_on():
                self.passed_over += 1
            else:
                self.begun += 1
                self.begin()
            self.next = next(self.ticks, None)
