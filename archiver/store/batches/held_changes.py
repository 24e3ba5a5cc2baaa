"""What of each revision is held back as a template's, written down anew whenever a run is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store.batches.evidence import Change, Evidence
from archiver.store.batches.judging import batches_of, held_blocks
from archiver.store.interpretation.revisions import MOST_BLOCKS, content_at, edit_between, without_blocks

_Name = tuple[str, int]  # article key, number of the revision


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a revision says of its batch; what changed beside what is held back, where anything did."""

    batch_flag: int
    own_changed_fields: str | None = None
    own_chars_added: int | None = None
    own_chars_removed: int | None = None


def settle_held_changes(db: Database, portal: Portal) -> None:
    """Say of every later revision whether it is a template's. Belongs into a transaction."""
    evidence = Evidence(db, portal)
    told = held_blocks(evidence.changes, batches_of(evidence))
    marks = {(change.article_key, change.number): _mark(db, change, held) for change, held in told.items()}
    known = dict(_known(db, portal))
    outdated = [name for name in known if name not in marks]
    changed = [(*astuple(mark), *name) for name, mark in marks.items() if known.get(name) != mark]
    db.conn.executemany(
        "UPDATE revisions SET batch_flag = ?, own_changed_fields = ?, own_chars_added = ?, own_chars_removed = ?"
        " WHERE article_key = ? AND number = ?",
        [(None, None, None, None, *name) for name in outdated] + changed,
    )


def _known(db: Database, portal: Portal) -> Iterator[tuple[_Name, _Mark]]:
    rows = db.execute(
        "SELECT article_key, number, batch_flag, own_changed_fields, own_chars_added, own_chars_removed"
        " FROM revisions JOIN articles USING (article_key) WHERE portal = ? AND batch_flag IS NOT NULL",
        (portal.key,),
    ).fetchall()
    for key, number, *mark in rows:
        yield (key, number), _Mark(*mark)


def _mark(db: Database, change: Change, held: frozenset[str]) -> _Mark:
    """What is to be said of a change; its texts are compared only where blocks alone do not tell."""
    if not held:
        return _Mark(0)
    is_whole = change.blocks == held and len(change.blocks) < MOST_BLOCKS and not change.is_retitled
    if is_whole:
        return _Mark(1)
    before, after = (
        without_blocks(content_at(db, change.article_key, number), held)
        for number in (change.number - 1, change.number)
    )
    own = edit_between(before, after)
    return _Mark(0, own.changed_fields, own.chars_added, own.chars_removed) if before != after else _Mark(1)
