"""Times of our own, which never run backwards within a file although the machine's clock may."""

from __future__ import annotations

from datetime import timedelta

from sqlite_utils import Database

from archiver.clock import Clock, moment, stamp

CLOCK_TOLERANCE = timedelta(hours=1)
"""By so much a clock may be set back, as all are now and then, and still be worth its word."""
_TICK = timedelta(microseconds=1)


class Timeline:
    """Stamps of which each comes after all that the evidence already holds: no two captures share a moment.

    Nor do two decisions about an article: the later one is the one that holds.
    """

    def __init__(self, clock: Clock, captures: Database) -> None:
        self.clock = clock
        latest = captures.execute(
            "SELECT max(at) FROM (SELECT max(captured_at) AS at FROM captures"
            " UNION ALL SELECT max(started_at) FROM crawls UNION ALL SELECT max(finished_at) FROM crawls"
            " UNION ALL SELECT max(decided_at) FROM decisions)"
        ).fetchone()[0]
        self.latest: str = latest or ""

    @property
    def is_ahead_of_clock(self) -> bool:
        """Whether the evidence is of a time that is yet to come: the clock was ahead of itself, or is behind now."""
        return bool(self.latest) and moment(self.latest) - self.clock.now() > CLOCK_TOLERANCE

    def stamp(self) -> str:
        """The present moment, or the one after the latest that is known if the clock stood still or was set back."""
        now = stamp(self.clock.now())
        self.latest = now if now > self.latest else stamp(moment(self.latest) + _TICK)
        return self.latest
