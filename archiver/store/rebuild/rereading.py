"""The course of a reparse, and the one of it that goes before everything that adds to an old archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archiver.portals import PORTALS, Portal
from archiver.store.databases.opening import keep_searchable, open_archive, open_captures
from archiver.store.evidence.withholding import lags_decisions
from archiver.store.ground.locks import whole_folder
from archiver.store.interpretation.readers import is_read_by_another
from archiver.store.interpretation.reading_captures import Tally
from archiver.store.rebuild.reading_changes import ReadingChange
from archiver.store.rebuild.rebuilding import rebuild


def _nobody(*_: object) -> None:
    """Says nothing."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told how reading again goes."""

    outdated: Callable[[], None] = _nobody  # all is read again, although nobody asked for it
    progress: Callable[[int, int], None] = _nobody  # captures read, captures in all
    read: Callable[[str, Tally], None] = _nobody  # a portal, and what its captures came to
    changed: Callable[[ReadingChange], None] = _nobody  # what reads differently


NOBODY = Listener()


def reparse(folder: Path, portals: Iterable[Portal], at: str, listener: Listener) -> dict[str, Tally]:
    """Read the captures of portals again, with the folder to itself; `at` is the present.

    Returns what they came to, by portal. Raises LockedError while a portal is crawled.
    """
    with whole_folder(folder):
        return read_again(folder, portals, at, listener)


def read_again(folder: Path, portals: Iterable[Portal], at: str, listener: Listener) -> dict[str, Tally]:
    """The same for whoever has the folder to themselves already."""
    captures, archive = open_captures(folder), open_archive(folder)
    tallies, changes = rebuild(captures, archive, portals, folder, listener.progress, at)
    archive.close()
    captures.close()
    for portal, tally in tallies.items():
        if tally.pages:
            listener.read(portal, tally)
    for change in changes:
        listener.changed(change)
    return tallies


def bring_up_to_date(folder: Path, at: str, listener: Listener) -> None:
    """Read again what another reader read, or what was read before a decision; else look that changes reach the index.

    To be called before anything is added to an archive, and before a portal's lock is taken: it needs the whole folder.
    All portals are read again at once: once one of them is crawled, the folder is nobody's any more. Raises LockedError
    if that is so already.
    """
    outdated = outdated_portals(folder)
    if (folder / "archive.db").exists():
        with closing(open_archive(folder)) as archive:
            keep_searchable(archive)
    if outdated:
        listener.outdated()
        reparse(folder, outdated, at, listener)


def outdated_portals(folder: Path) -> list[Portal]:
    """The portals whose part of the archive another reader made, or that shows what is withheld by now."""
    if not (folder / "archive.db").exists():
        return []
    captures, archive = open_captures(folder), open_archive(folder)
    found = [
        portal
        for portal in PORTALS.values()
        if is_read_by_another(archive, portal) or lags_decisions(archive, captures, portal)
    ]
    archive.close()
    captures.close()
    return found


def tally_in_words(portal: str, tally: Tally) -> str:
    """What a portal's captures came to, in a line."""
    return (
        f"{portal}: {tally.pages:,} captures read, {tally.new:,} articles, {tally.revised:,} later revisions,"
        f" {tally.internal_errors:,} errors of the reader"
    )
