"""What a 304 says: that all is as it was seen last; or, by the version that it names, that an older page is back.

An older page that is back is told as if it had been sent again: an A after a B is a change, whichever way the portal
says so. What a 304 confirms is worth no more than the page itself was.
"""

from __future__ import annotations

from sqlite_utils import Database

from archiver.store.evidence.captures import Capture, confirmed_by, page_before, page_seen_before

LOOKS = "captures AS asked LEFT JOIN captures AS page ON page.capture_key = asked.confirms"
SHOWN = "CASE asked.answer WHEN 'unchanged' THEN coalesce(page.answer, asked.answer) ELSE asked.answer END"
"""Of the archive's captures (`asked`), what each showed: of a 304, what the page did that it confirms."""


def page_that_is_back(captures: Database, capture: Capture) -> Capture | None:
    """The page that a 304 brings back, other than the one that was seen last; null if it brings none."""
    if capture.status != 304:
        return None
    meant, seen = page_before(captures, capture), page_seen_before(captures, capture)
    return meant if meant is not None and seen is not None and meant.sha256 != seen.sha256 else None


def confirmed_answer(archive: Database, captures: Database, capture: Capture) -> str | None:
    """What a 304 confirms, where that was no page to be well with: a notice, another site; null for all others."""
    if capture.status != 304:
        return None
    row = archive.execute(
        "SELECT answer FROM captures WHERE capture_key = ? AND answer IN ('says missing', 'another site', 'other')",
        (confirmed_by(captures, capture),),
    ).fetchone()
    return row[0] if row else None


def confirms_article(archive: Database, captures: Database, capture: Capture) -> bool:
    """Whether a 304 says that the article is there as before: what it confirms must have shown it."""
    if capture.status != 304 or capture.method != "GET":
        return False
    row = archive.execute(
        "SELECT revision FROM captures WHERE capture_key = ?", (confirmed_by(captures, capture),)
    ).fetchone()
    return row is not None and row[0] is not None


def is_worth_confirming(archive: Database, page: Capture) -> bool:
    """Whether to ask if a page or file is still as it was: not of a firewall's, or a list where an article once stood.

    A 304 to that would confirm it for ever, and say nothing of what is there for others.
    """
    row = archive.execute(
        """
        SELECT answer IN ('article', 'file', 'feed', 'sitemap') OR (answer = 'list' AND NOT EXISTS (
          SELECT 1 FROM captures AS shown WHERE shown.request_key = captures.request_key AND revision IS NOT NULL))
        FROM captures WHERE capture_key = ?
        """,
        (page.capture_key,),
    ).fetchone()
    return row is not None and bool(row[0])
