"""Who stands beside whom: the articles that share a mark, in the order of their days.

On a template thousands of notices are written, which share a mark. An article is compared only with those that stand at
most `REACH` places from it on either side, among all that share a mark with it: the nearest in time. The place is made
of day and key, so that who stands beside whom depends on what is there, and not on what came first.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

from sqlite_utils import Database

from archiver.store.twice.likeness import Told

REACH = 8  # places
_KEY_BITS = 47  # of the key's digest: of a thousand articles of a day two have one place in 300 million days
_LAST_DAY = (1 << 16) - 1
_FIRST = 719_163  # 1970-01-01 as an ordinal

Pair = tuple[int, int]  # two places, the earlier first


def place_of(told: Told) -> int:
    """Where an article stands among all, in 63 bits: its day (0 for none, or one before 1970), and its key's digest."""
    day = min(max(0, told.day.toordinal() - _FIRST), _LAST_DAY) if told.day else 0
    digest = hashlib.blake2b(told.article_key.encode(), digest_size=8).digest()
    return (day << _KEY_BITS) | (int.from_bytes(digest) >> (64 - _KEY_BITS))


def put(db: Database, place: int, key: str, marks: frozenset[int]) -> None:
    """Give an article its place among those that share its marks."""
    packed = struct.pack(f"<{len(marks)}I", *sorted(marks))
    db.execute("INSERT INTO same_news_places (place, article_key, marks) VALUES (?, ?, ?)", (place, key, packed))
    db.conn.executemany(
        "INSERT INTO same_news_marks (mark, place) VALUES (?, ?)", [(mark, place) for mark in sorted(marks)]
    )


def take(db: Database, place: int) -> None:
    """Take an article's place away."""
    marks = marks_at(db, place)
    db.conn.executemany("DELETE FROM same_news_marks WHERE mark = ? AND place = ?", [(mark, place) for mark in marks])
    db.execute("DELETE FROM same_news_places WHERE place = ?", (place,))


def key_at(db: Database, place: int) -> str:
    """Whose place it is."""
    (key,) = db.execute("SELECT article_key FROM same_news_places WHERE place = ?", (place,)).fetchone()
    return str(key)


def place_taken_by(db: Database, key: str) -> int | None:
    """Where an article stands; null for one that is not compared."""
    row = db.execute("SELECT place FROM same_news_places WHERE article_key = ?", (key,)).fetchone()
    return int(row[0]) if row else None


def marks_at(db: Database, place: int) -> frozenset[int]:
    """The marks of the article at a place."""
    (packed,) = db.execute("SELECT marks FROM same_news_places WHERE place = ?", (place,)).fetchone()
    return frozenset(struct.unpack(f"<{len(packed) // 4}I", packed))


def around(db: Database, place: int) -> tuple[set[int], set[Pair]]:
    """Who stands beside an article, and which two are just too far from each other because it stands between them."""
    beside: set[int] = set()
    parted: set[Pair] = set()
    for mark in marks_at(db, place):
        before, after = _side(db, mark, place, "<", "DESC"), _side(db, mark, place, ">", "ASC")
        beside.update(before, after)
        parted.update(_parted(before, after))
    return beside, parted


def _parted(before: list[int], after: list[int]) -> Iterator[Pair]:
    """Those with REACH - 1 others between them, and the one in the middle."""
    for distance, place in enumerate(before):
        if REACH - 1 - distance < len(after):
            yield place, after[REACH - 1 - distance]


def _side(db: Database, mark: int, place: int, beyond: str, order: str) -> list[int]:
    """The places next to one on a side, the nearest first."""
    rows = db.execute(
        f"SELECT place FROM same_news_marks WHERE mark = ? AND place {beyond} ? ORDER BY place {order} LIMIT ?",
        (mark, place, REACH),
    )
    return [each for (each,) in rows.fetchall()]


def are_beside(db: Database, one: int, other: int) -> bool:
    """Whether two stand near each other by any mark that they share."""
    return any(_distance(db, mark, one, other) <= REACH for mark in marks_at(db, one) & marks_at(db, other))


def _distance(db: Database, mark: int, one: int, other: int) -> int:
    """How many places from one to the other, up to REACH + 1."""
    (count,) = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM same_news_marks WHERE mark = ? AND place > ? AND place <= ? LIMIT ?)",
        (mark, one, other, REACH + 1),
    ).fetchone()
    return int(count)
