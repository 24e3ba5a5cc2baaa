"""What another reader reads differently in the same captures: a report, and no revisions.

A better reader changes how we read, not what a portal said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store.ground.side_by_side import side_by_side
from archiver.store.interpretation.readers import reader_version, version_that_read
from archiver.store.interpretation.revisions import as_json

_COMPARED = (
    "title", "lead", "body", "section", "author_raw", "published_on", "published_raw", "images", "attachments",
)  # fmt: skip
_MOST_EXAMPLES = 3
_LONGEST_EXAMPLE = 200  # characters

_Reading = tuple[str, ...]  # an article's key, and as it reads what is compared


@dataclass(frozen=True, slots=True)
class ReadingChange:
    """How many articles of a portal read differently in one field, with a few of them."""

    portal: str
    from_version: str | None
    to_version: str
    field: str  # of the article; "article" where one reader saw an article and the other saw none
    articles: int
    examples: str  # JSON: [{"article_key", "before", "after"}, …]


@dataclass(slots=True)
class _Differing:
    """The articles that differ in one field: how many, and the first of them."""

    articles: int = 0
    examples: list[dict[str, str | None]] = field(default_factory=list)

    def add(self, key: str, before: str | None, after: str | None) -> None:
        """One more."""
        self.articles += 1
        if len(self.examples) < _MOST_EXAMPLES:
            self.examples.append(
                {"article_key": key, "before": _abridged(before, after), "after": _abridged(after, before)}
            )


def changes_between(old: Database, new: Database, portal: Portal) -> Iterator[ReadingChange]:
    """What reads differently, field by field, in two archives that two readers made; nothing if it was the same one.

    Only articles of which both were told the same captures are compared: an archive that lags behind lacks edits of the
    publisher's, and these are no changes of reading.
    """
    from_version, to_version = version_that_read(old, portal), reader_version(portal)
    if from_version == to_version:
        return
    by_field: dict[str, _Differing] = {}
    for name, key, before, after in _differences(old, new, portal):
        by_field.setdefault(name, _Differing()).add(key, before, after)
    for name in ("article", *_COMPARED):
        if found := by_field.get(name):
            yield ReadingChange(
                portal.key, from_version, reader_version(portal), name, found.articles, as_json(found.examples)
            )


def save_changes(db: Database, changes: list[ReadingChange], at: str) -> None:
    """Keep the report. Belongs into a transaction."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO reading_changes (portal, read_at, from_version, to_version, field, articles, examples)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(each.portal, at, each.from_version, each.to_version, each.field, each.articles, each.examples)
         for each in changes],
    )  # fmt: skip


def change_as_values(change: ReadingChange) -> dict[str, object]:
    """One line of the report for other programs."""
    return asdict(change) | {"examples": json.loads(change.examples)}


def change_in_words(change: ReadingChange) -> str:
    """One line of the report for people, and its examples below it."""
    lines = [f"{change.portal}: {change.articles:,} articles read differently in {change.field}"]
    for example in json.loads(change.examples):
        lines += [f"  {example['article_key']}  before: {example['before']}", f"  {'':10}  after:  {example['after']}"]
    return "\n".join(lines)


def _differences(old: Database, new: Database, portal: Portal) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Field, article, and how it reads in both; one article after the other."""
    hidden = _withheld(old, portal) | _withheld(new, portal)
    for before, after in side_by_side(_readings(old, portal), _readings(new, portal), key=lambda reading: reading[0]):
        key = (before or after or ("",))[0]
        if before == after or key in hidden or not _are_told_alike(old, new, key):
            continue
        if before is None or after is None:
            yield "article", key, before[1] if before else None, after[1] if after else None
            continue
        for name, was, reads in zip(_COMPARED, before[1:], after[1:], strict=True):
            if was != reads:
                yield name, key, was, reads


def _readings(db: Database, portal: Portal) -> Iterator[_Reading]:
    """Every article as its latest revision reads, in the order of the keys."""
    columns = ", ".join(f"{'articles' if name == 'published_on' else 'versions'}.{name}" for name in _COMPARED)
    # "+": by the index of the keys, which gives the order; any other would have all texts sorted.
    return db.conn.cursor().execute(
        f"SELECT articles.article_key, {columns} FROM articles JOIN versions"
        " ON versions.article_key = articles.article_key AND versions.number = articles.revision_count"
        " WHERE +articles.portal = ? ORDER BY articles.article_key",
        (portal.key,),
    )


def _are_told_alike(old: Database, new: Database, key: str) -> bool:
    """Whether two archives were told the same captures of an article's page; one of them may have seen no article."""
    requests = _requests_of(old, key) | _requests_of(new, key)
    return all(_told(old, request) == _told(new, request) for request in requests)


def _requests_of(db: Database, key: str) -> set[str]:
    rows = db.execute("SELECT DISTINCT request_key FROM captures WHERE article_key = ?", (key,))
    return {request for (request,) in rows.fetchall()}


def _told(db: Database, request: str) -> set[str]:
    rows = db.execute("SELECT capture_key FROM captures WHERE request_key = ?", (request,))
    return {key for (key,) in rows.fetchall()}


def _withheld(db: Database, portal: Portal) -> set[str]:
    return {key for (key,) in db.execute("SELECT article_key FROM withheld WHERE portal = ?", (portal.key,))}


def _abridged(text: str | None, other: str | None) -> str | None:
    """A long text from shortly before where the other begins to differ."""
    if text is None or len(text) <= _LONGEST_EXAMPLE:
        return text
    shared = min(len(text), len(other or ""))
    same = next((place for place in range(shared) if text[place] != (other or "")[place]), shared)
    start = max(0, same - 40)
    end = start + _LONGEST_EXAMPLE
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
