"""The row of a portal in the archive, and those of the authorities for which it spoke."""

from __future__ import annotations

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store.databases.opening import writing
from archiver.store.interpretation.authorities import save_authorities


def save_portal(db: Database, portal: Portal) -> None:
    """The portal's own row, and for whom it spoke. How it stands is for settling to say."""
    values = {
        "portal": portal.key,
        "name": portal.name,
        "url": portal.url,
        "province": portal.province,
        "unit_type": portal.unit_type,
        "timezone": portal.timezone,
    }
    with writing(db):
        known = db.execute("SELECT web_status FROM portals WHERE portal = ?", (portal.key,)).fetchone()
        db.table("portals").upsert(values | {"web_status": known[0] if known else "up"}, pk="portal")
        save_authorities(db, portal)
