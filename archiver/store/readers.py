"""Which reader made an archive, and what another one reads differently.

A better reader changes how we read, not what a portal said: it makes no revisions, but a report.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from sqlite_utils import Database

import archiver
from archiver.portals import Portal
from archiver.store.revisions import as_json

_ROOMS = ("vietnamese", "portals", "reading", "items.py")
_LIBRARIES = ("beautifulsoup4", "lxml")
_ROOMS_OF_FILES = ("files", "vietnamese", "items.py", "extraction.py")
_LIBRARIES_OF_FILES = ("lxml", "pypdfium2", "python-calamine")
_COMPARED = (
    "title", "lead", "body", "section", "author_raw", "published_on", "published_raw", "images", "attachments",
)  # fmt: skip
_MOST_EXAMPLES = 3
_LONGEST_EXAMPLE = 200  # characters


_Difference = tuple[str, str | None, str | None]  # article key, as the old reader read it, as the new one does


@dataclass(frozen=True, slots=True)
class ReadingChange:
    """How many articles of a portal read differently in one field, with a few of them."""

    portal: str
    from_version: str | None
    field: str  # of the article; "article" where one reader saw an article and the other saw none
    articles: int
    examples: str  # JSON: [{"article_key", "before", "after"}, …]


@cache
def reader_version() -> str:
    """Twelve hexadecimal digits: of the pure rooms' code, and of the libraries that parse for them."""
    return _version_of((*_ROOMS, *_ROOMS_OF_FILES), (*_LIBRARIES, *_LIBRARIES_OF_FILES))


@cache
def file_reader_version() -> str:
    """The same of what reads documents alone: a new reader of pages needs not read them all again."""
    return _version_of(_ROOMS_OF_FILES, _LIBRARIES_OF_FILES)


def version_that_read(archive: Database, portal: Portal) -> str | None:
    """The reader that made a portal's part of the archive; null where none did yet."""
    row = archive.execute("SELECT reader_version FROM readers WHERE portal = ?", (portal.key,)).fetchone()
    return row[0] if row else None


def is_read_by_another(archive: Database, portal: Portal) -> bool:
    """Whether what the archive holds of a portal was read by another reader than this one."""
    if version_that_read(archive, portal) == reader_version():
        return False
    return archive.execute("SELECT 1 FROM captures WHERE portal = ? LIMIT 1", (portal.key,)).fetchone() is not None


def sign(archive: Database, portal: Portal, at: str) -> None:
    """Write down that this reader made a portal's part of the archive. Belongs into a transaction."""
    archive.execute(
        "INSERT OR REPLACE INTO readers (portal, reader_version, read_at) VALUES (?, ?, ?)",
        (portal.key, reader_version(), at),
    )


def changes_between(old: Database, new: Database, portal: Portal) -> Iterator[ReadingChange]:
    """What reads differently, field by field, in two archives of the same captures."""
    hidden = _withheld(old, portal) | _withheld(new, portal)
    before, after = (_readings(db, portal, hidden) for db in (old, new))
    from_version = version_that_read(old, portal)
    by_field: dict[str, list[_Difference]] = {"article": []}
    for key in sorted(before.keys() | after.keys()):
        one, two = before.get(key), after.get(key)
        if one is None or two is None:
            by_field["article"].append((key, one[0] if one else None, two[0] if two else None))
            continue
        for field, was, reads in zip(_COMPARED, one, two, strict=True):
            if was != reads:
                by_field.setdefault(field, []).append((key, was, reads))
    for field, differing in by_field.items():
        if differing:
            yield ReadingChange(portal.key, from_version, field, len(differing), _examples(differing))


def save_changes(db: Database, changes: list[ReadingChange], at: str) -> None:
    """Keep the report. Belongs into a transaction."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO reading_changes (portal, read_at, from_version, to_version, field, articles, examples)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(each.portal, at, each.from_version, reader_version(), each.field, each.articles, each.examples)
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


def _version_of(rooms: tuple[str, ...], libraries: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    root = Path(archiver.__file__).parent
    for file in sorted({path for room in rooms for path in _sources(root / room)}):
        digest.update(f"{file.relative_to(root).as_posix()}\n".encode() + file.read_bytes())
    for library in sorted(set(libraries)):
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()[:12]


def _sources(place: Path) -> list[Path]:
    return [place] if place.is_file() else list(place.rglob("*.py"))


def _withheld(db: Database, portal: Portal) -> set[str]:
    return {key for (key,) in db.execute("SELECT article_key FROM withheld WHERE portal = ?", (portal.key,))}


def _readings(db: Database, portal: Portal, hidden: set[str]) -> dict[str, tuple[str | None, ...]]:
    columns = ", ".join(f"{'articles' if name == 'published_on' else 'versions'}.{name}" for name in _COMPARED)
    rows = db.execute(
        f"SELECT articles.article_key, {columns} FROM articles JOIN versions"
        " ON versions.article_key = articles.article_key AND versions.number = articles.revision_count"
        " WHERE articles.portal = ?",
        (portal.key,),
    ).fetchall()
    return {key: tuple(values) for key, *values in rows if key not in hidden}


def _examples(differing: list[_Difference]) -> str:
    return as_json(
        [
            {"article_key": key, "before": _abridged(one, other), "after": _abridged(other, one)}
            for key, one, other in differing[:_MOST_EXAMPLES]
        ]
    )


def _abridged(text: str | None, other: str | None) -> str | None:
    """A long text from shortly before where the other begins to differ."""
    if text is None or len(text) <= _LONGEST_EXAMPLE:
        return text
    shared = min(len(text), len(other or ""))
    same = next((place for place in range(shared) if text[place] != (other or "")[place]), shared)
    start = max(0, same - 40)
    end = start + _LONGEST_EXAMPLE
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
