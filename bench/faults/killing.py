"""SIGKILL at random moments of a piece of work, again and again; then it is gone on with, and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from archiver.store.databases.opening import open_captures
from bench.faults.commands import Ran
from bench.faults.comparing import Compared, compare, fetched_again
from bench.faults.scenes import Rows, Scene, go_on, rows_in

_EARLY = 0.1  # of a run's life from where it touches the folder: opening, migrating, reading what was left, queueing
_LATER = 0.5  # of the same, within which a run that goes on is killed
_LONGER = 1.05  # by which a life is taken to be longer again after each kill
_MOST_TRIES = 4  # for one kill that is wanted: whoever is to be killed late has ended by then at times

Tell = Callable[[str], None]


@dataclass(slots=True)
class Killed:
    """What came of the kills of one scene."""

    scene: Scene
    moments: list[float] = field(default_factory=list)  # of kills that met a process alive, as shares of its life
    too_late: int = 0  # it had ended by itself
    life: float = 0.0  # seconds: a run's as far as was seen, on a machine that is now busy and now idle
    rounds: int = 0  # after each of which the work was gone on with to its end
    compared: Compared = field(default_factory=Compared)
    again: int = 0  # pages that were fetched once more than in an undisturbed crawl
    between: int = 0  # archives that a kill left neither as they were nor as they should become
    given_up: int = 0  # pages that were being read at two kills in a row: taken for what killed the program

    def __post_init__(self) -> None:
        self.life = self.scene.seconds

    @property
    def kills(self) -> int:
        """How many met a process alive."""
        return len(self.moments)

    def note(self, share: float, ran: Ran, *, is_whole: bool) -> None:
        """One more, at a share of its life; whether it began with nothing done tells what that share means."""
        if ran.was_killed:
            self.moments.append(share)
            self.life = min(self.life * _LONGER, self.scene.seconds)
        else:
            self.too_late += 1
            self.life = min(self.life, ran.seconds) if is_whole else self.life

    @property
    def is_well(self) -> bool:
        """Whether nothing is lost, doubled or in between."""
        return self.compared.is_same and not self.between


def kill(scene: Scene, kills: int, in_a_row: int, dice: Random, place: Path, tell: Tell) -> Killed:
    """Kill so often, at moments that are spread over the whole of a run's life."""
    killed, moments = Killed(scene), _moments(scene, kills, dice)
    for _ in range(kills * _MOST_TRIES):
        if killed.kills >= kills:
            break
        _round(killed, moments, dice, dice.randint(1, in_a_row), place)
        off = killed.compared.lost + killed.compared.doubled
        tell(f"{killed.kills} of {kills} kills of {scene.name}, {killed.rounds} times gone on with, {off} rows off")
    return killed


def kill_in_copy(scene: Scene, kills: int, dice: Random, place: Path, tell: Tell) -> Killed:
    """Kill a rebuild while its new archive is copied into the place of the old one."""
    killed = Killed(scene)
    for share in spread(kills, dice):
        folder = scene.folder(place)
        before = rows_in(folder)
        ran = scene.command(folder, {"killed_in_copy": share}).run()
        killed.note(share, ran, is_whole=False)
        killed.between += rows_in(folder) != before
        _go_on(killed, folder)
        if killed.rounds == kills:
            break
    tell(f"{killed.kills} kills of {scene.name} while the new archive was copied in, {killed.between} in between")
    return killed


def _moments(scene: Scene, kills: int, dice: Random) -> Iterator[float]:
    """Two of three over the whole life, one of three where a run begins."""
    for number, share in enumerate(spread(kills, dice)):
        yield _within(scene, _EARLY, dice) if number % 3 == 2 else share


def _within(scene: Scene, share: float, dice: Random) -> float:
    """A moment in the first part of what is left of a run's life when it touches the folder."""
    return scene.begins + dice.random() * share * (1 - scene.begins)


def spread(count: int, dice: Random) -> Iterator[float]:
    """Shares of a life without end: one from each of so many parts, in random order, then from the beginning."""
    while True:
        moments = [(part + dice.random()) / count for part in range(count)]
        dice.shuffle(moments)
        yield from moments


def _round(killed: Killed, moments: Iterator[float], dice: Random, most: int, place: Path) -> None:
    """One folder: a kill or a few, then the work is gone on with."""
    scene = killed.scene
    folder = scene.folder(place)
    before = rows_in(folder) if scene.name == "reparse" else None
    share = next(moments)
    for number in range(most):
        ran = scene.command(folder).start().kill_at(share * killed.life)
        killed.note(share, ran, is_whole=number == 0)
        if not ran.was_killed:
            break
        killed.between += before is not None and _is_between(folder, before, scene.expected)
        share = _within(scene, _LATER, dice)
    _go_on(killed, folder)


def _go_on(killed: Killed, folder: Path) -> None:
    was_done = _was_done(killed.scene, folder)
    go_on(killed.scene, folder)
    killed.rounds += 1
    killed.compared += compare(killed.scene, folder)
    killed.again += 0 if was_done else fetched_again(killed.scene, folder)
    killed.given_up += _given_up(folder)


def _is_between(folder: Path, before: Rows, after: Rows) -> bool:
    """Whether readers would now see an archive that is neither the old one nor the new one."""
    return rows_in(folder) not in (before, after)


def _was_done(scene: Scene, folder: Path) -> bool:
    """Whether the run had written down its end already: going on with it is another run."""
    finished, before = (_finished_runs(each) for each in (folder, scene.before))
    return finished > before


def _finished_runs(folder: Path) -> int:
    return _count(folder, "SELECT count(*) FROM crawls WHERE status = 'finished'")


def _given_up(folder: Path) -> int:
    return _count(folder, "SELECT count(*) FROM frontier WHERE state = 'unreadable'")


def _count(folder: Path, query: str) -> int:
    if not (folder / "captures.db").exists():
        return 0
    captures = open_captures(folder)
    (count,) = captures.execute(query).fetchone()
    captures.close()
    return int(count)
