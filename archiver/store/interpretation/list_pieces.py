"""Which list a piece belongs to that a script was given: the one whose first page tells what was posted for it.

A piece has no address of its own, and says nothing of its list. What was posted names it by a number that the list's
first page has in its script: `series` of the one is `continues` of the other. Of several first pages that tell it (a
list that moved) it is the one whose state began last before the piece, else the first after it, and the home page only
where there is no other such; so that it makes no difference in which order captures arrive.
"""

from __future__ import annotations

from sqlite_utils import Database

from archiver.items import Problem
from archiver.portals import Portal
from archiver.portals.addresses import canonical
from archiver.store.interpretation.problems import Subject, note_problems

NO_LIST = "no page is known of the list that it is a piece of"
_OF_LIST = ("list_url", "list_title", "list_kind", "heading")


def _begun(which: str, when: str, order: str) -> str:
    return (
        "(SELECT snapshot FROM list_snapshots WHERE portal = piece.portal AND series = piece.continues"
        f" AND list_kind {which} 'home' AND seen_from {when} piece.seen_from"
        f" ORDER BY seen_from {order}, list_url, box LIMIT 1)"
    )


_ORDER = [(which, *times) for times in (("<=", "DESC"), (">", "ASC")) for which in ("!=", "=")]
_FIRST_PAGE = f"coalesce({', '.join(_begun(*each) for each in _ORDER)})"


def join_piece(db: Database, snapshot: int) -> None:
    """Give a piece the address, name, kind and heading of its list, if one is known. Belongs into a transaction."""
    names = ", ".join(_OF_LIST)
    told = db.execute(
        f"SELECT {names} FROM list_snapshots WHERE snapshot = (SELECT {_FIRST_PAGE} FROM list_snapshots AS piece"
        " WHERE snapshot = ?)",
        (snapshot,),
    ).fetchone()
    if told is not None:
        changes = ", ".join(f"{name} = ?" for name in _OF_LIST)
        db.execute(f"UPDATE list_snapshots SET {changes}, list_key = NULL WHERE snapshot = ?", (*told, snapshot))


def loosen_pieces(db: Database, portal: str, series: str, seen_from: str) -> None:
    """A first page of a list is told: pieces that are seen after it, or before all such pages, may be of another now.

    They are brought to their list again when all is told. A page that comes in its turn finds none.
    """
    db.execute(
        "UPDATE list_snapshots SET list_url = NULL, list_title = NULL, list_kind = 'section', heading = NULL,"
        " list_key = NULL WHERE portal = :portal AND continues = :series AND list_url IS NOT NULL AND (seen_from > :at"
        " OR seen_from < (SELECT min(seen_from) FROM list_snapshots WHERE portal = :portal AND series = :series))",
        {"portal": portal, "series": series, "at": seen_from},
    )


def settle_pieces(db: Database, portal: Portal) -> None:
    """Bring pieces to their lists once all is told; that no list is known of one is a problem."""
    loose = "portal = ? AND continues IS NOT NULL AND list_url IS NULL"
    for (snapshot,) in db.execute(f"SELECT snapshot FROM list_snapshots WHERE {loose}", (portal.key,)).fetchall():
        join_piece(db, snapshot)
    lost = db.execute(
        "SELECT request_key, min(url), continues, max(seen_to) FROM list_snapshots JOIN captures USING (request_key)"
        " WHERE list_snapshots.portal = ? AND continues IS NOT NULL AND list_url IS NULL GROUP BY request_key",
        (portal.key,),
    ).fetchall()
    db.execute("DELETE FROM problems WHERE portal = ? AND reason = ?", (portal.key, NO_LIST))
    for request, url, series, at in lost:
        subject = Subject(portal.key, request, canonical(portal, url))
        note_problems(db, subject, [Problem("list", NO_LIST, series or None)], at)
