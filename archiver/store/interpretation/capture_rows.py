"""The public side of a capture: its row in the archive."""

from __future__ import annotations

from dataclasses import asdict

from sqlite_utils import Database

from archiver.items import Feed, Page
from archiver.store.databases.opening import insert
from archiver.store.evidence.answers import answer_of, request_of_target
from archiver.store.evidence.captures import Capture, confirmed_by
from archiver.store.interpretation.articles import revision_of
from archiver.store.interpretation.confirming import confirmed_answer, confirms_article
from archiver.store.interpretation.hiding import shown_addresses
from archiver.store.interpretation.list_looks import has_own_rows
from archiver.store.interpretation.reading_captures import Reader, article_of

_PRIVATE = ("headers", "etag", "last_modified")  # of a capture: they stay with the evidence


def save_capture_row(
    archive: Database, reader: Reader, capture: Capture, shown: Page | Feed | None, key: str, *, is_file: bool
) -> None:
    """What was asked and answered, and which revision of which article it shows."""
    page = shown if isinstance(shown, Page) else None
    size = reader.captures.execute("SELECT size FROM payloads WHERE sha256 = ?", (capture.sha256,)).fetchone()
    shows = (
        confirms_article(archive, reader.captures, capture) if page is None else article_of(capture, page) is not None
    )
    revision = revision_of(archive, key) if shows else None
    row = asdict(capture) | {
        "confirms": confirmed_by(reader.captures, capture),
        "size": size[0] if size else None,
        "kind": page.kind if page else None,
        "article_key": key if revision is not None else None,
        "revision": revision,
        "answer": "file" if is_file else _answer(archive, reader, capture, shown, key),
        "links": len(page.links) if page else None,
        "redirects_to_key": request_of_target(reader.portal, capture),
        **shown_addresses(reader, capture),
    }
    insert(archive, "captures", {name: value for name, value in row.items() if name not in _PRIVATE})


def _answer(archive: Database, reader: Reader, capture: Capture, page: Page | Feed | None, key: str) -> str:
    """What was answered. What reads as a list where an article stood must have rows of its own.

    A page of another layout may still be called like the article; an error page, or a login, has the portal's frame
    with the newest articles beside it, and no rows of its own.
    """
    answer = confirmed_answer(archive, reader.captures, capture) or answer_of(capture, page)
    if answer != "list" or not isinstance(page, Page) or capture.method != "GET":
        return answer
    row = archive.execute("SELECT title FROM articles WHERE article_key = ?", (key,)).fetchone()
    return "other" if row and (row[0] == page.window_title or not has_own_rows(page)) else answer
