"""Times of our own, which never run backwards within a file although the machine's clock may."""

from __future__ import annotations

from sqlite_utils import Database

from archiver.clock import Clock, stamp


class Timeline:
    """Stamps that never come before one that the evidence already holds."""

    def __init__(self, clock: Clock, captures: Database) -> None:
        self.clock = clock
        latest = captures.execute(
            "SELECT max(at) FROM (SELECT max(captured_at) AS at FROM captures"
            " UNION ALL SELECT max(started_at) FROM crawls UNION ALL SELECT max(finished_at) FROM crawls)"
        ).fetchone()[0]
        self.latest: str = latest or ""

    def stamp(self) -> str:
        """The present moment, or the latest one known if the clock was set back."""
        self.latest = max(self.latest, stamp(self.clock.now()))
        return self.latest
