"""A capture out of the evidence, and the page that it shows, made inert.

The pictures of the page are those that were kept, as they were nearest to the capture, within the page itself: nothing
is asked for. Links to articles that are withheld lose their words, since these are mostly a title.
"""

from __future__ import annotations

import json
import sqlite3
from base64 import b64encode
from dataclasses import dataclass

from lxml import etree
from sqlite_utils import Database

from archiver.items import Problem
from archiver.portals import PORTALS, Portal
from archiver.portals.addresses import absolute, as_meant
from archiver.reading.tree import parse
from archiver.site.inert import Inert, inert
from archiver.site.pages.answering import Row, rows
from archiver.site.rasters import raster_type
from archiver.store.evidence.captures import MASKED, Capture, capture_by_key, page_shown, payload_by_digest
from archiver.store.ground.keys import article_key, request_key

_MOST_BYTES_OF_PICTURES = 4 * 1024 * 1024  # in one page
_OURS = frozenset(("set-cookie", "set-cookie2"))  # headers whose values were meant for the crawl alone


@dataclass(frozen=True, slots=True)
class Captured:
    """A capture with the bytes that it shows; of a 304 these are of the page that it confirms."""

    capture: Capture
    shown: Capture | None
    body: bytes | None

    @property
    def content_type(self) -> str | None:
        """As the portal said it."""
        return self.shown.header("Content-Type") if self.shown else None

    @property
    def is_masked(self) -> bool:
        """Whether numbers are masked in the bytes, as in a published copy: they are not what the portal sent."""
        return self.shown is not None and self.shown.header(MASKED) is not None


@dataclass(frozen=True, slots=True)
class Replayed:
    """A captured page made inert; null with the reasons where it is no page, or too large."""

    page: Inert | None
    problems: tuple[Problem, ...]
    headers: list[tuple[str, str]]  # as received, but for cookies and what leads to what is withheld
    names_withheld: bool  # the bytes must stay in the evidence: they name what is withheld, or nobody can tell


def captured(evidence: Database, key: str) -> Captured | None:
    """A capture with its bytes; null where this evidence does not hold it, as beside an archive of other evidence."""
    if not evidence.execute("SELECT 1 FROM captures WHERE capture_key = ?", (key,)).fetchone():
        return None
    capture = capture_by_key(evidence, key)
    shown = page_shown(evidence, capture)
    body = payload_by_digest(evidence, shown.sha256) if shown is not None and shown.sha256 is not None else None
    return Captured(capture, shown, body)


def replayed(archive: sqlite3.Connection, evidence: Database, found: Captured, withheld_text: str) -> Replayed:
    """The page that a capture shows."""
    surroundings = _Surroundings(archive, evidence, found.capture)
    headers = [(name, surroundings.shown(name, value)) for name, value in json.loads(found.capture.headers or "[]")]
    if found.body is None:
        return Replayed(None, (), headers, names_withheld=False)
    tree = parse(found.body, found.content_type)
    if tree.root is None:
        return Replayed(None, tree.problems, headers, names_withheld=bool(surroundings.withheld))
    surroundings.base = _base(tree.root, found.capture.url)
    page = inert(tree.root, found.capture.url, surroundings.picture, surroundings.is_withheld, withheld_text)
    return Replayed(page, tree.problems, headers, names_withheld=page.hidden > 0)


class _Surroundings:
    """What of the archive a captured page refers to."""

    def __init__(self, archive: sqlite3.Connection, evidence: Database, capture: Capture) -> None:
        self.archive = archive
        self.evidence = evidence
        self.capture = capture
        self.base = capture.url
        self.portal: Portal | None = PORTALS.get(capture.portal)
        query = "SELECT article_key FROM withheld WHERE portal = ?"
        self.withheld = {row["article_key"] for row in rows(archive, query, capture.portal)}
        self.pictures: dict[str, str | None] = {}
        self.bytes_left = _MOST_BYTES_OF_PICTURES

    def is_withheld(self, href: str) -> bool:
        """Whether a link leads to an article that is withheld."""
        if not self.withheld or self.portal is None:
            return False
        return article_key(self.portal, absolute(self.base, href)) in self.withheld

    def shown(self, header: str, value: str) -> str:
        """The value of a header as it may be shown."""
        return "…" if header.lower() in _OURS or self.is_withheld(as_meant(value)) else value

    def picture(self, source: str) -> str | None:
        """A picture as a data URI; null for one that was not kept, is none of pixels, or would be too much."""
        if source not in self.pictures:
            self.pictures[source] = self._picture(source)
        return self.pictures[source]

    def _picture(self, source: str) -> str | None:
        digest = self._digest(source)
        body = payload_by_digest(self.evidence, digest) if digest else None
        media_type = raster_type(body) if body else None
        if body is None or media_type is None or len(body) > self.bytes_left:
            return None
        self.bytes_left -= len(body)
        return f"data:{media_type};base64,{b64encode(body).decode('ascii')}"

    def _digest(self, source: str) -> str | None:
        """The payload of a picture that an article shows: the last before the capture, or else the first after it."""
        if self.portal is None:
            return None
        request = request_key(self.portal, "GET", absolute(self.base, source))
        if not rows(self.archive, "SELECT 1 FROM images WHERE request_key = ? LIMIT 1", request):
            return None
        at = self.capture.captured_at
        found: list[Row] = rows(self.archive, _BEFORE, request, at) or rows(self.archive, _AFTER, request, at)
        return found[0]["sha256"] if found else None


_BEFORE = """
SELECT sha256 FROM captures WHERE request_key = ? AND captured_at <= ? AND answer = 'file' AND sha256 IS NOT NULL
ORDER BY captured_at DESC, capture_key DESC LIMIT 1
"""
_AFTER = """
SELECT sha256 FROM captures WHERE request_key = ? AND captured_at > ? AND answer = 'file' AND sha256 IS NOT NULL
ORDER BY captured_at, capture_key LIMIT 1
"""


def _base(root: etree._Element, url: str) -> str:
    base = next(root.iter("base"), None)
    return absolute(url, base.get("href", "")) or url if base is not None else url
