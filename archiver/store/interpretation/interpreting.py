"""From a capture to the archive: what it says of articles, lists and problems.

The order of captures is that of their times, whatever the order in which they arrive: one that comes late makes the
story of its page be told again from the beginning.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from archiver.clock import moment
from archiver.files.formats import begins_like_a_file
from archiver.items import Article, Page, Problem
from archiver.portals import Portal
from archiver.portals.addresses import (
    canonical,
    is_file_address,
    is_on,
    is_page,
    tidy,
)
from archiver.reading.page import read
from archiver.reading.paging import posted_page
from archiver.store.databases.opening import insert, writing
from archiver.store.evidence.answers import REDIRECTS, answer_of, redirect_target, request_of_target
from archiver.store.evidence.captures import (
    Capture,
    body_of,
    capture_by_key,
    captures_of,
    confirmed_by,
    content_type,
    lends_content_type,
)
from archiver.store.evidence.withholding import HIDDEN, withheld_articles
from archiver.store.ground.keys import article_key, request_key
from archiver.store.interpretation.articles import checked, forget_article, met, refresh, revision_of, save_article
from archiver.store.interpretation.authorities import save_authorities
from archiver.store.interpretation.confirming import confirmed_answer, confirms_article, page_that_is_back
from archiver.store.interpretation.kept_files import (
    FileTexts,
    file_of,
    is_attached,
    is_file,
    join_article,
    join_file,
    name_files,
    newest_file,
)
from archiver.store.interpretation.list_looks import has_own_rows
from archiver.store.interpretation.listings import forget_lists, lengthen_all, save_lists
from archiver.store.interpretation.problems import Subject, forget_problems, note_problems, resolve_others
from archiver.store.interpretation.withheld_files import files_of_articles, requests_leading_to, requests_of_files

logger = logging.getLogger(__name__)

INTERNAL_ERROR = "the reader failed"
_PRIVATE = ("headers", "etag", "last_modified")  # of a capture: they stay with the evidence

_PARTS_OF_PAGES = (
    "image/", "audio/", "video/", "font/", "text/css", "text/javascript", "application/javascript",
    "application/x-javascript", "application/json",
)  # fmt: skip
A_FILE = "a file stands where a page should"
NO_FILE = "a page or nothing stands where a file should"
_KEYS_AT_ONCE = 500  # that are looked up in the archive
KILLED_TWICE = "reading it ended the program twice"


@dataclass(slots=True)
class Tally:
    """What captures came to."""

    pages: int = 0
    new: int = 0
    revised: int = 0
    internal_errors: int = 0


class Reader:
    """Reads the captures of one portal, and counts what they came to."""

    def __init__(self, captures: Database, portal: Portal) -> None:
        self.captures = captures
        self.portal = portal
        self.tally = Tally()
        rows = captures.execute(
            "SELECT capture_key FROM frontier WHERE portal = ? AND state = 'unreadable'", (portal.key,)
        ).fetchall()
        self.unreadable = {key for (key,) in rows}
        self.withheld = withheld_articles(captures, portal)
        self.texts = FileTexts(captures)
        self.withheld_files = files_of_articles(captures, portal, self.withheld.keys(), self.page)
        self.leading = requests_leading_to(captures, portal, self.withheld.keys())

    def page(self, capture: Capture, body: bytes | None = None) -> Page | None:
        """What a capture shows; null where it is no page. Its payload is looked up unless it is handed in.

        An error of the reader itself is none of the page: it is logged, counted apart, and kept as a problem of its
        own.
        """
        if capture.capture_key in self.unreadable:
            return self.unread(capture, Problem("read", KILLED_TWICE))
        body = self.body_of_page(capture, body)
        if body is None:
            return None
        try:
            media_type = content_type(self.captures, capture)
            return read(body, self.portal, capture.url, media_type, moment(capture.captured_at))
        except Exception as error:  # the one place where the reader's own errors are met
            logger.exception("The reader failed on %s (capture %s)", capture.url, capture.capture_key)
            self.tally.internal_errors += 1
            return self.unread(capture, Problem("read", INTERNAL_ERROR, f"{type(error).__name__}: {error}"[:500]))

    def body_of_page(self, capture: Capture, body: bytes | None = None) -> bytes | None:
        """The payload of a capture that is to be read as a page; null where none is."""
        if capture.status != 200 or not _may_be_page(self.portal, capture):
            return None
        if body is None:
            body = body_of(self.captures, capture)
        return None if body is None or begins_like_a_file(body) else body

    def is_file(self, capture: Capture, body: bytes | None = None) -> bool:
        """Whether a capture that shows no page brought a file."""
        if capture.status != 200 or capture.capture_key in self.unreadable:
            return False
        may_be_page = _may_be_page(self.portal, capture)
        return is_file(capture, body or body_of(self.captures, capture), may_be_page=may_be_page)

    def unread(self, capture: Capture, problem: Problem) -> Page:
        """A page of which nothing is known but why."""
        return Page("other", tidy(self.portal, capture.url), problems=(problem,))


def _may_be_page(portal: Portal, capture: Capture) -> bool:
    """Whether there is a page to read: no file, no print view of another page, no part that pages are made of.

    A crawl asks for none of these; other crawlers do, and their captures are kept like any.
    """
    media_type = (capture.header("Content-Type") or "").strip().lower()
    return is_page(portal, tidy(portal, capture.url)) and not media_type.startswith(_PARTS_OF_PAGES)


def interpret(
    archive: Database, reader: Reader, capture: Capture, page: Page | None, body: bytes | None = None
) -> None:
    """Make of one capture what it says. A capture that the archive knows already changes nothing.

    `body` is its payload where that is at hand.
    """
    is_file = page is None and reader.is_file(capture, body)
    _read_documents(archive, reader, capture, page, is_file=is_file)
    with writing(archive):
        if _is_known(archive, capture):
            return
        if _is_late(archive, reader, capture):
            known = _known_of(archive, capture.request_key) | {capture.capture_key}
            _retell(archive, reader, captures_of(reader.captures, capture.request_key), known)
        else:
            _tell(archive, reader, capture, page, reader.tally, is_file=is_file)


def tell_late(archive: Database, reader: Reader, capture: Capture) -> None:
    """Make of one capture what it says, and of all others of the same request that are kept and not told yet.

    Imports bring many captures of a page at once, mostly older than what is known: its story is told again once, not
    once for each of them.
    """
    if _is_known(archive, capture):
        return
    is_late = _is_late(archive, reader, capture)
    page = None if is_late else reader.page(capture)  # of a late one, all pages are read below
    is_file = page is None and reader.is_file(capture)
    _read_documents(archive, reader, capture, page, is_file=is_file)
    with writing(archive):
        if is_late:
            _retell(archive, reader, captures_of(reader.captures, capture.request_key), None)
        else:
            _tell(archive, reader, capture, page, reader.tally, is_file=is_file)


def retell_known(archive: Database, reader: Reader, requests: Iterable[str]) -> None:
    """Tell the story of some requests again, of the captures that the archive was told. Belongs into a transaction."""
    for request in requests:
        if known := _known_of(archive, request):
            _retell(archive, reader, captures_of(reader.captures, request), known)


def _read_documents(archive: Database, reader: Reader, capture: Capture, page: Page | None, *, is_file: bool) -> None:
    """Read the documents that a capture brings, or that its article names, before the archive is locked for it.

    Their texts are remembered; a document takes up to a minute.
    """
    if is_file and is_attached(archive, capture.request_key):
        reader.texts.of(file_of(capture, 0), archive, capture.request_key)
    named = page.article.attachments if page is not None and page.article is not None else ()
    for each in named:
        request = request_key(reader.portal, "GET", each.url)
        file = newest_file(archive, reader.captures, request)
        if file is not None:
            reader.texts.of(file, archive, request)


def unread_captures(archive: Database, captures: Database, portal: Portal) -> list[str]:
    """The keys of captures that the archive does not hold, in the order of their times."""
    kept = captures.conn.cursor().execute(
        "SELECT capture_key FROM captures WHERE portal = ? ORDER BY captured_at, capture_key", (portal.key,)
    )
    unread: list[str] = []
    while keys := [key for (key,) in kept.fetchmany(_KEYS_AT_ONCE)]:
        marks = ", ".join("?" * len(keys))
        known = set(archive.execute(f"SELECT capture_key FROM captures WHERE capture_key IN ({marks})", keys))
        unread += [key for key in keys if (key,) not in known]
    return unread


def save_portal(db: Database, portal: Portal) -> None:
    """The portal's own row, and for whom it spoke. How it stands is for settling to say."""
    values = {
        "portal": portal.key,
        "name": portal.name,
        "url": portal.url,
        "province": portal.province,
        "unit_type": portal.unit_type,
        "timezone": portal.timezone,
    }
    with writing(db):
        known = db.execute("SELECT web_status FROM portals WHERE portal = ?", (portal.key,)).fetchone()
        db.table("portals").upsert(values | {"web_status": known[0] if known else "up"}, pk="portal")
        save_authorities(db, portal)


def _is_known(db: Database, capture: Capture) -> bool:
    row = db.execute("SELECT 1 FROM captures WHERE capture_key = ?", (capture.capture_key,)).fetchone()
    return row is not None


def _is_late(db: Database, reader: Reader, capture: Capture) -> bool:
    """Whether anything newer was told of the same request. So is a capture that says of an older one what it is."""
    row = db.execute(
        "SELECT 1 FROM captures WHERE request_key = ? AND (captured_at, capture_key) > (?, ?) LIMIT 1",
        (capture.request_key, capture.captured_at, capture.capture_key),
    ).fetchone()
    return row is not None or lends_content_type(reader.captures, capture)


def _known_of(archive: Database, request: str) -> set[str]:
    rows = archive.execute("SELECT capture_key FROM captures WHERE request_key = ?", (request,))
    return {key for (key,) in rows.fetchall()}


def _retell(archive: Database, reader: Reader, captures: list[Capture], known: set[str] | None) -> None:
    """Tell the story of a request again from its captures; only from those that are `known`, null standing for all."""
    first = captures[0]
    forget_lists(archive, first.request_key)
    forget_problems(archive, first.request_key)
    if first.method == "GET":
        forget_article(archive, article_key(reader.portal, first.url))
    archive.execute("DELETE FROM captures WHERE request_key = ?", (first.request_key,))
    for capture in captures:
        if known is None or capture.capture_key in known:
            page = reader.page(capture)
            _tell(archive, reader, capture, page, Tally(), is_file=page is None and reader.is_file(capture))


def _tell(
    archive: Database, reader: Reader, capture: Capture, page: Page | None, tally: Tally, *, is_file: bool
) -> None:
    portal = reader.portal
    key = article_key(portal, capture.url)
    tally.pages += 1
    if page is None and (back := page_that_is_back(reader.captures, capture)) is not None:
        page = reader.page(back)
    article = _article_of(capture, page)
    _learn_what_is_hidden(archive, reader, capture, article)
    if article is not None and key not in reader.withheld:
        _tell_article(archive, reader, capture, article, key, tally)
    elif capture.method == "GET":
        checked(archive, key, capture.captured_at, well=confirms_article(archive, reader.captures, capture))
    if page is not None and key not in reader.withheld:
        number = posted_page(json.loads(capture.form)) if capture.form else page.page_number
        save_lists(archive, portal, capture, page, number if page.kind == "list" else None, reader.withheld)
    elif page is None and capture.status == 304:
        lengthen_all(archive, capture.request_key, capture.captured_at)
    _save_capture_row(archive, reader, capture, page, key, is_file=is_file)
    if is_file or (page is None and capture.status == 304):
        join_file(archive, reader.texts, capture.request_key)
    _tell_problems(archive, reader, capture, page, is_file=is_file)


def _article_of(capture: Capture, page: Page | None) -> Article | None:
    """The article at an address, which only asking for it shows: what is posted there may answer with anything.

    A story has one request, so that it can be told again by it.
    """
    return page.article if page is not None and capture.method == "GET" else None


def _tell_article(
    archive: Database, reader: Reader, capture: Capture, article: Article, key: str, tally: Tally
) -> None:
    saved, _ = save_article(archive, key, capture, article)
    tally.new += saved == "new"
    tally.revised += saved == "revised"
    met(archive, reader.portal.key, [(key, article.url)], "captured")
    if saved != "same":
        refresh(archive, [key])
        name_files(archive, reader.portal, key)
        join_article(archive, reader.texts, key)


def _learn_what_is_hidden(archive: Database, reader: Reader, capture: Capture, article: Article | None) -> None:
    """Hide what a capture shows to belong to a withheld article, in what was told before as well."""
    if not reader.withheld:
        return
    portal, target = reader.portal, request_of_target(reader.portal, capture)
    if article is not None and article_key(portal, capture.url) in reader.withheld:
        _hide_files(archive, reader, set(requests_of_files(portal, article)))
    if capture.request_key in reader.withheld_files and target is not None:
        _hide_files(archive, reader, {target})
    leads = target is not None and (
        target in reader.leading or article_key(portal, redirect_target(portal, capture)) in reader.withheld
    )
    if leads and capture.request_key not in reader.leading:
        _hide_what_leads_to(archive, reader, capture.request_key)


def _hide_files(archive: Database, reader: Reader, requests: set[str]) -> None:
    new = requests - reader.withheld_files
    reader.withheld_files |= new
    for request in new:
        forget_problems(archive, request)
        told = captures_told(archive, reader.captures, request)
        for capture in told:
            tell_address_anew(archive, reader, capture)
        targets = (request_of_target(reader.portal, capture) for capture in told)
        _hide_files(archive, reader, {target for target in targets if target is not None})


def _hide_what_leads_to(archive: Database, reader: Reader, request: str) -> None:
    reader.leading.add(request)
    rows = archive.execute("SELECT capture_key, request_key FROM captures WHERE redirects_to_key = ?", (request,))
    for key, before in rows.fetchall():
        tell_address_anew(archive, reader, capture_by_key(reader.captures, key))
        if before not in reader.leading:
            _hide_what_leads_to(archive, reader, before)


def captures_told(archive: Database, captures: Database, request: str) -> list[Capture]:
    """The captures of a request that the archive was told."""
    known = _known_of(archive, request)
    return [capture for capture in captures_of(captures, request) if capture.capture_key in known]


def tell_address_anew(archive: Database, reader: Reader, capture: Capture) -> None:
    """Show or hide the addresses of a capture that was told before. Belongs into a transaction."""
    values = shown_addresses(reader, capture)
    columns = ", ".join(f"{name} = ?" for name in values)
    archive.execute(f"UPDATE captures SET {columns} WHERE capture_key = ?", (*values.values(), capture.capture_key))


def _tell_problems(archive: Database, reader: Reader, capture: Capture, page: Page | None, *, is_file: bool) -> None:
    portal = reader.portal
    if article_key(portal, capture.url) in reader.withheld or capture.request_key in reader.withheld_files:
        return
    subject = Subject(portal.key, capture.request_key, canonical(portal, capture.url))
    problems = page.problems if page is not None else _fetch_problems(portal, capture, is_file=is_file)
    note_problems(archive, subject, problems, capture.captured_at)
    if page is not None or capture.status in (*REDIRECTS, 200, 304):
        resolve_others(archive, subject, problems)


def _fetch_problems(portal: Portal, capture: Capture, *, is_file: bool) -> list[Problem]:
    if capture.error is not None:
        return [Problem("fetch", capture.error.partition(":")[0], capture.error)]
    if capture.status in REDIRECTS:
        target = redirect_target(portal, capture)
        return [] if is_on(portal, target) else [Problem("fetch", "redirects to another site", target)]
    if capture.status == 200:
        return _problems_of_kind(portal, capture, is_file=is_file)
    return [] if capture.status in (200, 304) else [Problem("fetch", f"HTTP {capture.status}")]


def _problems_of_kind(portal: Portal, capture: Capture, *, is_file: bool) -> list[Problem]:
    """A file where a page should be, and the other way round."""
    media_type = capture.header("Content-Type")
    if is_file and _may_be_page(portal, capture):
        return [Problem("fetch", A_FILE, media_type)]
    return [Problem("fetch", NO_FILE, media_type)] if not is_file and is_file_address(capture.url) else []


def shown_addresses(reader: Reader, capture: Capture) -> dict[str, str | None]:
    """A capture's addresses, as the archive may show them: all are hidden if one leads to a withheld article.

    Those of its pictures and documents are hidden too.
    """
    portal, target = reader.portal, _target(reader.portal, capture)
    is_hidden = (
        article_key(portal, capture.url) in reader.withheld
        or capture.request_key in reader.withheld_files
        or (target is not None and article_key(portal, target) in reader.withheld)
        or request_of_target(portal, capture) in reader.leading
    )
    if not is_hidden:
        return {
            "url": capture.url, "redirects_to": target, "fetched_from": capture.fetched_from, "error": capture.error,
        }  # fmt: skip
    return {
        "url": HIDDEN,
        "redirects_to": HIDDEN if target else None,
        "fetched_from": HIDDEN if capture.fetched_from else None,
        "error": capture.error.partition(":")[0] if capture.error else None,
    }


def _answer(archive: Database, reader: Reader, capture: Capture, page: Page | None, key: str) -> str:
    """What was answered. What reads as a list where an article stood must have rows of its own.

    A page of another layout may still be called like the article; an error page, or a login, has the portal's frame
    with the newest articles beside it, and no rows of its own.
    """
    answer = confirmed_answer(archive, reader.captures, capture) or answer_of(capture, page)
    if answer != "list" or page is None or capture.method != "GET":
        return answer
    row = archive.execute("SELECT title FROM articles WHERE article_key = ?", (key,)).fetchone()
    return "other" if row and (row[0] == page.window_title or not has_own_rows(page)) else answer


def _target(portal: Portal, capture: Capture) -> str | None:
    return redirect_target(portal, capture) if capture.status in REDIRECTS else None


def _save_capture_row(
    archive: Database, reader: Reader, capture: Capture, page: Page | None, key: str, *, is_file: bool
) -> None:
    """The public side of a capture: what was asked and answered, and which revision of which article it shows."""
    size = reader.captures.execute("SELECT size FROM payloads WHERE sha256 = ?", (capture.sha256,)).fetchone()
    shows = (
        confirms_article(archive, reader.captures, capture) if page is None else _article_of(capture, page) is not None
    )
    revision = revision_of(archive, key) if shows else None
    row = asdict(capture) | {
        "confirms": confirmed_by(reader.captures, capture),
        "size": size[0] if size else None,
        "kind": page.kind if page else None,
        "article_key": key if revision is not None else None,
        "revision": revision,
        "answer": "file" if is_file else _answer(archive, reader, capture, page, key),
        "links": len(page.links) if page else None,
        "redirects_to_key": request_of_target(reader.portal, capture),
        **shown_addresses(reader, capture),
    }
    insert(archive, "captures", {name: value for name, value in row.items() if name not in _PRIVATE})
