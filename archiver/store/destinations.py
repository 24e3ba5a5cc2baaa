"""Where a redirect of an article's address led, by what was known of that place at the time.

What a page last showed holds until it is seen to show something else; what it shows long after proves nothing of then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from archiver.clock import moment, stamp
from archiver.portals import Portal
from archiver.portals.addresses import canonical, is_on
from archiver.store.confirming import LOOKS, SHOWN
from archiver.store.keys import article_key, request_key
from archiver.store.portal_checks import NEAR

PlaceKind = Literal["home", "list", "article", "missing", "itself", "unknown"]

_MOST_HOPS = 5
_ANSWERS: dict[str, PlaceKind] = {
    "article": "article",
    "list": "list",
    "missing": "missing",
    "says missing": "missing",
}


@dataclass(frozen=True, slots=True)
class Place:
    """What stands where a redirect leads; of an article, which one."""

    kind: PlaceKind
    article_key: str = ""


def destination(db: Database, portal: Portal, request: str, target: str, at: str) -> Place:
    """What stood behind a redirect (of a request, by its key) at a time, by way of other redirects if need be."""
    met = {request}
    for _ in range(_MOST_HOPS):
        if not is_on(portal, target):
            return Place("unknown")
        if canonical(portal, target) == canonical(portal, portal.url):
            return Place("home")
        key = request_key(portal, "GET", target)
        if key in met:
            return Place("itself")
        met.add(key)
        answer, leads_to = _known(db, key, at)
        if answer != "redirect":
            return Place(_ANSWERS.get(answer, "unknown"), article_key(portal, target) if answer == "article" else "")
        target = leads_to
    return Place("unknown")


def _known(db: Database, request: str, at: str) -> tuple[str, str]:
    """What a page answered at a time: the first answer soon after it, else the last one before; and where it sent to.

    A 304 says again what the page that it confirms did.
    """
    row = db.execute(
        f"""
        SELECT {SHOWN}, asked.redirects_to FROM {LOOKS}
        WHERE asked.request_key = :request AND asked.captured_at <= :soon
          AND asked.answer NOT IN ('no answer', 'error', 'refused')
        ORDER BY asked.captured_at >= :at DESC, CASE WHEN asked.captured_at >= :at THEN asked.captured_at END,
          asked.captured_at DESC, asked.capture_key DESC LIMIT 1
        """,
        {"request": request, "at": at, "soon": stamp(moment(at) + NEAR)},
    ).fetchone()
    return (row[0], row[1] or "") if row else ("unknown", "")
