"""Redirects within a portal: followed by the frontier, each answer kept, and ended where they have no end."""

from __future__ import annotations

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.portals.addresses import is_trap
from archiver.store.evidence.answers import redirect_target
from archiver.store.evidence.captures import Capture, latest_capture
from archiver.store.evidence.frontier import TOO_OFTEN, Found, Frontier, Role, Wanted
from archiver.store.evidence.statuses import REDIRECTS
from archiver.store.ground.keys import request_key

MOST_HOPS = 5
_DEEPEST = 5  # addresses in a row that are neither article nor list, redirects among them


def redirected(wanted: Wanted, target: str, *, again: bool) -> Found:
    """The page to which a request is sent: it plays the part that the request had, one step farther."""
    role: Role = "navigation" if wanted.role in ("posted page", "list") else wanted.role
    depth = wanted.depth + 1
    refusal = TOO_OFTEN if depth > _DEEPEST or is_trap(target) else None
    return Found(target, role, depth, wanted.list_key, wanted.page, again=again, refusal=refusal)


def circle_of_redirects(db: Database, frontier: Frontier, portal: Portal, capture: Capture) -> set[str]:
    """The requests that a redirect comes back to, by their keys; empty if it leads on.

    What one that waits answered in an earlier run says nothing: it is about to be asked again.
    """
    met = {capture.request_key}
    latest: Capture | None = capture
    while latest is not None and latest.status in REDIRECTS:
        key = request_key(portal, "GET", redirect_target(portal, latest))
        if key in met:
            return met
        if frontier.is_waiting(key):
            break
        met.add(key)
        latest = latest_capture(db, key)
    return set()
