"""The table `same_news`, kept right with every article that comes, changes or goes.

Two articles are in it, with a row from the side of each, if and only if they stand beside each other by some mark
(`places`) and are alike (`likeness`). Both depend on what the archive holds and on nothing else: so do the rows.
Whoever comes between two others may part them; whoever goes may bring them together.
"""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from archiver.store.twice.likeness import FEWEST_SYLLABLES, Likeness, Told, Version, likeness
from archiver.store.twice.marks import marks_of
from archiver.store.twice.places import are_beside, around, key_at, place_of, place_taken_by, put, take
from archiver.store.twice.texts import syllables, text_of

_FROM_THE_OTHERS = "SELECT other_key, article_key FROM same_news WHERE article_key = ?"
_MOST_AT_AN_END = 4  # of an article with more than eight different texts, the first four and the last four count


def link(db: Database, key: str) -> None:
    """Compare an article, as it stands now, with those beside it. Belongs into a transaction, as all below."""
    unlink(db, key)
    told = told_of(db, key)
    marks = marks_of(told)
    if not marks:
        return
    place = place_of(told)
    put(db, place, key, marks)
    beside, parted = around(db, place)
    for other in sorted(beside):
        _compare(db, told, told_of(db, key_at(db, other)))
    for one, other in parted:
        keys = key_at(db, one), key_at(db, other)
        if _are_linked(db, *keys) and not are_beside(db, one, other):
            _part(db, *keys)


def unlink(db: Database, key: str) -> None:
    """Take an article out, whether it is still there or not."""
    place = place_taken_by(db, key)
    if place is None:
        return
    _, parted = around(db, place)
    take(db, place)
    db.execute(f"DELETE FROM same_news WHERE (article_key, other_key) IN ({_FROM_THE_OTHERS})", (key,))
    db.execute("DELETE FROM same_news WHERE article_key = ?", (key,))
    for one, other in sorted(parted):
        keys = key_at(db, one), key_at(db, other)
        if not _are_linked(db, *keys):
            _compare(db, *(told_of(db, each) for each in keys))


def clear_away(db: Database) -> None:
    """Leave the pairs alone, in a copy to which nothing is added: a mark tells what numbers a text had."""
    for table in ("same_news_marks", "same_news_places"):
        db.execute(f"DELETE FROM {table}")


def link_anew(db: Database) -> None:
    """Forget all, and compare all articles that are there; in the order of their days nobody comes between others."""
    clear_away(db)
    db.execute("DELETE FROM same_news")
    for (key,) in db.execute("SELECT article_key FROM articles ORDER BY published_on, article_key").fetchall():
        link(db, key)


def told_of(db: Database, key: str) -> Told:
    """What of an article that is there is compared."""
    title, day, latest = db.execute(
        "SELECT title, published_on, revision_count FROM articles WHERE article_key = ?", (key,)
    ).fetchone()
    return Told(key, syllables(title or ""), date.fromisoformat(day) if day else None, latest, _versions(db, key))


def _versions(db: Database, key: str) -> tuple[Version, ...]:
    """The different texts of an article that are long enough, each with the first revision that shows it."""
    rows = db.execute(
        "SELECT number, lead, body FROM revisions WHERE article_key = ? AND same_as IS NULL ORDER BY number", (key,)
    )
    found: dict[str, Version] = {}
    for number, lead, body in rows.fetchall():
        text = text_of(lead, body)
        if text.syllables >= FEWEST_SYLLABLES:
            found.setdefault(text.digest, Version(number, text))
    versions = tuple(found.values())
    if len(versions) <= 2 * _MOST_AT_AN_END:
        return versions
    return versions[:_MOST_AT_AN_END] + versions[-_MOST_AT_AN_END:]


def _compare(db: Database, one: Told, other: Told) -> None:
    first, second = sorted((one, other), key=lambda told: told.article_key)
    if (found := likeness(first, second)) is None:
        return
    days = (second.day - first.day).days if first.day and second.day else None
    _save(db, first, second, days, found)
    _save(db, second, first, None if days is None else -days, found.from_the_other)


def _save(db: Database, one: Told, other: Told, days: int | None, found: Likeness) -> None:
    keys = one.article_key, other.article_key
    db.execute(
        "INSERT INTO same_news (article_key, other_key, kind, similarity, days_later, revision, other_revision)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*keys, found.kind, found.similarity, days, found.revision, found.other_revision),
    )


def _part(db: Database, one: str, other: str) -> None:
    pairs = (one, other), (other, one)
    db.conn.executemany("DELETE FROM same_news WHERE (article_key, other_key) = (?, ?)", pairs)


def _are_linked(db: Database, one: str, other: str) -> bool:
    row = db.execute("SELECT 1 FROM same_news WHERE (article_key, other_key) = (?, ?)", (one, other)).fetchone()
    return row is not None
