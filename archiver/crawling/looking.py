"""A run may last for hours, and runs that are cut short go on with one another: what is new is not kept waiting."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from archiver.clock import Clock
from archiver.crawling.options import CrawlOptions
from archiver.portals import Portal
from archiver.store.databases.opening import writing
from archiver.store.evidence.looks import last_looked, queue_looks
from archiver.store.runs.dueness import Bounds, interval
from archiver.store.runs.rhythm import published_lately


class Looks:
    """Has the newest pages of lists asked for again, as often as the portal is crawled when no run lasts so long."""

    def __init__(self, captures: Database, archive: Database, portal: Portal, clock: Clock, options: CrawlOptions):
        self.captures, self.archive, self.portal, self.clock = captures, archive, portal, clock
        shortest, longest = options.shortest_interval_minutes, options.longest_interval_minutes
        self.bounds = Bounds(timedelta(minutes=shortest), timedelta(minutes=longest))
        self.next_question = float("-inf")  # by the clock that never goes back: whether a look is due
        self.last: datetime | None = None

    def due_now(self) -> dict[str, bool]:
        """Queue a look if one is due; returns what `queue_looks` does, and nothing otherwise. Cheap between two."""
        if self.clock.monotonic() < self.next_question:
            return {}
        left = self._time_left()
        wait = self.bounds.shortest if left is None or left <= timedelta() else min(left, self.bounds.shortest)
        self.next_question = self.clock.monotonic() + wait.total_seconds()
        if left is None or left > timedelta():
            return {}
        self.last = self.clock.now()
        with writing(self.captures):
            return queue_looks(self.captures, self.portal)

    def _time_left(self) -> timedelta | None:
        """Until the next look; null where there was none yet, for then the run begins with one."""
        now, looked = self.clock.now(), last_looked(self.captures, self.portal)
        if looked is None:
            return None
        every, _ = interval(published_lately(self.archive, self.portal.key, now), self.bounds, now)
        return max(filter(None, (looked, self.last))) + every - now
