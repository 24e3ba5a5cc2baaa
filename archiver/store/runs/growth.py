"""How much room an archive takes, how fast that grows, and how long the disk lasts at that pace.

Each run notes at its end how large both files are, and how much of the disk is free: growth is what lies between.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from archiver.clock import moment, stamp
from archiver.store.databases.opening import writing

FLOOR = 1 << 30
"""Bytes that are to stay free: below it, making an archive anew or packing it may find no room."""
_LOOKS_BACK = timedelta(days=28)
_YOUNGEST = timedelta(days=7)  # of less nothing is foretold: the first days fetch what a portal has of years
_FILES = ("captures.db", "archive.db")


@dataclass(frozen=True, slots=True)
class Room:
    """What both files took when a run ended; bytes."""

    at: datetime
    captures: int
    archive: int


@dataclass(frozen=True, slots=True)
class Growth:
    """Sizes are bytes."""

    captures_size: int
    archive_size: int
    free: int  # of the disk
    per_day: int | None  # that both files grew by, of late; null for an archive of which too few days are known
    measured_days: int | None  # over how many days; null likewise
    days_left: int | None  # until no more than `floor` is free; null where nothing grows, or likewise
    floor: int


def note_room(captures: Database, archive: Database, crawl_key: str) -> None:
    """Write down with a run how much room there is at its end. Logs of writes to come are counted as what they hold."""
    sizes = [_size_of(db) for db in (captures, archive)]
    free = shutil.disk_usage(_folder_of(captures)).free
    with writing(captures):
        captures.execute(
            "UPDATE crawls SET captures_bytes = ?, archive_bytes = ?, free_bytes = ? WHERE crawl_key = ?",
            (*sizes, free, crawl_key),
        )


def growth_of(folder: Path, runs: Database, floor: int = FLOOR) -> Growth:
    """How an archive stands now, by what the disk says, and grew, by what runs noted (either file lists them)."""
    sizes = [sum(file.stat().st_size for file in folder.glob(f"{name}*")) for name in _FILES]
    return foretold(rooms(runs), sizes[0], sizes[1], shutil.disk_usage(folder).free, floor)


def growth_at_last_run(runs: Database, floor: int = FLOOR) -> tuple[str, Growth] | None:
    """When the last run ended that noted it, and how things stood then; null where none did."""
    row = runs.execute(
        "SELECT finished_at, captures_bytes, archive_bytes, free_bytes FROM crawls WHERE captures_bytes IS NOT NULL"
        " ORDER BY finished_at DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    at, captures, archive, free = row
    return str(at), foretold(rooms(runs), captures, archive, free, floor)


def rooms(runs: Database) -> list[Room]:
    """What runs noted, the earliest first: the last of them, and the one from which on its growth is measured."""
    last = _room(runs, "1 ORDER BY finished_at DESC")
    if last is None:
        return []
    since = stamp(last.at - _LOOKS_BACK)
    first = _room(runs, "finished_at <= ? ORDER BY finished_at DESC", since) or _room(runs, "1 ORDER BY finished_at")
    return [last] if first is None or first == last else [first, last]


def _room(runs: Database, condition: str, *values: str) -> Room | None:
    row = runs.execute(
        "SELECT finished_at, captures_bytes, archive_bytes FROM crawls"
        f" WHERE captures_bytes IS NOT NULL AND {condition} LIMIT 1",
        values,
    ).fetchone()
    return Room(moment(row[0]), *row[1:]) if row else None


def foretold(noted: Sequence[Room], captures_size: int, archive_size: int, free: int, floor: int) -> Growth:
    """The days that the disk lasts, at the pace of the last four weeks in which runs ended.

    >>> from datetime import UTC
    >>> days = [Room(datetime(2025, 6, day, tzinfo=UTC), 2000 * day, 1000 * day) for day in range(1, 31)]
    >>> foretold(days, 60_000, 30_000, 400_000, floor=100_000)
    Growth(captures_size=60000, archive_size=30000, free=400000, per_day=3000, measured_days=28, days_left=100,
           floor=100000)
    """
    measured = _pace(noted)
    if measured is None:
        return Growth(captures_size, archive_size, free, None, None, None, floor)
    per_day, over = measured
    left = int(max(0, free - floor) // per_day) if per_day else None
    return Growth(captures_size, archive_size, free, int(per_day), round(over / timedelta(days=1)), left, floor)


def _pace(noted: Sequence[Room]) -> tuple[float, timedelta] | None:
    """Bytes a day, and over how long they were measured; null where too few days are known.

    A file that became smaller (archive.db does, where it is made anew) makes up for no growth of the other.
    """
    if not noted:
        return None
    last = noted[-1]
    first = max((each for each in noted if last.at - each.at >= _LOOKS_BACK), key=_when, default=noted[0])
    over = last.at - first.at
    if over < _YOUNGEST:
        return None
    grown = max(0, last.captures - first.captures) + max(0, last.archive - first.archive)
    return grown / (over / timedelta(days=1)), over


def _when(room: Room) -> datetime:
    return room.at


def _size_of(db: Database) -> int:
    return int(db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0])


def _folder_of(db: Database) -> Path:
    return Path(db.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0]).parent


def growth_in_words(growth: Growth) -> str:
    """The same for people, in a line.

    >>> growth_in_words(Growth(60_000_000, 30_000_000, 40_000_000_000, 3_000_000, 28, 12_000, FLOOR))
    'disk: captures.db 60.0 MB, archive.db 30.0 MB, 3.0 MB a day; 40.0 GB free, enough for 12,000 days'
    >>> growth_in_words(Growth(60_000_000, 30_000_000, 40_000_000_000, None, None, None, FLOOR))
    'disk: captures.db 60.0 MB, archive.db 30.0 MB, growth not known before a week of runs; 40.0 GB free'
    """
    pace = "growth not known before a week of runs" if growth.per_day is None else f"{_size(growth.per_day)} a day"
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
