"""What a portal answered, in one word: enough to say whether a page is there, is gone, or whether nobody knows."""

from __future__ import annotations

from typing import Literal

from archiver.items import Feed, Page
from archiver.portals import Portal
from archiver.portals.addresses import absolute, as_meant, as_sent, from_base, is_on
from archiver.store.evidence.captures import Capture
from archiver.store.evidence.statuses import MISSING, REDIRECTS
from archiver.store.ground.keys import request_key

AnswerKind = Literal[
    "article",
    "list",
    "other",
    "file",  # a picture, a document
    "feed",  # RSS, Atom
    "sitemap",
    "says missing",  # a page of status 200 that says there is none
    "another site",  # the home page of somebody else
    "unchanged",  # a 304
    "missing",  # 404 or 410
    "redirect",
    "refused",  # 401, 403, 429 …: it says nothing about the page
    "error",  # 5xx
    "no answer",
]


def answer_of(capture: Capture, page: Page | Feed | None) -> AnswerKind:
    """What a capture came to; `page` is what was read in it, null where nothing was."""
    if isinstance(page, Feed):
        return "feed" if page.kind in ("rss", "atom") else "sitemap"
    if page is not None:
        return _answer_of_page(page)
    if capture.status is None:
        return "no answer"
    if capture.status == 304:
        return "unchanged"
    if capture.status in MISSING:
        return "missing"
    if capture.status in REDIRECTS:
        return "redirect"
    if capture.status == 200:
        return "other"
    return "error" if capture.status >= 500 else "refused"


def _answer_of_page(page: Page) -> AnswerKind:
    if page.says_missing:
        return "says missing"
    return "another site" if page.names_portal is False else page.kind


def redirect_target(portal: Portal, capture: Capture) -> str:
    """Where a redirect leads, as an address of the portal if the connection went elsewhere; "" if nowhere."""
    target = as_sent(absolute(capture.url, as_meant(capture.header("Location") or "")))
    return from_base(portal, capture.fetched_from, target)


def request_of_target(portal: Portal, capture: Capture) -> str | None:
    """The request (key) that a redirect leads to; null where it is none, or leads away from the portal."""
    if capture.status not in REDIRECTS:
        return None
    target = redirect_target(portal, capture)
    return request_key(portal, "GET", target) if is_on(portal, target) else None
