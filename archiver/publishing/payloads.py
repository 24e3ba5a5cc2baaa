"""The evidence of what a snapshot shows, for those who want it too: pages, pictures and documents, as captures.db.

What is withheld stays out, and so does every page that names it. Where numbers are masked, pages are masked too; of
documents, which cannot be, only those come along whose whole text was read and names no number. Pictures come as they
are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sqlite_utils import Database

from archiver.portals import PORTALS, Portal
from archiver.portals.addresses import absolute
from archiver.reading.masked_page import masked_page
from archiver.reading.page import read
from archiver.reading.tree import parse
from archiver.store.databases.opening import insert, open_captures, writing
from archiver.store.evidence.captures import MASKED, Capture, capture_by_key, payload_by_digest, save_payload
from archiver.store.ground.keys import article_key

Progress = Callable[[int, int], None]  # captures looked at, captures in all
_AT_ONCE = 100  # captures in a transaction
# Headers meant for the crawl alone, and those that lead elsewhere: the archive says where to, if that may be said.
_NOT_FOR_OTHERS = ("set-cookie", "set-cookie2", "location", "content-location", "refresh", "link")
_MASKED_HEADER = [MASKED, "numbers that name a person; the digest is that of the page as it was sent"]
_UTF_8 = ["Content-Type", "text/html; charset=utf-8"]


@dataclass(slots=True)
class Payloads:
    """How many captures came along, and how many did not for which reason."""

    counts: Counter[str] = field(default_factory=Counter)


def copy_payloads(
    archive: Database, captures: Database, folder: Path, known: Collection[str], progress: Progress, *, masks: bool
) -> Payloads:
    """Write captures.db into a folder: what a finished copy of the archive shows, out of the evidence."""
    target, choice, done = open_captures(folder), _Choice(archive, captures, known, masks), Payloads()
    keys = [key for (key,) in archive.execute(_SHOWN).fetchall()]
    for start in range(0, len(keys), _AT_ONCE):
        with writing(target):
            for key in keys[start : start + _AT_ONCE]:
                done.counts[_copy(target, choice, capture_by_key(captures, key))] += 1
        progress(min(start + _AT_ONCE, len(keys)), len(keys))
    target.execute("PRAGMA journal_mode = DELETE")
    target.close()
    return done


# Captures of articles that are shown, of their pictures and documents, and of the requests that confirm them.
_SHOWN = """
SELECT capture_key FROM captures
WHERE article_key IN (SELECT article_key FROM articles) OR request_key IN (
  SELECT request_key FROM images UNION SELECT request_key FROM attachments
  UNION SELECT request_key FROM captures WHERE article_key IN (SELECT article_key FROM articles))
ORDER BY captured_at, capture_key
"""


def _copy(target: Database, choice: _Choice, capture: Capture) -> str:
    body = payload_by_digest(choice.captures, capture.sha256) if capture.sha256 else None
    if body is None:
        insert(target, "captures", _row(capture, choice))
        return "without a payload"
    reason, shown, was_masked = choice.of(capture, body)
    if reason is not None or shown is None:
        return reason or "unreadable"
    insert(target, "captures", _row(capture, choice, was_masked=was_masked))
    save_payload(target, capture.sha256 or "", shown, capture.header("Content-Type"))
    return "masked" if was_masked else "as it came"


def _row(capture: Capture, choice: _Choice, *, was_masked: bool = False) -> dict[str, object]:
    pairs = [pair for pair in json.loads(capture.headers or "[]") if pair[0].lower() not in _NOT_FOR_OTHERS]
    if was_masked:
        pairs = [pair for pair in pairs if pair[0].lower() != "content-type"] + [_UTF_8, _MASKED_HEADER]
    row = replace(capture, headers=json.dumps(pairs, ensure_ascii=False) if pairs else None)
    return {name: getattr(row, name) for name in Capture.__dataclass_fields__} | choice.shown(capture)


class _Choice:
    """What of the evidence may go along with a copy of the archive."""

    def __init__(self, archive: Database, captures: Database, known: Collection[str], masks: bool) -> None:
        self.archive, self.captures, self.known, self.masks = archive, captures, known, masks
        self.pictures = self._digests("SELECT sha256 FROM images")
        self.documents = self._digests("SELECT sha256 FROM attachments")
        self.unclear = self._digests(_UNCLEAR) if masks else set()
        self.withheld = {key for (key,) in archive.execute("SELECT article_key FROM withheld").fetchall()}

    def of(self, capture: Capture, body: bytes) -> tuple[str | None, bytes | None, bool]:
        """Why a payload stays out, or null; else the payload as it may be shown, and whether it was masked."""
        if reason := self._why_not(capture, body):
            return reason, None, False
        if not self.masks or self._is_file(capture):
            return None, body, False
        page = masked_page(body, capture.header("Content-Type"), self.known)
        if page is None:
            return "page that cannot be parsed", None, False
        shown, was_masked = page
        return None, shown if was_masked else body, was_masked

    def _why_not(self, capture: Capture, body: bytes) -> str | None:
        if not self._is_file(capture):
            return "names what is withheld" if self.withheld and self._names_withheld(capture, body) else None
        if not self.masks or capture.sha256 in self.pictures:
            return None
        if capture.sha256 not in self.documents:
            return "earlier file, whose text is not known"
        return "document with numbers, or not wholly read" if capture.sha256 in self.unclear else None

    def shown(self, capture: Capture) -> dict[str, str | None]:
        """What of a capture the copy of the archive shows its own way: hidden, or masked."""
        query = "SELECT url, form, error, fetched_from FROM captures WHERE capture_key = ?"
        (row,) = self.archive.query(query, (capture.capture_key,))
        return dict(row)

    def _digests(self, query: str) -> set[str]:
        return {digest for (digest,) in self.archive.execute(query).fetchall() if digest}

    def _is_file(self, capture: Capture) -> bool:
        query = "SELECT 1 FROM captures WHERE capture_key = ? AND answer = 'file'"
        return self.archive.execute(query, (capture.capture_key,)).fetchone() is not None

    def _names_withheld(self, capture: Capture, body: bytes) -> bool:
        """Whether a page leads to an article that is withheld, or prints its title."""
        portal, root = PORTALS.get(capture.portal), parse(body, capture.header("Content-Type")).root
        if portal is None or root is None:
            return True  # nobody can tell
        base = absolute(capture.url, next(iter(root.xpath("//base/@href")), ""))
        links = (absolute(base, link) for link in root.xpath("//@href | //@src | //@action"))
        if any(article_key(portal, link) in self.withheld for link in links if link.startswith("http")):
            return True
        text = " ".join(" ".join(map(str, root.itertext())).split())
        return any(title in text for title in self._titles)

    @cached_property
    def _titles(self) -> set[str]:
        return set(_titles_of(self.captures, self.withheld))


def _titles_of(captures: Database, withheld: Collection[str]) -> Iterator[str]:
    """How withheld articles are called, as their pages say it."""
    cursor = captures.conn.cursor().execute(
        "SELECT capture_key, portal, url FROM captures WHERE status = 200 AND sha256 IS NOT NULL"
    )
    for key, name, url in cursor:
        portal = PORTALS.get(name)
        if portal is not None and article_key(portal, url) in withheld:
            yield from _title(captures, portal, capture_by_key(captures, key))


def _title(captures: Database, portal: Portal, capture: Capture) -> Iterator[str]:
    body = payload_by_digest(captures, capture.sha256 or "")
    article = read(body, portal, capture.url, capture.header("Content-Type")).article if body else None
    if article is not None and article.title:
        yield article.title


# Documents that print a number, or of which not everything is known that they print.
_UNCLEAR = """
SELECT sha256 FROM attachments WHERE text IS NULL OR is_cut_off OR coalesce(text_problems, '[]') != '[]'
  OR EXISTS (SELECT 1 FROM masked WHERE in_table = 'attachments' AND in_column = 'text'
             AND json(row_key) = json_array(article_key, position))
"""
