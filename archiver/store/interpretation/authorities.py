"""For whom a portal spoke, as the portal's value says: who published an article hangs on its day."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from archiver.portals import Authority, Portal


def save_authorities(db: Database, portal: Portal) -> None:
    """The authorities of a portal, their successors, and when it spoke for each. Belongs into a transaction."""
    authorities = {each.key: each for tenure in portal.tenures for each in _with_successors(tenure.authority)}
    latest_first = reversed(authorities.values())  # a successor is there before it is named
    db.table("authorities").upsert_all([_as_row(each) for each in latest_first], pk="authority")
    db.execute("DELETE FROM portal_authorities WHERE portal = ?", (portal.key,))
    db.table("portal_authorities").insert_all(
        {
            "portal": portal.key,
            "authority": tenure.authority.key,
            "valid_from": tenure.valid_from,
            "valid_to": tenure.valid_to,
            "proven_by": tenure.source,
        }
        for tenure in portal.tenures
    )


def _with_successors(authority: Authority | None) -> Iterator[Authority]:
    while authority is not None:
        yield authority
        authority = authority.successor


def _as_row(authority: Authority) -> dict[str, str | None]:
    return {
        "authority": authority.key,
        "name": authority.name,
        "unit_type": authority.unit_type,
        "code": authority.code,
        "province": authority.province,
        "valid_from": authority.valid_from,
        "valid_to": authority.valid_to,
        "successor": authority.successor.key if authority.successor else None,
        "proven_by": authority.source,
    }
