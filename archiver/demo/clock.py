"""The made-up portal's own time: it never asks for the real one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from time import monotonic

VIETNAM = timezone(timedelta(hours=7))

OPENING = datetime(2025, 6, 30, 8, 0, tzinfo=VIETNAM)  # the last working day before districts were abolished


def demo_clock(opening: datetime = OPENING) -> Callable[[], datetime]:
    """A clock that stands at `opening` now and runs from there."""
    started = monotonic()
    return lambda: opening + timedelta(seconds=monotonic() - started)
