"""The archive against a second reading of all captures: what it says and no capture does, or the other way about.

An archive that lags behind says nothing wrong. What it has not read yet is read in a copy of it, as the next crawl
would read it, and that is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store.databases.copies import working_copy
from archiver.store.evidence.captures import capture_by_key
from archiver.store.interpretation.interpreting import tell_late
from archiver.store.interpretation.portal_rows import save_portal
from archiver.store.interpretation.readers import is_read_by_another, version_that_read
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.interpretation.told_captures import unread_captures
from archiver.store.rebuild.canonical import Row, differences
from archiver.store.rebuild.rebuilding import read_anew
from archiver.store.runs.settling import settle

Progress = Callable[[int, int], None]  # captures read, captures in all
_LONGEST_ROW = 200  # characters of a row that a message shows


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a look at the archive came upon, in a sentence."""

    kind: Literal["fault", "note", "unchecked"]  # wrong; behind, and not wrong; not to be compared
    words: str


@dataclass(frozen=True, slots=True)
class _Lag:
    """How far a portal's part of the archive is behind its captures."""

    portal: Portal
    unread: list[str]  # keys of captures
    is_settled: bool

    @property
    def in_words(self) -> str:
        remedy = f"`archiver reparse {self.portal.key}` or the next crawl"
        if self.unread:
            return f"{self.portal.key}: not read yet: {len(self.unread):,} captures; {remedy} reads them"
        return f"{self.portal.key}: a run did not come to its end; {remedy} tells what can only be told then"


def compared(
    captures: Database, archive: Database, portals: Iterable[Portal], folder: Path, progress: Progress
) -> Iterator[Finding]:
    """Read every capture again and compare. The archive stays as it is; an article that is withheld is so in both."""
    comparable = []
    for portal in portals:
        if is_read_by_another(archive, portal):
            yield _not_compared(archive, portal)
        else:
            comparable.append(portal)
    lags = [lag for portal in comparable if (lag := _lag(captures, archive, portal))]
    yield from (Finding("note", lag.in_words) for lag in lags)
    with (
        _caught_up(captures, archive, lags, folder) as kept,
        read_anew(captures, archive, comparable, folder, progress) as (fresh, _),
    ):
        for table, row, is_kept in differences(kept, fresh):
            yield Finding("fault", _in_words(table, row, is_kept=is_kept))


def _not_compared(archive: Database, portal: Portal) -> Finding:
    """Damage, and what this reader reads better, look the same."""
    words = (
        f"{portal.key}: not compared, for another reader ({version_that_read(archive, portal) or 'of old'}) made it;"
        f" `archiver reparse {portal.key}` reads all again and says what reads differently"
    )
    return Finding("unchecked", words)


def _lag(captures: Database, archive: Database, portal: Portal) -> _Lag | None:
    unread = unread_captures(archive, captures, portal)
    is_settled = _runs(captures, portal) == _runs(archive, portal)
    return None if is_settled and not unread else _Lag(portal, unread, is_settled)


def _runs(db: Database, portal: Portal) -> set[tuple[str, str]]:
    """The runs that a file knows of, and how they ended: the archive is told once all else has been told."""
    return set(db.execute("SELECT crawl_key, status FROM crawls WHERE portal = ?", (portal.key,)).fetchall())


@contextmanager
def _caught_up(captures: Database, archive: Database, lags: list[_Lag], folder: Path) -> Iterator[Database]:
    """The archive, or a copy of it in which is told what it lacks."""
    if not lags:
        yield archive
        return
    with working_copy(archive, folder) as copy:
        for lag in lags:
            save_portal(copy, lag.portal)
            reader = Reader(captures, lag.portal)
            for key in lag.unread:
                tell_late(copy, reader, capture_by_key(captures, key))
            settle(copy, captures, lag.portal)
        yield copy


def _in_words(table: str, row: Row, *, is_kept: bool) -> str:
    """A row that a second reading of the captures does not give, or gives and the archive has not."""
    shown = next((str(value) for value in row if value), "")
    complaint = "is in archive.db, but no capture says so" if is_kept else "is what captures say, but not in archive.db"
    return f"{table}: {shown} {complaint}: {_abridged(row)}"


def _abridged(row: Row) -> str:
    text = repr(row[1:])
    return text if len(text) <= _LONGEST_ROW else f"{text[:_LONGEST_ROW]}…"
