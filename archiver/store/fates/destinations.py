"""Where a redirect of an article's address led, by what was known of that place at the time.

What a page last showed holds until it is seen to show something else; what it shows long after proves nothing of then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from archiver.clock import moment, stamp
from archiver.portals import Portal
from archiver.store.fates.portal_checks import MOST_HOPS, NEAR
from archiver.store.ground.keys import request_key
from archiver.store.interpretation.confirming import LOOKS, SHOWN
from archiver.store.interpretation.list_looks import showed_own_rows

PlaceKind = Literal["home", "list", "article", "missing", "itself", "unknown"]

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


@dataclass(frozen=True, slots=True)
class _Known:
    """What a page answered, when, and where it sent to (the key of a request)."""

    answer: str
    leads_to: str | None = None
    at: str = ""


def destination(db: Database, portal: Portal, request: str, target: str | None, at: str) -> Place:
    """What stood behind a redirect at a time, by way of other redirects if need be.

    `request` and `target` are keys of requests; null leads away from the portal.
    """
    met = {request}
    for _ in range(MOST_HOPS):
        if target is None:
            return Place("unknown")
        if target == request_key(portal, "GET", portal.url):
            return Place("home")
        if target in met:
            return Place("itself")
        met.add(target)
        known = _known(db, target, at)
        if known.answer != "redirect":
            return _place(db, target, known)
        target = known.leads_to
    return Place("unknown")


def _place(db: Database, request: str, known: _Known) -> Place:
    """What stands at an address. A login or an error page with the newest articles beside it is no list."""
    if known.answer == "list" and not showed_own_rows(db, request, known.at):
        return Place("unknown")
    is_article = known.answer == "article"
    return Place(_ANSWERS.get(known.answer, "unknown"), _article_at(db, request) if is_article else "")


def _article_at(db: Database, request: str) -> str:
    """The article (key) at an address; "" for one that is withheld."""
    row = db.execute(
        "SELECT article_key FROM captures WHERE request_key = ? AND article_key IS NOT NULL LIMIT 1", (request,)
    ).fetchone()
    return row[0] if row else ""


def _known(db: Database, request: str, at: str) -> _Known:
    """What a page answered at a time: the first answer soon after it, else the last one before.

    A 304 says again what the page that it confirms did.
    """
    row = db.execute(
        f"""
        SELECT {SHOWN}, asked.redirects_to_key, asked.captured_at FROM {LOOKS}
        WHERE asked.request_key = :request AND asked.captured_at <= :soon
          AND asked.answer NOT IN ('no answer', 'error', 'refused')
        ORDER BY asked.captured_at >= :at DESC, CASE WHEN asked.captured_at >= :at THEN asked.captured_at END,
          asked.captured_at DESC, asked.capture_key DESC LIMIT 1
        """,
        {"request": request, "at": at, "soon": stamp(moment(at) + NEAR)},
    ).fetchone()
    return _Known(*row) if row else _Known("unknown")
