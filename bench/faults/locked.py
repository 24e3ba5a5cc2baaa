"""A file that another program keeps to itself: for longer than the archive waits, and for less."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import sleep

from bench.faults.commands import Ran
from bench.faults.comparing import Compared, compare
from bench.faults.killing import Tell
from bench.faults.scenes import Scene, go_on

FILES = ("captures.db", "archive.db")
IMPATIENT = {"patience": 0.5}  # seconds, in place of half a minute
A_WHILE = 0.4  # seconds for which a lock is borne
_LATEST = 0.6  # of a run's life, at which a file is taken
_EARLIER = (1.0, 0.5, 0.0)  # of that moment: by then a run may be over, or have nothing more to write


@dataclass(frozen=True, slots=True)
class Held:
    """A file that was held while a scene ran."""

    scene: Scene
    file: str
    how: str
    ran: Ran
    compared: Compared

    @property
    def is_well(self) -> bool:
        """Whether it ended as it should, said so plainly, and everything was there in the end."""
        return (self.ran.status == 0 or self.ran.is_plain) and self.compared.is_same


def hold_too_long(scene: Scene, file: str, dice: Random, place: Path, tell: Tell) -> Held:
    """Take a file at some moment and keep it; the program gives up, and goes on once the file is free."""
    moment = dice.random() * _LATEST * scene.seconds
    for share in _EARLIER:
        folder = scene.folder(place)
        running = scene.command(folder, IMPATIENT).start()
        sleep(share * moment)
        with _held(folder / file, "IMMEDIATE"):
            ran = running.end()
        if ran.status:
            break
    go_on(scene, folder)
    return _told(Held(scene, file, "for too long", ran, compare(scene, folder)), tell)


def hold_a_while(scene: Scene, file: str, dice: Random, place: Path, tell: Tell) -> Held:
    """Take a file at some moment and give it back soon; the program waits."""
    folder = scene.folder(place)
    running = scene.command(folder).start()
    sleep(dice.random() * _LATEST * scene.seconds)
    with _held(folder / file, "IMMEDIATE"):
        sleep(A_WHILE)
    return _told(Held(scene, file, "for a while", running.end(), compare(scene, folder)), tell)


def hold_alone(scene: Scene, file: str, _: Random, place: Path, tell: Tell) -> Held:
    """A program that lets nobody else even read, as one that packs or repairs a file: from before the beginning."""
    folder = scene.folder(place)
    with _held(folder / file, "EXCLUSIVE"):
        ran = scene.command(folder, IMPATIENT).run()
    go_on(scene, folder)
    return _told(Held(scene, file, "from all readers", ran, compare(scene, folder)), tell)


def hold_with_full_patience(scene: Scene, file: str, _: Random, place: Path, tell: Tell) -> Held:
    """Nothing is shortened: the program waits as long as it does for a person."""
    folder = scene.folder(place)
    with _held(folder / file, "IMMEDIATE"):
        ran = scene.command(folder).run()
    go_on(scene, folder)
    return _told(Held(scene, file, "with nothing shortened", ran, compare(scene, folder)), tell)


@contextmanager
def _held(file: Path, kind: str) -> Iterator[None]:
    """Keep a file, as soon as it is there and free."""
    while not file.exists():
        sleep(0.01)
    with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as db:
        db.execute(f"PRAGMA locking_mode = {'EXCLUSIVE' if kind == 'EXCLUSIVE' else 'NORMAL'}")
        db.execute(f"BEGIN {kind}")
        yield
        db.rollback()


def _told(held: Held, tell: Tell) -> Held:
    words = "well" if held.is_well else "NOT well"
    tell(f"{held.scene.name}, {held.file} held {held.how}: {held.ran.status} after {held.ran.seconds:.1f} s, {words}")
    return held
