"""Portals that died, or came back: told anew from all looks at their home pages whenever a run is over."""

from __future__ import annotations

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store.fates.events import write_events
from archiver.store.fates.telling import Patience, PortalCheck, portal_fate

_DEAD = frozenset(("closed", "replaced"))


def settle_portal(db: Database, portal: Portal, checks: list[PortalCheck]) -> None:
    """Say of a portal how it stands, and what happened when. Belongs into a transaction, after its articles.

    The articles of a dead portal are out of reach; that is no word of theirs, so that they are never gone by it.
    """
    fate = portal_fate(checks, Patience(portal.gone_after_checks, portal.gone_after_days))
    db.execute("UPDATE portals SET web_status = ? WHERE portal = ?", (fate.status, portal.key))
    write_events(db, "portal_events", portal.key, fate.events)
    if fate.status in _DEAD:
        db.execute(
            "UPDATE articles SET web_status = 'unreachable' WHERE portal = ? AND web_status IN ('live', 'suspect')",
            (portal.key,),
        )
