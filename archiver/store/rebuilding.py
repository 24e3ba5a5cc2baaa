"""archive.db anew from captures.db, without any request."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store import canonical
from archiver.store.canonical import Row
from archiver.store.captures import captures_in_order
from archiver.store.database import checkpoint, open_archive_file, writing
from archiver.store.interpretation import Reader, Tally, interpret, save_portal
from archiver.store.readers import sign
from archiver.store.reading_changes import ReadingChange, changes_between, save_changes
from archiver.store.settling import publish_runs, settle

Progress = Callable[[int, int], None]  # captures read, captures in all


def rebuild(
    captures: Database, archive: Database, portals: Iterable[Portal], folder: Path, progress: Progress, at: str
) -> tuple[dict[str, Tally], list[ReadingChange]]:
    """Read every capture again into a new archive, and put that in the place of the old one while readers go on.

    The new one is copied in with SQLite's backup interface: renaming it over a file with a live write-ahead log would
    leave readers on the old rows. Returns what was read, by portal, and what reads differently; `at` is the present.
    """
    wanted = list(portals)
    with _read_again(captures, archive, wanted, folder, progress) as (fresh, tallies):
        changes = [change for portal in wanted for change in changes_between(archive, fresh, portal)]
        with writing(fresh):
            save_changes(fresh, changes, at)
            for portal in (each for each in wanted if _is_shown(fresh, each)):
                sign(fresh, portal, at)
        fresh.execute("VACUUM")
        checkpoint(fresh)
        fresh.conn.backup(archive.conn)
    checkpoint(archive)
    return tallies, changes


def differences(
    captures: Database, archive: Database, portals: Iterable[Portal], folder: Path, progress: Progress
) -> Iterator[tuple[str, Row, bool]]:
    """Read every capture again and compare: table and row of what only one side has, and whether that is the archive.

    The archive stays as it is.
    """
    with _read_again(captures, archive, list(portals), folder, progress) as (fresh, _):
        yield from canonical.differences(archive, fresh)


@contextmanager
def _read_again(
    captures: Database, archive: Database, portals: list[Portal], folder: Path, progress: Progress
) -> Iterator[tuple[Database, dict[str, Tally]]]:
    """A copy of the archive in which what some portals' captures say is read anew; it goes when the block ends."""
    with tempfile.TemporaryDirectory(prefix=".rebuild-", dir=folder) as place:
        fresh = open_archive_file(Path(place) / "archive.db")
        archive.conn.backup(fresh.conn)
        fresh.execute("PRAGMA synchronous = OFF")  # a copy that a power cut spoils is made again
        for portal in portals:
            _forget(fresh, portal)
        yield fresh, _read_all(captures, archive, fresh, portals, progress)
        fresh.close()


def _read_all(
    captures: Database, archive: Database, fresh: Database, portals: list[Portal], progress: Progress
) -> dict[str, Tally]:
    readers = {portal.key: Reader(captures, portal) for portal in portals}
    for reader in readers.values():
        reader.texts.earlier = archive
    for portal in portals:
        if _is_shown(fresh, portal) or _was_crawled(captures, portal):
            save_portal(fresh, portal)
    keys = list(readers)
    marks = ", ".join("?" * len(keys))
    total = captures.execute(f"SELECT count(*) FROM captures WHERE portal IN ({marks})", keys).fetchone()[0]
    for count, capture in enumerate(captures_in_order(captures, keys), 1):
        reader = readers[capture.portal]
        interpret(fresh, reader, capture, reader.page(capture))
        progress(count, total)
    for portal in portals:
        settle(fresh, captures, portal, readers[portal.key].texts)
        publish_runs(fresh, captures, portal)
    return {key: reader.tally for key, reader in readers.items()}


def _is_shown(archive: Database, portal: Portal) -> bool:
    return archive.execute("SELECT 1 FROM portals WHERE portal = ?", (portal.key,)).fetchone() is not None


def _was_crawled(captures: Database, portal: Portal) -> bool:
    query = "SELECT 1 FROM crawls WHERE portal = ? UNION SELECT 1 FROM captures WHERE portal = ?"
    return captures.execute(query, (portal.key, portal.key)).fetchone() is not None


def _forget(db: Database, portal: Portal) -> None:
    """Take out all that was made of a portal's captures; other portals keep theirs."""
    with writing(db):
        for table in ("revisions", "images", "attachments", "document_mentions"):
            db.execute(
                f"DELETE FROM {table} WHERE article_key IN (SELECT article_key FROM articles WHERE portal = ?)",
                (portal.key,),
            )
        snapshots = "SELECT snapshot FROM list_snapshots WHERE portal = ?"
        db.execute(f"DELETE FROM list_rows WHERE snapshot IN ({snapshots})", (portal.key,))
        db.execute(
            "DELETE FROM crawl_checks WHERE crawl_key IN (SELECT crawl_key FROM crawls WHERE portal = ?)", (portal.key,)
        )
        db.execute(
            "DELETE FROM article_events WHERE article_key IN (SELECT article_key FROM articles WHERE portal = ?)",
            (portal.key,),
        )
        for table in (
            "articles",
            "article_urls",
            "portal_events",
            "coverage_days",
            "list_snapshots",
            "captures",
            "crawls",
            "problems",
        ):
            db.execute(f"DELETE FROM {table} WHERE portal = ?", (portal.key,))
