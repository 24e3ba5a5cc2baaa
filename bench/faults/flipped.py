"""One bit of a file turned over, as a bad disk does; `archiver verify` must find it and say where."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bench.faults.commands import Command, Ran
from bench.faults.killing import Tell
from bench.faults.scenes import Scene

Rows = list[tuple[Any, ...]]  # the names of the columns first
Readable = dict[tuple[str, str, str], Rows]  # by file, table and schema
Place = tuple[str, int, str]  # file, byte, what must be named; "" for anything of the file

_PIECE = 40  # bytes of a payload by which its place in the file is found
_HEADER = 8  # bytes at the beginning of a page that say how it is laid out
_DIGEST = re.compile(rb"[0-9a-f]{64}")


@dataclass(slots=True)
class Flipped:
    """What came of the bits of one kind."""

    kind: str
    bits: int = 0
    named: int = 0  # exit status 1, and the payload, the row or the file named
    named_by_deep: int = 0  # by `verify --deep` alone
    without_effect: int = 0  # every row reads as before: space that holds nothing, bits that unpacking does not heed
    unseen: list[str] = field(default_factory=list)  # a row reads otherwise, and nothing was found

    @property
    def is_well(self) -> bool:
        """Whether every bit that changed anything was found."""
        return not self.unseen


def in_payload(folder: Path, dice: Random) -> Place:
    """A bit of a payload as it is kept."""
    with closing(sqlite3.connect(folder / "captures.db")) as db:
        digest, packed = dice.choice(db.execute("SELECT sha256, zstd FROM payloads ORDER BY sha256").fetchall())
    raw, at = (folder / "captures.db").read_bytes(), -1
    while at < 0:  # a piece that lies across two pages of the file is not found, one of many payloads is not taken
        start = dice.randrange(max(1, len(packed) - _PIECE))
        piece = packed[start : start + _PIECE]
        at = raw.find(piece) if raw.count(piece) == 1 else -1
    return "captures.db", at + dice.randrange(min(_PIECE, len(packed))), digest


def in_digest(folder: Path, dice: Random) -> Place:
    """A bit of a digest: in a payload's row, in a capture's, or in an index of either."""
    raw = (folder / "captures.db").read_bytes()
    found = dice.choice([match.start() for match in _DIGEST.finditer(raw)])
    return "captures.db", found + dice.randrange(64), ""


def in_layout(folder: Path, dice: Random) -> Place:
    """A bit of what a page of either file says of itself: its kind, its cells, the page that it goes on with."""
    file = dice.choice(("captures.db", "archive.db"))
    with closing(sqlite3.connect(folder / file)) as db:
        (size,), (pages,) = (db.execute(f"PRAGMA {name}").fetchone() for name in ("page_size", "page_count"))
    return file, dice.randrange(1, pages) * size + dice.randrange(_HEADER), ""


def anywhere(folder: Path, dice: Random) -> Place:
    """Any bit of either file."""
    file = dice.choice(("captures.db", "archive.db"))
    return file, dice.randrange((folder / file).stat().st_size), ""


KINDS: dict[str, Callable[[Path, Random], Place]] = {
    "a payload": in_payload,
    "a digest": in_digest,
    "the layout of a page": in_layout,
    "anywhere": anywhere,
}


def flip(scene: Scene, kind: str, bits: int, dice: Random, place: Path, tell: Tell) -> Flipped:
    """Turn so many bits over, one at a time, each in the whole archive of a scene."""
    flipped = Flipped(kind)
    whole = _readable(scene.whole)
    for _ in range(bits):
        folder = scene.folder(place, of_whole=True)
        file, at, named = KINDS[kind](folder, dice)
        _turn_over(folder / file, at, dice.randrange(8))
        flipped.bits += 1
        _judge(flipped, folder, named, whole)
    tell(
        f"{bits} bits of {kind}: {flipped.named} named, {flipped.named_by_deep} by --deep,"
        f" {flipped.without_effect} without effect, {len(flipped.unseen)} not seen"
    )
    return flipped


def _turn_over(file: Path, at: int, bit: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(at)
        byte = opened.read(1)[0]
        opened.seek(at)
        opened.write(bytes([byte ^ 1 << bit]))


def _judge(flipped: Flipped, folder: Path, named: str, whole: Readable) -> None:
    found = _verify(folder)
    if found.is_plain and named in found.said:
        flipped.named += 1
    elif found.status == 0 and _readable(folder) == whole:
        flipped.without_effect += 1
    elif found.status == 0 and _verify(folder, "--deep").is_plain:
        flipped.named_by_deep += 1
    else:
        flipped.unseen.append(_differing(whole, _readable(folder)))


def _verify(folder: Path, *options: str) -> Ran:
    return Command(("verify", *options, "--data", str(folder))).run()


def _readable(folder: Path) -> Readable:
    """All that can be read in both files: the rows of every table; or what SQLite says where that is not all."""
    found: Readable = {}
    for file in ("captures.db", "archive.db"):
        with closing(sqlite3.connect(folder / file)) as db:
            for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"):
                found[file, name, sql] = _rows(db, name)
    return found


def _rows(db: sqlite3.Connection, table: str) -> Rows:
    try:
        cursor = db.execute(f'SELECT * FROM "{table}"')
        return [tuple(name for name, *_ in cursor.description), *cursor.fetchall()]
    except sqlite3.DatabaseError as error:
        return [(str(error),)]


def _differing(whole: Readable, now: Readable) -> str:
    """The table and column in which something reads otherwise."""
    for (file, table, sql), rows in whole.items():
        others = now.get((file, table, sql), [])
        if rows != others:
            return ".".join((file, table, *_columns(rows, others)))
    return "nothing"


def _columns(rows: Rows, others: Rows) -> set[str]:
    """The names of the columns in which the same rows differ; none if there are other rows."""
    if len(rows) != len(others) or rows[0] != others[0]:
        return set()
    pairs = (pair for pair in zip(rows[1:], others[1:], strict=True) if pair[0] != pair[1])
    return {name for one, other in pairs for name, was, reads in zip(rows[0], one, other, strict=True) if was != reads}
