"""Where the redirects of a run lead: a portal that sends all that is asked for to a login shows nothing of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.portals.addresses import robots_url
from archiver.store.evidence.withholding import HIDDEN
from archiver.store.fates.destinations import destination
from archiver.store.fates.portal_checks import MOST_HOPS
from archiver.store.ground.keys import request_key
from archiver.store.interpretation.confirming import LOOKS, SHOWN


@dataclass(frozen=True, slots=True)
class PageAsked:
    """The last answer in a run to a request for a page."""

    request_key: str
    at: str
    shown: str  # an answer; of a 304, what it confirms
    status: int | None
    redirects_to: str | None  # an address
    redirects_to_key: str | None  # of the request, where that is on the portal


def pages_asked(archive: Database, portal: Portal, crawl_key: str) -> dict[str, PageAsked]:
    """What a run asked for but files and robots.txt, by the keys of the requests, and what was answered at last.

    Articles that are gone are left out: where they lead is known.
    """
    rows = archive.execute(
        f"""
        SELECT asked.request_key, asked.captured_at, {SHOWN}, asked.status, asked.redirects_to, asked.redirects_to_key
        FROM {LOOKS} WHERE asked.crawl_key = ? AND asked.request_key != ? AND asked.request_key NOT IN (
          SELECT request_key FROM images WHERE request_key IS NOT NULL
          UNION ALL SELECT request_key FROM attachments WHERE request_key IS NOT NULL
          UNION ALL SELECT request_key FROM captures JOIN articles USING (article_key) WHERE web_status = 'gone')
        ORDER BY asked.captured_at, asked.capture_key
        """,
        (crawl_key, request_key(portal, "GET", robots_url(portal))),
    ).fetchall()
    return {row[0]: PageAsked(*row) for row in rows}


def sent_to_one_place(archive: Database, portal: Portal, asked: dict[str, PageAsked]) -> int:
    """How many requests of a run were sent to the place to which most were.

    An address that moved leads to an article, or to itself by another name; a list that moved, to a list of its own.
    A login is one place, whatever it is told to lead back to.
    """
    sent = (page for page in asked.values() if page.shown == "redirect")
    return max(Counter(place for page in sent if (place := _place(archive, portal, asked, page))).values(), default=0)


def rows_sent_away(archive: Database, portal: Portal, asked: dict[str, PageAsked], rows: set[str]) -> Iterator[str]:
    """The rows of lists (request keys) that never were an article, and led to none where they were sent.

    What was not asked for, as on another site, may be one.
    """
    for page in asked.values():
        if page.request_key in rows and page.shown == "redirect" and not _was_article(archive, page.request_key):
            kind = destination(archive, portal, page.request_key, page.redirects_to_key, page.at).kind
            if kind not in ("article", "itself") and _was_asked(archive, page.redirects_to_key):
                yield page.request_key


def _place(archive: Database, portal: Portal, asked: dict[str, PageAsked], page: PageAsked) -> str | None:
    """The address, without parameters, at which the redirects end; null where that is no news."""
    kind = destination(archive, portal, page.request_key, page.redirects_to_key, page.at).kind
    last = page
    for _ in range(MOST_HOPS):
        following = asked.get(last.redirects_to_key or "")
        if following is None or following.shown != "redirect":
            break
        last = following
    if kind in ("article", "itself") or last.redirects_to in (None, HIDDEN):
        return None
    return last.redirects_to_key if kind == "list" else str(last.redirects_to).partition("?")[0].lower()


def _was_article(archive: Database, request: str) -> bool:
    query = "SELECT 1 FROM captures WHERE request_key = ? AND article_key IS NOT NULL LIMIT 1"
    return archive.execute(query, (request,)).fetchone() is not None


def _was_asked(archive: Database, request: str | None) -> bool:
    query = "SELECT 1 FROM captures WHERE request_key = ? LIMIT 1"
    return archive.execute(query, (request,)).fetchone() is not None
