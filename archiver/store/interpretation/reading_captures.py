"""Reads the captures of one portal: a page, a feed, a file or none; and meets the errors of the reader itself."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlite_utils import Database

from archiver.clock import moment
from archiver.files.formats import begins_like_a_file
from archiver.items import Article, Feed, Page, Problem
from archiver.portals import Portal
from archiver.portals.addresses import is_page, tidy
from archiver.reading.feeds import is_feed, read_feed
from archiver.reading.fragment_forms import is_fragment
from archiver.reading.page import read
from archiver.store.evidence.captures import Capture, body_of, content_type
from archiver.store.evidence.withholding import withheld_articles
from archiver.store.ground.keys import form_named
from archiver.store.interpretation.file_texts import FileTexts
from archiver.store.interpretation.kept_files import is_file
from archiver.store.interpretation.withheld_files import files_of_articles, requests_leading_to

logger = logging.getLogger(__name__)

INTERNAL_ERROR = "the reader failed"
KILLED_TWICE = "reading it ended the program twice"
_JSON = "application/json"
_PARTS_OF_PAGES = (
    "image/", "audio/", "video/", "font/", "text/css", "text/javascript", "application/javascript",
    "application/x-javascript", _JSON,
)  # fmt: skip


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
            form = form_named(capture.form) if capture.form else ()
            return read(body, self.portal, capture.url, media_type, moment(capture.captured_at), form)
        except Exception as error:  # here, and below, the reader's own errors are met
            logger.exception("The reader failed on %s (capture %s)", capture.url, capture.capture_key)
            return self.unread(capture, self._failed(error))

    def feed(self, capture: Capture, body: bytes | None = None) -> Feed | None:
        """The feed or sitemap that a capture shows; null where it is none. Errors are met as those of pages are."""
        if capture.status != 200 or capture.method != "GET" or capture.capture_key in self.unreadable:
            return None
        if body is None:
            body = body_of(self.captures, capture)
        if body is None or not is_feed(body):
            return None
        try:
            return read_feed(body, self.portal, capture.url, content_type(self.captures, capture))
        except Exception as error:
            logger.exception("The reader failed on %s (capture %s)", capture.url, capture.capture_key)
            return Feed("rss", tidy(self.portal, capture.url), problems=(self._failed(error),))

    def body_of_page(self, capture: Capture, body: bytes | None = None) -> bytes | None:
        """The payload of a capture that is to be read as a page; null where none is."""
        if capture.status != 200 or not may_be_page(self.portal, capture):
            return None
        if body is None:
            body = body_of(self.captures, capture)
        return None if body is None or begins_like_a_file(body) or is_feed(body) else body

    def is_file(self, capture: Capture, body: bytes | None = None) -> bool:
        """Whether a capture that shows no page brought a file."""
        if capture.status != 200 or capture.capture_key in self.unreadable:
            return False
        body = body or body_of(self.captures, capture)
        if body is not None and is_feed(body):
            return False
        return is_file(capture, body, may_be_page=may_be_page(self.portal, capture))

    def unread(self, capture: Capture, problem: Problem) -> Page:
        """A page of which nothing is known but why."""
        return Page("other", tidy(self.portal, capture.url), problems=(problem,))

    def _failed(self, error: Exception) -> Problem:
        self.tally.internal_errors += 1
        return Problem("read", INTERNAL_ERROR, f"{type(error).__name__}: {error}"[:500])


def may_be_page(portal: Portal, capture: Capture) -> bool:
    """Whether there is a page to read: no file, no print view of another page, no part that pages are made of.

    A crawl asks for none of these; other crawlers do, and their captures are kept like any. A piece of a list may come
    in JSON.
    """
    media_type = (capture.header("Content-Type") or "").strip().lower()
    if media_type.startswith(_JSON) and is_fragment(portal, capture.url):
        return True
    return is_page(portal, tidy(portal, capture.url)) and not media_type.startswith(_PARTS_OF_PAGES)


def article_of(capture: Capture, page: Page | None) -> Article | None:
    """The article at an address, which only asking for it shows: what is posted there may answer with anything.

    A story has one request, so that it can be told again by it.
    """
    return page.article if page is not None and capture.method == "GET" else None
