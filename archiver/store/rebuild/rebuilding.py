"""archive.db anew from captures.db, without any request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store.databases.copies import put_in_place, working_copy
from archiver.store.databases.opening import writing
from archiver.store.evidence.captures import captures_in_order
from archiver.store.interpretation.interpreting import interpret
from archiver.store.interpretation.portal_rows import save_portal
from archiver.store.interpretation.readers import sign
from archiver.store.interpretation.reading_captures import Reader, Tally
from archiver.store.rebuild.reading_changes import ReadingChange, changes_between, save_changes
from archiver.store.runs.settling import publish_runs, settle
from archiver.store.search.index import index_anew, take_down
from archiver.store.twice.linking import link_anew

Progress = Callable[[int, int], None]  # captures read, captures in all


def rebuild(
    captures: Database, archive: Database, portals: Iterable[Portal], folder: Path, progress: Progress, at: str
) -> tuple[dict[str, Tally], list[ReadingChange]]:
    """Read every capture again into a new archive, and put that in the place of the old one while readers go on.

    Returns what was read, by portal, and what reads differently; `at` is the present.
    """
    wanted = list(portals)
    with read_anew(captures, archive, wanted, folder, progress) as (fresh, tallies):
        changes = [change for portal in wanted for change in changes_between(archive, fresh, portal)]
        with writing(fresh):
            save_changes(fresh, changes, at)
            for portal in (each for each in wanted if is_shown(fresh, each)):
                sign(fresh, portal, at)
            index_anew(fresh)
        put_in_place(fresh, archive)
    return tallies, changes


@contextmanager
def read_anew(
    captures: Database, archive: Database, portals: list[Portal], folder: Path, progress: Progress
) -> Iterator[tuple[Database, dict[str, Tally]]]:
    """A copy of the archive in which what some portals' captures say is read anew; it goes when the block ends."""
    with working_copy(archive, folder) as fresh:
        with writing(fresh):
            take_down(fresh)  # the search index is made at the end, in one go; where archives are compared, not at all
        for portal in portals:
            _forget(fresh, portal)
        with writing(fresh):
            link_anew(fresh)  # what other portals say; each article that is read is compared with them
        yield fresh, _read_all(captures, archive, fresh, portals, progress)


def is_shown(archive: Database, portal: Portal) -> bool:
    """Whether the archive holds anything of a portal."""
    return archive.execute("SELECT 1 FROM portals WHERE portal = ?", (portal.key,)).fetchone() is not None


def _read_all(
    captures: Database, archive: Database, fresh: Database, portals: list[Portal], progress: Progress
) -> dict[str, Tally]:
    readers = {portal.key: Reader(captures, portal) for portal in portals}
    for reader in readers.values():
        reader.texts.earlier = archive
    for portal in portals:
        if is_shown(fresh, portal) or _was_crawled(captures, portal):
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


def _was_crawled(captures: Database, portal: Portal) -> bool:
    query = "SELECT 1 FROM crawls WHERE portal = ? UNION SELECT 1 FROM captures WHERE portal = ?"
    return captures.execute(query, (portal.key, portal.key)).fetchone() is not None


_OF_ARTICLES = ("revisions", "images", "attachments", "document_mentions", "article_events")
_OF_PORTALS = (
    "feed_entries", "feeds", "articles", "article_urls", "portal_events", "coverage_days", "list_snapshots", "lists",
    "captures", "crawls", "problems",
)  # fmt: skip
# Rows that name no portal go unless they belong to another one: damage may have left some that belong to nothing.
_FORGOTTEN = {
    **dict.fromkeys(_OF_ARTICLES, "article_key NOT IN (SELECT article_key FROM articles WHERE portal != ?)"),
    "list_rows": "snapshot NOT IN (SELECT snapshot FROM list_snapshots WHERE portal != ?)",
    "list_stays": "list_key NOT IN (SELECT list_key FROM lists WHERE portal != ?)",
    "crawl_checks": "crawl_key NOT IN (SELECT crawl_key FROM crawls WHERE portal != ?)",
    **dict.fromkeys(_OF_PORTALS, "portal = ?"),
}


def _forget(db: Database, portal: Portal) -> None:
    """Take out all that was made of a portal's captures; other portals keep theirs."""
    with writing(db):
        for table, condition in _FORGOTTEN.items():
            db.execute(f"DELETE FROM {table} WHERE {condition}", (portal.key,))
