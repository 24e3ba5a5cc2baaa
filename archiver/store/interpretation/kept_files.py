"""Pictures and documents of articles: which payload each of them is.

A file may come before or after the article that shows it: whichever is told last joins the two. What stands in the
archive afterwards is the same: each picture and document is its newest capture that brought a file.
"""

from __future__ import annotations

from sqlite_utils import Database

from archiver.files.formats import begins_like_a_file, is_page_body
from archiver.portals import Portal
from archiver.store.evidence.captures import Capture, capture_by_key
from archiver.store.ground.keys import request_key
from archiver.store.interpretation.file_texts import FileTexts, KeptFile, save_text


def is_file(capture: Capture, body: bytes | None, *, may_be_page: bool) -> bool:
    """Whether an answer brought a file rather than a page; `may_be_page` says what its address and type allow.

    A portal answers for a file that is gone with a page, and hands out documents at addresses of pages.
    """
    if capture.status != 200 or not body:
        return False
    return begins_like_a_file(body) if may_be_page else not is_page_body(body)


def name_files(archive: Database, portal: Portal, key: str) -> None:
    """Give the pictures and documents of an article the names of their requests. Belongs into a transaction."""
    for table in ("images", "attachments"):
        rows = archive.execute(f"SELECT position, url FROM {table} WHERE article_key = ?", (key,)).fetchall()
        archive.conn.executemany(
            f"UPDATE {table} SET request_key = ? WHERE article_key = ? AND position = ?",
            [(request_key(portal, "GET", url), key, position) for position, url in rows],
        )


def join_article(archive: Database, texts: FileTexts, key: str) -> None:
    """Join an article with the files that are there already. Belongs into a transaction."""
    requests = archive.execute(
        "SELECT request_key FROM images WHERE article_key = :key"
        " UNION SELECT request_key FROM attachments WHERE article_key = :key",
        {"key": key},
    ).fetchall()
    for (request,) in requests:
        join_file(archive, texts, request)


def join_file(archive: Database, texts: FileTexts, request: str, came_as: str | None = None) -> None:
    """Join the articles that show the file at a request with its newest capture. Belongs into a transaction.

    `came_as` is the request that it really came from, if the one that articles name was redirected.
    """
    file = newest_file(archive, texts.captures, came_as or request)
    if file is None:
        return
    archive.execute(
        "UPDATE images SET capture_key = ?, sha256 = ?, size = ?, media_type = ? WHERE request_key = ?",
        (file.capture_key, file.sha256, file.size, file.media_type, request),
    )
    if is_attached(archive, request):
        save_text(archive, request, file, texts.of(file, archive, request))


def newest_file(archive: Database, captures: Database, request: str) -> KeptFile | None:
    """The newest file that a request was answered with, as far as the archive knows.

    A 304 that names an older one says that this is back; the capture is then the one that brought its bytes.
    """
    row = archive.execute(
        "SELECT coalesce(page.capture_key, asked.capture_key), coalesce(page.size, asked.size) FROM captures AS asked"
        " LEFT JOIN captures AS page ON page.capture_key = asked.confirms AND asked.answer = 'unchanged'"
        " WHERE asked.request_key = ? AND coalesce(page.answer, asked.answer) = 'file'"
        " ORDER BY asked.captured_at DESC, asked.capture_key DESC LIMIT 1",
        (request,),
    ).fetchone()
    if row is None:
        return None
    return file_of(capture_by_key(captures, row[0]), row[1])


def file_of(capture: Capture, size: int) -> KeptFile:
    """The file that a capture brought."""
    media_type = (capture.header("Content-Type") or "").partition(";")[0].strip().lower() or None
    return KeptFile(capture.capture_key, capture.sha256 or "", size, media_type, capture.url, capture.request_key)


def is_attached(archive: Database, request: str) -> bool:
    """Whether an article names a request as that of a document."""
    return archive.execute("SELECT 1 FROM attachments WHERE request_key = ?", (request,)).fetchone() is not None


def files_missing(archive: Database, portal: Portal) -> set[str]:
    """The requests of pictures and documents that articles of a portal show and that no capture brought."""
    rows = archive.execute(
        "SELECT request_key FROM images JOIN articles USING (article_key) WHERE portal = :portal AND sha256 IS NULL"
        " UNION"
        " SELECT request_key FROM attachments JOIN articles USING (article_key)"
        " WHERE portal = :portal AND sha256 IS NULL",
        {"portal": portal.key},
    ).fetchall()
    return {request for (request,) in rows if request}
