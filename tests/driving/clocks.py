"""A clock that tests set."""

from datetime import UTC, datetime, timedelta


class SetClock:
    """Stands still until it is told to go on."""

    def __init__(self, start=datetime(2025, 7, 1, 1, 0, tzinfo=UTC)):
        self.time = start

    def now(self):
        return self.time

    def monotonic(self):
        return self.time.timestamp()

    def sleep(self, seconds):
        self.pass_by(seconds=seconds)

    def pass_by(self, **delta):
        self.time += timedelta(**delta)
