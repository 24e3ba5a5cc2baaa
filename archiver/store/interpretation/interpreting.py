"""From a capture to the archive: what it says of articles, lists and problems.

The order of captures is that of their times, whatever the order in which they arrive: one that comes late makes the
story of its page be told again from the beginning.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from archiver.items import Article, Page
from archiver.reading.paging import posted_page
from archiver.store.databases.opening import writing
from archiver.store.evidence.captures import Capture, captures_of
from archiver.store.ground.keys import article_key, form_named, request_key
from archiver.store.interpretation.articles import checked, forget_article, met, refresh, save_article
from archiver.store.interpretation.capture_rows import save_capture_row
from archiver.store.interpretation.confirming import confirms_article, page_that_is_back
from archiver.store.interpretation.feeds import confirm_feed, forget_feed, save_feed
from archiver.store.interpretation.hiding import learn_what_is_hidden
from archiver.store.interpretation.kept_files import (
    file_of,
    is_attached,
    join_article,
    join_file,
    name_files,
    newest_file,
)
from archiver.store.interpretation.listings import forget_lists, lengthen_all, save_lists
from archiver.store.interpretation.problems import forget_problems
from archiver.store.interpretation.problems_of_captures import tell_problems
from archiver.store.interpretation.reading_captures import Reader, Tally, article_of
from archiver.store.interpretation.told_captures import comes_late, is_known, known_of


def interpret(
    archive: Database, reader: Reader, capture: Capture, page: Page | None, body: bytes | None = None
) -> None:
    """Make of one capture what it says. A capture that the archive knows already changes nothing.

    `body` is its payload where that is at hand.
    """
    is_file = page is None and reader.is_file(capture, body)
    _read_documents(archive, reader, capture, page, is_file=is_file)
    with writing(archive):
        if is_known(archive, capture):
            return
        if comes_late(archive, reader.captures, capture):
            known = known_of(archive, capture.request_key) | {capture.capture_key}
            _retell(archive, reader, captures_of(reader.captures, capture.request_key), known)
        else:
            _tell(archive, reader, capture, page, reader.tally, is_file=is_file)


def tell_late(archive: Database, reader: Reader, capture: Capture) -> None:
    """Make of one capture what it says, and of all others of the same request that are kept and not told yet.

    Imports bring many captures of a page at once, mostly older than what is known: its story is told again once, not
    once for each of them.
    """
    if is_known(archive, capture):
        return
    is_late = comes_late(archive, reader.captures, capture)
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
        if known := known_of(archive, request):
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


def _retell(archive: Database, reader: Reader, captures: list[Capture], known: set[str] | None) -> None:
    """Tell the story of a request again from its captures; only from those that are `known`, null standing for all."""
    first = captures[0]
    forget_lists(archive, first.request_key)
    forget_feed(archive, first.request_key)
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
    shown = capture
    if page is None and (back := page_that_is_back(reader.captures, capture)) is not None:
        page, shown = reader.page(back), back
    feed = reader.feed(shown) if page is None and not is_file else None
    article = article_of(capture, page)
    learn_what_is_hidden(archive, reader, capture, article)
    if article is not None and key not in reader.withheld:
        _tell_article(archive, reader, capture, article, key, tally)
    elif capture.method == "GET":
        checked(archive, key, capture.captured_at, well=confirms_article(archive, reader.captures, capture))
    if page is not None and key not in reader.withheld:
        is_told = page.is_piece or not capture.form
        number = page.page_number if is_told else posted_page(form_named(capture.form or "[]"))
        save_lists(archive, portal, capture, page, number if page.kind == "list" else None, reader.withheld)
    elif feed is not None and key not in reader.withheld:
        save_feed(archive, portal, capture, feed, reader.withheld)
    elif page is None and capture.status == 304:
        lengthen_all(archive, capture.request_key, capture.captured_at)
        confirm_feed(archive, capture)
    save_capture_row(archive, reader, capture, page or feed, key, is_file=is_file)
    if is_file or (page is None and capture.status == 304):
        join_file(archive, reader.texts, capture.request_key)
    tell_problems(archive, reader, capture, page or feed, is_file=is_file)


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
