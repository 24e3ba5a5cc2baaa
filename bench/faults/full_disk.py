"""No space left in the middle of a commit; then there is space again, and the work is gone on with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from archiver.store.databases.opening import open_archive, open_captures
from bench.faults.commands import Command, Ran
from bench.faults.comparing import Compared, compare
from bench.faults.killing import Tell, spread
from bench.faults.scenes import Scene, go_on

MEANS = ("RLIMIT_FSIZE", "max_page_count")


@dataclass(slots=True)
class Hindered:
    """What came of hindering one scene in one way."""

    scene: Scene
    means: str
    runs: int = 0
    failed: int = 0  # of these, with exit status 1
    plain: int = 0  # of those that failed, with a message and no traceback
    compared: Compared = field(default_factory=Compared)
    said: set[str] = field(default_factory=set)  # by those that failed, the last lines

    def add(self, ran: Ran) -> None:
        """One process that was hindered."""
        self.runs += 1
        self.failed += ran.status == 1
        self.plain += ran.is_plain
        if ran.status:
            self.said.add(ran.said.strip().rpartition("\n")[2])

    @property
    def is_well(self) -> bool:
        """Whether whatever failed said so plainly, and everything was there in the end."""
        return self.plain == self.failed == self.runs and self.compared.is_same


def fill_up(scene: Scene, means: str, runs: int, dice: Random, place: Path, tell: Tell) -> Hindered:
    """Let the disk be full at as many fillings, spread from none at all to almost enough."""
    hindered = Hindered(scene, means)
    narrow = _narrow_files if means == "RLIMIT_FSIZE" else _narrow_databases
    commands = narrow(scene, spread(runs, dice))
    for _ in range(runs):
        folder = scene.folder(place)
        hindered.add(next(commands)(folder).run())
        go_on(scene, folder)
        hindered.compared += compare(scene, folder)
    tell(f"{scene.name}, {means}: {hindered.failed} of {runs} runs ended with 1, {hindered.plain} plainly")
    return hindered


def _narrow_files(scene: Scene, shares: Iterator[float]) -> Iterator[Callable[[Path], Command]]:
    largest = min((scene.whole / name).stat().st_size for name in ("captures.db", "archive.db"))
    for share in shares:
        yield lambda folder, bytes_=int(share * largest): scene.command(folder, largest_file=bytes_)


def _narrow_databases(scene: Scene, shares: Iterator[float]) -> Iterator[Callable[[Path], Command]]:
    largest = min(
        opened(scene.whole).execute("PRAGMA page_count").fetchone()[0] for opened in (open_captures, open_archive)
    )
    for share in shares:
        yield lambda folder, pages=int(share * largest) + 1: scene.command(folder, {"pages": pages})
