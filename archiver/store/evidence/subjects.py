"""What people decide about: an article by its key or its address, however little of it is known."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlite_utils import Database

from archiver.portals import PORTALS, Portal
from archiver.store.ground.errors import DataFolderError
from archiver.store.ground.keys import article_key

_NAMED_IN_ARCHIVE = """
SELECT portal FROM articles WHERE article_key = :key
UNION SELECT portal FROM withheld WHERE article_key = :key
UNION SELECT portal FROM article_urls WHERE article_key = :key
UNION SELECT portal FROM feed_entries WHERE article_key = :key
UNION SELECT portal FROM list_snapshots JOIN list_rows USING (snapshot) WHERE list_rows.article_key = :key
"""


def subject_named(captures: Database, archive: Database, text: str) -> tuple[Portal, str]:
    """The portal and the key of what a person calls by its key or its address.

    It may be an article, a row of a list or a feed that nobody followed, or an address that never answered well. Raises
    DataFolderError, with words for people, where nothing is known under that name.
    """
    for portal in PORTALS.values():
        key = article_key(portal, text) if _is_address(text) else text
        if _is_named(archive, portal, key) or requests_for(captures, portal, {key}):
            return portal, key
    if _is_address(text):
        raise DataFolderError(f"{text} was never captured, and no list names it")
    raise DataFolderError(
        f"no article is called {text!r}; its key stands in its row, in rows of lists, and in permalinks;"
        " its whole address does as well"
    )


def requests_for(captures: Database, portal: Portal, keys: Collection[str]) -> set[str]:
    """The requests (GET and posted forms) that ask for the addresses of articles, by the evidence: it hides nothing."""
    return {request for request, url in _requests(captures, portal) if article_key(portal, url) in keys}


def _requests(captures: Database, portal: Portal) -> Iterator[tuple[str, str]]:
    """Every request, with one of the addresses that it was made under: they name the same article."""
    return captures.conn.cursor().execute(
        "SELECT request_key, url FROM captures WHERE portal = ? GROUP BY request_key", (portal.key,)
    )


def _is_named(archive: Database, portal: Portal, key: str) -> bool:
    return (portal.key,) in archive.execute(_NAMED_IN_ARCHIVE, {"key": key}).fetchall()


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))
