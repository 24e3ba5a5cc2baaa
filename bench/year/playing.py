"""Crawls of a town's portal when they are due, each in a process of its own, some of them killed; all on one clock."""

from __future__ import annotations

import json
import os
import select
import signal
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from archiver.crawling.report import peak_memory_mb
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.runs.dueness import Bounds
from archiver.store.runs.rhythm import due_of
from bench.year.town import Town
from tests.driving.clocks import SetClock
from tests.driving.visitor import Visitor

_SHARE_KILLED = 0.1
_BOUNDS = Bounds(timedelta(hours=12), timedelta(days=1))  # of the configuration: twice a day is enough for this portal
_LIFE_OF_KILLED = timedelta(hours=1)  # longer than any run here


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl. `status` is null where it was killed."""

    began: datetime
    ended: datetime
    status: str | None
    reason: str
    requests: int
    seconds: float  # of this machine's time
    peak_mb: float
    captures_mb: float  # captures.db afterwards
    archive_mb: float

    @property
    def was_killed(self) -> bool:
        """Whether nobody knows what it did."""
        return self.status is None


NextDue = Callable[[Path, datetime], datetime]


def play(
    town: Town,
    folder: Path,
    until: datetime,
    next_due: NextDue,
    seed: int,
    say: Callable[[Run], None] = lambda _: None,
) -> list[Run]:
    """Crawl until then. `next_due` says when, after a run that ended at a time, the next one begins."""
    dice, runs, clock = Random(f"{seed} kills"), list[Run](), SetClock(town.now)
    visitor = Visitor(town.portal, folder, clock)
    visitor.answers = _on(clock, town)
    while clock.time < until:
        town.play(clock.time)
        patience = dice.uniform(0, 1.2 * runs[-1].seconds) if runs and dice.random() < _SHARE_KILLED else None
        runs.append(_crawl(visitor, patience))
        say(runs[-1])
        clock.time = max(next_due(folder, runs[-1].ended), runs[-1].ended)
    town.play(until)
    return runs


def when_due(folder: Path, now: datetime) -> datetime:
    """When `archiver crawl` would crawl next, by the two files."""
    with closing(open_captures(folder)) as captures, closing(open_archive(folder)) as archive:
        return due_of(captures, archive, "demo", _BOUNDS, now).at


def _on(clock: SetClock, town: Town):  # type: ignore[no-untyped-def]
    """Answers of a town that lives on while it is crawled."""

    def answer(*asked):  # type: ignore[no-untyped-def]
        town.play(max(clock.time, town.now))
        return town.respond(*asked)

    return answer


def _crawl(visitor: Visitor, patience: float | None) -> Run:
    """Begin a crawl in a process of its own, and kill it if it lasts longer than the patience, in seconds."""
    began, started = visitor.clock.time, perf_counter()
    told, tells = os.pipe()
    child = os.fork()
    if child == 0:
        _in_child(visitor, told, tells)
    os.close(tells)
    with os.fdopen(told, "rb") as pipe:
        if patience is not None and not select.select([pipe], [], [], patience)[0]:
            os.kill(child, signal.SIGKILL)
        words = pipe.read()
    os.waitpid(child, 0)
    said = json.loads(words) if words else None
    if said is None and patience is None:
        raise RuntimeError("a crawl that nobody killed said nothing at its end")
    return Run(
        began,
        datetime.fromisoformat(said["ended"]) if said else began + _LIFE_OF_KILLED,
        said["status"] if said else None,
        said["reason"] if said else "killed",
        said["requests"] if said else 0,
        perf_counter() - started,
        said["peak_mb"] if said else 0.0,
        _megabytes(visitor.folder, "captures.db"),
        _megabytes(visitor.folder, "archive.db"),
    )


def _in_child(visitor: Visitor, told: int, tells: int) -> None:
    """A whole crawl; whatever happens, nothing of the parent goes on here."""
    status = 1
    try:
        os.close(told)
        ending = visitor.crawl(recheck="due")
        said = {
            "ended": visitor.clock.time.isoformat(),
            "status": ending.status,
            "reason": ending.reason,
            "requests": len(visitor.asked),
            "peak_mb": peak_memory_mb(),
        }
        with os.fdopen(tells, "wb") as pipe:
            pipe.write(json.dumps(said).encode())
        status = 0
    finally:
        os._exit(status)


def _megabytes(folder: Path, name: str) -> float:
    """What a file takes, with what of it stands in its log yet."""
    return sum(file.stat().st_size for file in folder.glob(f"{name}*")) / 1e6
