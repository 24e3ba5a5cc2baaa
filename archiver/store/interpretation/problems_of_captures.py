"""What is wrong with a capture: what its page says, or why there is none."""

from __future__ import annotations

from sqlite_utils import Database

from archiver.items import Feed, Page, Problem
from archiver.portals import Portal
from archiver.portals.addresses import absolute, canonical, is_file_address, is_on
from archiver.reading.fragment_forms import is_fragment
from archiver.store.evidence.answers import redirect_target
from archiver.store.evidence.captures import Capture
from archiver.store.evidence.statuses import MISSING, REDIRECTS, SHOWING
from archiver.store.ground.keys import article_key
from archiver.store.interpretation.problems import Subject, note_problems, resolve_others
from archiver.store.interpretation.reading_captures import Reader, may_be_page

A_FILE = "a file stands where a page should"
SENT_AWAY = "whoever asks for a piece of a list is sent elsewhere"
NO_FILE = "a page or nothing stands where a file should"


def tell_problems(
    archive: Database, reader: Reader, capture: Capture, page: Page | Feed | None, *, is_file: bool
) -> None:
    """Note what is wrong with a capture; what is not wrong any more is resolved. Belongs into a transaction."""
    portal = reader.portal
    if article_key(portal, capture.url) in reader.withheld or capture.request_key in reader.withheld_files:
        return
    subject = Subject(portal.key, capture.request_key, canonical(portal, capture.url))
    problems = page.problems if page is not None else _fetch_problems(portal, capture, is_file=is_file)
    if page is None and capture.status in MISSING | SHOWING and _is_usual_place_of_feeds(portal, subject.url):
        problems = ()  # nobody but the platform says that there is one
    note_problems(archive, subject, problems, capture.captured_at)
    if page is not None or capture.status in REDIRECTS | SHOWING:
        resolve_others(archive, subject, problems)


def _is_usual_place_of_feeds(portal: Portal, url: str) -> bool:
    """Whether an address (canonical) is where the platform has a feed or a sitemap, if it has one."""
    paths = (*portal.platform.feeds, *portal.platform.sitemaps)
    return url in {canonical(portal, absolute(portal.url, path)) for path in paths}


def _fetch_problems(portal: Portal, capture: Capture, *, is_file: bool) -> list[Problem]:
    if capture.error is not None:
        return [Problem("fetch", capture.error.partition(":")[0], capture.error)]
    if capture.status in REDIRECTS:
        target = redirect_target(portal, capture)
        if is_fragment(portal, capture.url):
            return [Problem("fetch", SENT_AWAY, target)]
        return [] if is_on(portal, target) else [Problem("fetch", "redirects to another site", target)]
    if capture.status == 200:
        return _problems_of_kind(portal, capture, is_file=is_file)
    return [] if capture.status == 304 else [Problem("fetch", f"HTTP {capture.status}")]


def _problems_of_kind(portal: Portal, capture: Capture, *, is_file: bool) -> list[Problem]:
    """A file where a page should be, and the other way round."""
    media_type = capture.header("Content-Type")
    if is_file and may_be_page(portal, capture):
        return [Problem("fetch", A_FILE, media_type)]
    return [Problem("fetch", NO_FILE, media_type)] if not is_file and is_file_address(capture.url) else []
