"""How much room an archive takes, how fast that grows, and how long the disk lasts at that pace."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlite_utils import Database

FLOOR = 1 << 30
"""Bytes that are to stay free: below it, making an archive anew or packing it may find no room."""
_LOOKS_BACK = 28  # days
_YOUNGEST = 7  # days; of fewer nothing is foretold: the first days of an archive fetch what a portal has of years
_FILES = ("captures.db", "archive.db")

# The day on which bytes came: what a crawl fetched, when it did; what was imported, when that was.
_BYTES_BY_DAY = """
SELECT day, sum(bytes) FROM (
  SELECT substr(min(CASE source WHEN 'crawl' THEN captured_at ELSE coalesce(started_at, captured_at) END), 1, 10)
           AS day,
         (SELECT length(zstd) FROM payloads WHERE payloads.sha256 = captures.sha256) AS bytes
  FROM captures LEFT JOIN crawls USING (crawl_key) WHERE sha256 IS NOT NULL GROUP BY sha256
) GROUP BY day
"""


@dataclass(frozen=True, slots=True)
class Growth:
    """Sizes are bytes."""

    captures_size: int
    archive_size: int
    free: int  # of the disk
    per_day: int | None  # that both files grow by, of late; null for an archive that is too young to tell
    days_left: int | None  # until no more than `floor` is free; null where nothing grows, or too young
    floor: int


def growth_of(folder: Path, captures: Database, today: date, floor: int = FLOOR) -> Growth:
    """How an archive grows, by what captures.db knows and the disk says. Logs of writes to come are counted in."""
    sizes = [sum(file.stat().st_size for file in folder.glob(f"{name}*")) for name in _FILES]
    return foretold(bytes_by_day(captures), sizes[0], sizes[1], shutil.disk_usage(folder).free, today, floor)


def bytes_by_day(captures: Database) -> dict[date, int]:
    """How many bytes of payloads, packed as they are kept, came on each day (UTC)."""
    rows = captures.execute(_BYTES_BY_DAY).fetchall()
    return {date.fromisoformat(day): int(size or 0) for day, size in rows}


def foretold(
    by_day: Mapping[date, int], captures_size: int, archive_size: int, free: int, today: date, floor: int
) -> Growth:
    """The days that the disk lasts, at the pace of the last four weeks.

    What beside payloads takes room is taken to grow as they do. Today, which is not over, is left out.

    >>> days = {date(2025, 6, day): 1000 for day in range(1, 31)}
    >>> foretold(days, 60_000, 30_000, 400_000, date(2025, 7, 1), floor=100_000)  # 90 bytes on the disk for 30
    Growth(captures_size=60000, archive_size=30000, free=400000, per_day=3000, days_left=100, floor=100000)
    """
    per_day = _pace(by_day, captures_size + archive_size, today)
    left = int(max(0, free - floor) // per_day) if per_day else None
    return Growth(captures_size, archive_size, free, None if per_day is None else int(per_day), left, floor)


def _pace(by_day: Mapping[date, int], size: int, today: date) -> float | None:
    """Bytes that both files grow by in a day; null where too few days are known."""
    days = (today - min(by_day)).days if by_day else 0
    if days < _YOUNGEST:
        return None
    looked_at = min(days, _LOOKS_BACK)
    since = today - timedelta(days=looked_at)
    came = sum(each for day, each in by_day.items() if since <= day < today)
    return came / looked_at * (size / max(1, sum(by_day.values())))


def growth_in_words(growth: Growth) -> str:
    """The same for people, in a line.

    >>> growth_in_words(Growth(60_000_000, 30_000_000, 40_000_000_000, 3_000_000, 12_000, FLOOR))
    'disk: captures.db 60.0 MB, archive.db 30.0 MB, 3.0 MB a day; 40.0 GB free, enough for 12,000 days'
    >>> growth_in_words(Growth(60_000_000, 30_000_000, 40_000_000_000, None, None, FLOOR))
    'disk: captures.db 60.0 MB, archive.db 30.0 MB, too young to say how it grows; 40.0 GB free'
    """
    pace = "too young to say how it grows" if growth.per_day is None else f"{_size(growth.per_day)} a day"
    left = "" if growth.days_left is None else f", enough for {growth.days_left:,} days"
    return (
        f"disk: captures.db {_size(growth.captures_size)}, archive.db {_size(growth.archive_size)}, {pace};"
        f" {_size(growth.free)} free{left}"
    )


def _size(count: int) -> str:
    """A number of bytes for people.

    >>> _size(999), _size(1500), _size(2_500_000_000_000)
    ('999 bytes', '1.5 kB', '2.5 TB')
    """
    if count < 1000:
        return f"{count} bytes"
    exponent = min(4, (len(str(count)) - 1) // 3)
    return f"{count / 1000**exponent:.1f} {('kB', 'MB', 'GB', 'TB')[exponent - 1]}"
