"""Pictures and documents of articles: which payload each of them is, and what the documents say.

A file may come before or after the article that shows it: whichever is told last joins the two. What stands in the
archive afterwards is the same: each picture and document is its newest capture that brought a file.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from archiver.extraction import extract
from archiver.files.formats import begins_like_a_file, is_page_body
from archiver.items import FileText, Problem
from archiver.portals import Portal
from archiver.portals.addresses import canonical
from archiver.store.evidence.captures import Capture, capture_by_key, payload_by_digest
from archiver.store.ground.keys import digest_of, request_key
from archiver.store.interpretation.mentions import save_mentions_of_files
from archiver.store.interpretation.problems import Subject, is_open, note_problems
from archiver.store.interpretation.readers import file_reader_version
from archiver.store.interpretation.revisions import as_json

_MOST_REMEMBERED = 16  # texts, of up to some megabytes each
_MOST_HOPS = 3
LEADS_TO_NO_FILE = "a redirect leads to no file"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """The newest capture that brought a file, and what it brought."""

    capture_key: str
    sha256: str
    size: int
    media_type: str | None  # as the portal said it
    url: str
    request_key: str


class FileTexts:
    """What documents say: read once, and taken from an earlier archive where the same reader read the same bytes."""

    def __init__(self, captures: Database) -> None:
        self.captures = captures
        self.earlier: Database | None = None
        self.remembered: OrderedDict[tuple[str, str], FileText] = OrderedDict()

    def of(self, file: KeptFile, archive: Database, request: str) -> FileText:
        """The text of a document that articles name by a request. One that is nowhere known is read.

        That takes a tenth of a second, or much longer.
        """
        name = (file.sha256, request)
        if name not in self.remembered:
            known = (self._known(file, place, request) for place in (archive, self.earlier) if place is not None)
            self.remembered[name] = next(filter(None, known), None) or self._read(file)
            while len(self.remembered) > _MOST_REMEMBERED:
                self.remembered.popitem(last=False)
        self.remembered.move_to_end(name)
        return self.remembered[name]

    def _read(self, file: KeptFile) -> FileText:
        body = payload_by_digest(self.captures, file.sha256) or b""
        return extract(body, file.url, file.media_type)

    def _known(self, file: KeptFile, archive: Database, request: str) -> FileText | None:
        """As an archive has it."""
        row = archive.execute(
            "SELECT format, text, pages, is_cut_off, text_problems, text_digest FROM attachments"
            " WHERE request_key = ? AND sha256 = ? AND media_type IS ? AND text_reader = ? LIMIT 1",
            (request, file.sha256, file.media_type, file_reader_version()),
        ).fetchone()
        if row is None:
            return None
        if row[5] != digest_of_text(*row[:5]):  # it was altered since
            return None
        problems = tuple(Problem(**each) for each in json.loads(row[4]))
        return FileText(row[0], row[1], row[2], bool(row[3]), problems)


def digest_of_text(
    file_format: str | None, text: str | None, pages: int | None, is_cut_off: int | None, problems: str
) -> str:
    """One digest of what was read in a document, by which damage to it is known."""
    return digest_of(as_json([file_format, text, pages, is_cut_off, problems]).encode())


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
        _save_text(archive, request, file, texts.of(file, archive, request))


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


def settle_files(archive: Database, portal: Portal, texts: FileTexts) -> None:
    """Join files that came by a redirect, and note what is wrong with documents. Belongs into a transaction."""
    lost: list[_Wrong] = []
    for request, url in _redirected(archive, portal):
        end, answer, at = _end_of_redirects(archive, request)
        if answer == "file":
            join_file(archive, texts, request, end)
        elif answer is not None:
            lost.append(_Wrong(request, url, at, Problem("file", LEADS_TO_NO_FILE, answer)))
    _note_problems(archive, portal, [*_of_documents(archive, portal), *lost])


def _save_text(archive: Database, request: str, file: KeptFile, text: FileText) -> None:
    problems = as_json([asdict(each) for each in text.problems])
    read = (text.format, text.text, text.pages, int(text.is_cut_off), problems)
    archive.execute(
        "UPDATE attachments SET capture_key = ?, sha256 = ?, size = ?, media_type = ?, format = ?, text = ?, pages = ?,"
        " is_cut_off = ?, text_problems = ?, text_digest = ?, text_reader = ? WHERE request_key = ?",
        (file.capture_key, file.sha256, file.size, file.media_type, *read, digest_of_text(*read),
         file_reader_version(), request),
    )  # fmt: skip
    keys = archive.execute("SELECT DISTINCT article_key FROM attachments WHERE request_key = ?", (request,)).fetchall()
    for (key,) in keys:
        save_mentions_of_files(archive, key)


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What is wrong with the file at an address, and since when."""

    request_key: str
    url: str
    at: str
    problem: Problem


def _redirected(archive: Database, portal: Portal) -> list[tuple[str, str]]:
    """Requests of pictures and documents that brought no file themselves, but a redirect; each with its address."""
    return archive.execute(
        """
        SELECT parts.request_key, min(parts.url) FROM (
          SELECT article_key, request_key, url FROM images
          UNION ALL SELECT article_key, request_key, url FROM attachments
        ) AS parts JOIN articles USING (article_key) JOIN captures ON captures.request_key = parts.request_key
        WHERE articles.portal = ? AND captures.answer = 'redirect' AND NOT EXISTS (
          SELECT 1 FROM captures AS own WHERE own.request_key = parts.request_key AND own.answer = 'file')
        GROUP BY parts.request_key ORDER BY parts.request_key
        """,
        (portal.key,),
    ).fetchall()


def _end_of_redirects(archive: Database, request: str) -> tuple[str, str | None, str]:
    """Where a redirected request ends: the last request, its newest answer (null for none yet), and when that came.

    A file that was ever there goes before whatever else is there now.
    """
    answer, at = None, ""
    for _ in range(_MOST_HOPS):
        row = archive.execute(
            "SELECT redirects_to_key FROM captures WHERE request_key = ? AND answer = 'redirect'"
            " ORDER BY captured_at DESC, capture_key DESC LIMIT 1",
            (request,),
        ).fetchone()
        if row is None or not row[0]:
            break
        request = row[0]
        found = archive.execute(
            "SELECT answer, captured_at FROM captures WHERE request_key = ?"
            " ORDER BY answer = 'file' DESC, captured_at DESC, capture_key DESC LIMIT 1",
            (request,),
        ).fetchone()
        answer, at = found or (None, "")
        if answer != "redirect":
            break
    return request, answer, at


def _of_documents(archive: Database, portal: Portal) -> list[_Wrong]:
    """What is wrong with the documents that articles name now."""
    rows = archive.execute(
        "SELECT DISTINCT attachments.request_key, attachments.url, text_problems, captures.captured_at FROM attachments"
        " JOIN articles USING (article_key) JOIN captures ON captures.capture_key = attachments.capture_key"
        " WHERE articles.portal = ? AND text_problems != '[]'",
        (portal.key,),
    ).fetchall()
    return [
        _Wrong(request, url, at, Problem(**each))
        for request, url, problems, at in rows
        for each in json.loads(problems)
    ]


def _note_problems(archive: Database, portal: Portal, wrong: list[_Wrong]) -> None:
    """These are open, and no other problems of files are."""
    for each in wrong:
        subject = Subject(portal.key, each.request_key, canonical(portal, each.url))
        if not is_open(archive, subject, each.problem):
            note_problems(archive, subject, [each.problem], each.at)
    still = {(each.request_key, each.problem.reason, each.problem.raw or "") for each in wrong}
    _resolve(archive, (key for key, *about in _open_problems(archive, portal) if tuple(about) not in still))


def _open_problems(archive: Database, portal: Portal) -> list[tuple[str, str, str, str]]:
    """Open problems of reading files: their keys and what they are about."""
    return archive.execute(
        "SELECT problem_key, request_key, reason, coalesce(raw, '') FROM problems"
        " WHERE portal = ? AND stage = 'file' AND NOT resolved",
        (portal.key,),
    ).fetchall()


def _resolve(archive: Database, keys: Iterable[str]) -> None:
    archive.conn.executemany("UPDATE problems SET resolved = 1 WHERE problem_key = ?", [(key,) for key in keys])
