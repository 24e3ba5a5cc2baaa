"""Dates written for machines: ISO 8601, as systems write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone

from archiver.vietnamese.dates import (
    IMPOSSIBLE_DATE,
    INDOCHINA_TIME,
    MIDNIGHT_PLACEHOLDER,
    DateReading,
    Order,
    believed,
    read_date_line,
)

_MACHINE_DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?", re.ASCII
)


def read_machine_date(text: str) -> DateReading | None:
    """A date written for machines: `2025-10-22T19:25:52+07:00`, `…+07`, `…+0700`, `…Z`, `2018-05-27 06:34:00`.

    Without an offset the time is the portal's. Midnight sharp there is what systems write that know the day alone.
    """
    match = _MACHINE_DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
    raw = match[0]
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=_offset(match[7])).astimezone(INDOCHINA_TIME)
    except (ValueError, OverflowError):
        return DateReading(raw, None, None, None, (IMPOSSIBLE_DATE,), 0, len(raw))
    if at.time() == time(0):
        flags = (MIDNIGHT_PLACEHOLDER,) if match[4] else ()
        return believed(DateReading(raw, at.date(), None, "day", flags, 0, len(raw)))
    return believed(DateReading(raw, at.date(), at, "second" if match[6] else "minute", (), 0, len(raw)))


def read_told_date(text: str, order: Order) -> DateReading | None:
    """What markup or a feed tells, as machines are told a date or as people are; null for none, or a refused one.

    >>> read_told_date("2018-05-27 06:34:00", "dmy").on == read_told_date("27/05/2018", "dmy").on
    True
    >>> read_told_date("0001-01-01T00:00:00", "dmy"), read_told_date("hôm nào", "dmy")
    (None, None)
    """
    date = read_machine_date(text) or read_date_line(text, order)
    return date if date is not None and date.on is not None else None


def _offset(text: str | None) -> timezone:
    if text is None:
        return INDOCHINA_TIME
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    distance = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-distance if text[0] == "-" else distance)
