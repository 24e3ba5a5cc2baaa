"""Which moments captures from elsewhere are believed to be of.

One that cannot be spoils more than itself: of a time to come, it sets the archive's own clock forward; of the year 1,
it makes two thousand years of days on which the portal was not asked.
"""

from __future__ import annotations

from datetime import timedelta

from archiver.clock import BEFORE_ALL_CAPTURES, Clock, moment, stamp

_CLOCKS_DIFFER_BY = timedelta(days=1)


def latest_believed(clock: Clock) -> str:
    """The last moment that a capture can be of, by a clock that may differ from others."""
    return stamp(clock.now() + _CLOCKS_DIFFER_BY)


def doubt_of(stamped: str, latest: str) -> str | None:
    """What is wrong with a moment, as the rest of a sentence; null where a capture can be of it.

    >>> doubt_of("0001-01-01T00:00:00.000000Z", "2026-01-01"), doubt_of("2031-01-01T00:00:00.000000Z", "2026-01-01")
    ('lies before the web', 'lies in the future')
    >>> doubt_of("2023-02-30T00:00:00.000000Z", "2026-01-01"), doubt_of("2023-02-28T00:00:00.000000Z", "2026-01-01")
    ('is no time', None)
    """
    try:
        moment(stamped)
    except ValueError:
        return "is no time"
    if stamped < BEFORE_ALL_CAPTURES:
        return "lies before the web"
    return "lies in the future" if stamped > latest else None
