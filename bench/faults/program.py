"""`archiver` in a worse world: `python -m bench.faults.program '{"patience": 1}' crawl demo …`.

What is done to it, by name, all of it optional:

patience        seconds that a writer waits for another, in place of half a minute
pages           the most that either file may have: SQLite says that the disk is full beyond
killed_in_copy  SIGKILL while a rebuilt archive is copied into the place of the old one, at this share of it
clock_back      [looks at the clock, seconds]: after so many, the clock is set back by so much
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from archiver.cli import main
from archiver.clock import SystemClock
from archiver.store.databases import opening as database
from archiver.store.ground.locks import REBUILDING

World = dict[str, Any]

_STEP = 16  # pages that are copied at a time


def worsen(world: World) -> None:
    """Put the program into its world, before it begins."""
    if "patience" in world:
        database.PATIENCE = world["patience"]
    if "clock_back" in world:
        _set_back(*world["clock_back"])
    connect = sqlite3.connect

    def worse(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, factory=_Connection, **options)
        connection.killed_at = world.get("killed_in_copy")
        if "pages" in world:
            connection.execute(f"PRAGMA max_page_count = {world['pages']}")
        return connection

    sqlite3.connect = worse  # type: ignore[assignment]


class _Connection(sqlite3.Connection):
    """One that may be killed while it copies."""

    killed_at: float | None = None

    def backup(self, target: sqlite3.Connection, **options: Any) -> None:
        """Copy in many steps, where one of them is to be the last."""
        if self.killed_at is None or _is_copy(target):
            super().backup(target, **options)
            return

        def progress(_status: int, remaining: int, total: int) -> None:
            if total - remaining >= (self.killed_at or 0) * total:
                os.kill(os.getpid(), signal.SIGKILL)

        super().backup(target, **options | {"pages": _STEP, "progress": progress})


def _is_copy(db: sqlite3.Connection) -> bool:
    """Whether a database is a copy in which an archive is rebuilt."""
    return Path(db.execute("PRAGMA database_list").fetchone()[2]).parent.name.startswith(REBUILDING)


def _set_back(looks: int, seconds: float) -> None:
    now, looked = SystemClock.now, count(1)

    def wrong(clock: SystemClock) -> datetime:
        return now(clock) - timedelta(seconds=seconds if next(looked) > looks else 0)

    SystemClock.now = wrong  # type: ignore[method-assign]


if __name__ == "__main__":
    worsen(json.loads(sys.argv.pop(1)))
    main(prog_name="archiver")
