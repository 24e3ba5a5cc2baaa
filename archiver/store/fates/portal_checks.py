"""How well a portal itself was each time it was asked: by its home page, and by its robots.txt where that failed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from sqlite_utils import Database

from archiver.clock import local_day, moment, stamp
from archiver.portals import Portal
from archiver.portals.addresses import robots_url
from archiver.store.fates.telling import PortalCheck, PortalFound
from archiver.store.ground.keys import request_key
from archiver.store.interpretation.confirming import LOOKS

_FEWEST_LINKS = 10  # a home page without dated rows that has fewer is a notice, or a firewall's page
NEAR = timedelta(days=1)
"""For so long a look at a page vouches for what is asked after it."""
MOST_HOPS = 5
"""Redirects in a row that are looked through, to where they lead."""


@dataclass(frozen=True, slots=True)
class HomeLook:
    """One answer of a portal's home page, or of what stands for it."""

    crawl_key: str
    at: str
    capture_key: str
    found: PortalFound
    reason: str = ""


class Health:
    """Whether a portal was well at a moment."""

    def __init__(self, looks: list[HomeLook]) -> None:
        self.looks = looks
        self.times = [look.at for look in looks]

    def is_well(self, at: str) -> bool:
        """Whether the last look at the home page before a moment, not long ago, found it well."""
        place = bisect_right(self.times, at)
        if not place:
            return False
        look = self.looks[place - 1]
        return look.found == "well" and moment(at) - moment(look.at) <= NEAR


def home_looks(db: Database, portal: Portal) -> list[HomeLook]:
    """Every look at a portal's home page, in the order of their times."""
    looks = []
    for crawl, at, key, answer, status, error, links, *target in _captures_of(db, portal, portal.url):
        found, reason = _found(db, portal, at, answer, links, target)
        if found is not None:
            looks.append(HomeLook(crawl, at, key, found, reason or _complaint(status, error)))
    return looks


def portal_checks(db: Database, portal: Portal, looks: list[HomeLook]) -> list[PortalCheck]:
    """One check for each day on which the portal was looked at: the best look, or that robots.txt kept us from it.

    Days, not runs: captures that are imported together are those of many.
    """
    refused = [
        HomeLook(crawl, at, key, "no answer", _complaint(status, error))
        for crawl, at, key, answer, status, error, *_ in _captures_of(db, portal, robots_url(portal))
        if answer in ("error", "no answer")
    ]
    in_order = sorted([*looks, *refused], key=lambda look: (look.at, look.capture_key))
    return [_best(list(group)) for _, group in groupby(in_order, key=lambda look: local_day(look.at))]


def _captures_of(db: Database, portal: Portal, url: str) -> list[tuple]:  # type: ignore[type-arg]
    return db.execute(
        "SELECT asked.crawl_key, asked.captured_at, asked.capture_key, asked.answer, asked.status, asked.error,"
        f" coalesce(asked.links, page.links), asked.redirects_to, asked.redirects_to_key FROM {LOOKS}"
        " WHERE asked.request_key = ? ORDER BY asked.captured_at, asked.capture_key",
        (request_key(portal, "GET", url),),
    ).fetchall()


def _found(
    db: Database, portal: Portal, at: str, answer: str, links: int | None, target: list[str], hops: int = MOST_HOPS
) -> tuple[PortalFound | None, str]:
    """What an answer of the home page means; null where the page that it sends to has yet to tell.

    `target` is where it sends: the address as it is shown, and the key of the request, if it is the portal's.
    """
    if answer == "redirect" and target[0]:
        return _found_behind(db, portal, at, target, hops)
    if answer in ("error", "no answer", "missing"):
        return "no answer", ""
    if answer in ("unchanged", "list", "article"):
        return "well", ""
    if answer in ("refused", "redirect", "says missing") or (links or 0) < _FEWEST_LINKS:
        return "refused", "" if links is None else "a page of next to no links"
    return ("another site", "the page does not name the place") if answer == "another site" else ("well", "")


def _found_behind(
    db: Database, portal: Portal, at: str, target: list[str], hops: int
) -> tuple[PortalFound | None, str]:
    """What stands behind a redirect of the home page: another site, or the portal's own page, if that was asked for.

    It must have been asked for soon after: what stands there much later tells nothing of that time.
    """
    shown, request = target
    if request is None:
        return "another site", f"redirects to {shown}"
    if request == request_key(portal, "GET", portal.url) or not hops:
        return None, ""
    row = db.execute(
        "SELECT asked.captured_at, asked.answer, coalesce(asked.links, page.links), asked.redirects_to,"
        f" asked.redirects_to_key FROM {LOOKS} WHERE asked.request_key = ?"
        " AND asked.captured_at BETWEEN ? AND ? ORDER BY asked.captured_at, asked.capture_key LIMIT 1",
        (request, at, stamp(moment(at) + NEAR)),
    ).fetchone()
    if row is None:
        return None, ""
    later, answer, links, *leads_to = row
    return _found(db, portal, later, answer, links, leads_to, hops - 1)


def _best(looks: list[HomeLook]) -> PortalCheck:
    order: dict[PortalFound, int] = {"well": 0, "another site": 1, "refused": 2, "no answer": 3}
    best = min(looks, key=lambda look: (order[look.found], look.at))
    return PortalCheck(best.at, best.capture_key, best.found, best.reason)


def _complaint(status: int | None, error: str | None) -> str:
    return (error or "").partition(":")[0] if status is None else f"HTTP {status}" if status != 200 else ""
