"""Changes that came to many articles at once: a template's, not the publishers', until two later days say otherwise.

A block is a paragraph that came, went, or changed in its numbers alone (a counter). One that most of the changed
articles of a day share is the batch's; their revisions carry `batch_flag` 1 and are no edits. Once two later days have
shown such a revision again, and none that the block went, it is content after all: the flag becomes 0.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sqlite_utils import Database

from archiver.portals import Portal

_FEWEST_RECHECKED = 20
_FEWEST_CHANGED = 5
_DAYS_THAT_AGREE = 2


@dataclass(frozen=True, slots=True)
class Change:
    """A later revision of an article, and the day on which it was found."""

    article_key: str
    number: int
    captured_at: str
    day: str  # UTC; captures that are imported together are those of many runs
    blocks: frozenset[str]


@dataclass(slots=True)
class Batch:
    """Changes of one block: from the day on which many of them were found on."""

    found_at: str
    changes: list[Change] = field(default_factory=list)
    is_content: bool = False


def settle_batches(db: Database, portal: Portal) -> None:
    """Set the flag of every later revision anew. Belongs into a transaction."""
    changes = _changes(db, portal)
    batches = _batches(db, portal, changes)
    flags: dict[tuple[str, int], int] = {}
    for batch in batches.values():
        for change in batch.changes:
            name = (change.article_key, change.number)
            flags[name] = max(flags.get(name, 0), 0 if batch.is_content else 1)
    db.execute(
        "UPDATE revisions SET batch_flag = NULL WHERE batch_flag IS NOT NULL"
        " AND article_key IN (SELECT article_key FROM articles WHERE portal = ?)",
        (portal.key,),
    )
    db.conn.executemany(
        "UPDATE revisions SET batch_flag = ? WHERE article_key = ? AND number = ?",
        [(flag, *name) for name, flag in flags.items()],
    )


def _changes(db: Database, portal: Portal) -> list[Change]:
    rows = db.execute(
        """
        SELECT revisions.article_key, revisions.number, revisions.captured_at, substr(revisions.captured_at, 1, 10),
          revisions.blocks
        FROM revisions JOIN captures USING (capture_key)
        WHERE captures.portal = ? AND revisions.number > 1 ORDER BY revisions.captured_at
        """,
        (portal.key,),
    ).fetchall()
    return [
        Change(key, number, at, day, frozenset(json.loads(blocks or "[]"))) for key, number, at, day, blocks in rows
    ]


def _batches(db: Database, portal: Portal, changes: list[Change]) -> dict[str, Batch]:
    """The blocks that came, or went, with many articles at once; each with all changes that carry it from then on."""
    by_day: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_day[change.day].append(change)
    batches: dict[str, Batch] = {}
    for day, found in by_day.items():
        if len(found) >= _FEWEST_CHANGED and _rechecked(db, portal, day) >= _FEWEST_RECHECKED:
            for block in _shared(found):
                batches.setdefault(block, Batch(found[0].captured_at))
    for block, batch in batches.items():
        batch.changes = [
            each for each in changes if each.captured_at >= batch.found_at and each.blocks & _versions(block)
        ]
        batch.is_content = _is_content(db, block, batch)
    return batches


def _shared(changes: list[Change]) -> list[str]:
    counts = Counter(block for change in changes for block in change.blocks)
    return [block for block, count in counts.items() if 2 * count > len(changes)]


def _versions(block: str) -> set[str]:
    """All that may happen to the same paragraph."""
    return {sign + block[1:] for sign in "+-~"}


def _undone(block: str) -> str | None:
    """The same block the other way: what came has gone."""
    return {"+": "-", "-": "+"}[block[0]] + block[1:] if block[0] in "+-" else None


def _rechecked(db: Database, portal: Portal, day: str) -> int:
    """How many articles were asked for on a day that were known before."""
    row = db.execute(
        """
        SELECT count(DISTINCT captures.article_key) FROM captures
        JOIN revisions AS first ON first.article_key = captures.article_key AND first.number = 1
        WHERE captures.portal = ? AND captures.captured_at BETWEEN ? AND ?
          AND first.captured_at < captures.captured_at
        """,
        (portal.key, day, day + "T99"),
    ).fetchone()
    return int(row[0])


def _is_content(db: Database, block: str, batch: Batch) -> bool:
    """Whether two later days showed the changed articles as they had become, and none found the block undone."""
    if any(_undone(block) in change.blocks for change in batch.changes):
        return False
    days: set[str] = set()
    for change in batch.changes:
        if block in change.blocks:
            days |= _days_that_show(db, block, change) - {each.day for each in batch.changes[:1]}
    return len(days) >= _DAYS_THAT_AGREE


def _days_that_show(db: Database, block: str, change: Change) -> set[str]:
    """Later days on which the article stood at the revision, or at one after it; of a counter, at that very one."""
    later = "=" if block[0] == "~" else ">="
    rows = db.execute(
        "SELECT DISTINCT substr(captured_at, 1, 10) FROM captures"
        f" WHERE article_key = ? AND revision {later} ? AND captured_at > ?",
        (change.article_key, change.number, change.captured_at),
    ).fetchall()
    return {day for (day,) in rows if day != change.day}
