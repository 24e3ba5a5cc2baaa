"""Which list a piece belongs to that a script was given: the one whose first page tells what was posted for it.

A piece has no address of its own, and says nothing of its list. What was posted names it by a number that the list's
first page has in its script: `series` of the one is `continues` of the other. Of several first pages that tell it (a
list that moved, one that the home page shows too) it is the one that was seen last before the piece, else the first
after it, and the home page only where there is no other; so that it makes no difference in which order captures arrive.
"""

from __future__ import annotations

from sqlite_utils import Database

from archiver.items import Problem
from archiver.portals import Portal
from archiver.portals.addresses import canonical
from archiver.store.interpretation.problems import Subject, note_problems

NO_LIST = "no page is known of the list that it is a piece of"
_OF_LIST = ("list_url", "list_title", "list_kind", "heading")


def join_pieces(db: Database, portal: str, snapshot: int | None = None) -> None:
    """Give pieces, or one alone, the address, name, kind and heading of their lists. Belongs into a transaction."""
    alone = "" if snapshot is None else "AND piece.snapshot = :one"
    rows = db.execute(
        f"""
        SELECT piece.snapshot, {", ".join(f"piece.{name}" for name in _OF_LIST)},
          {", ".join(f"first.{name}" for name in _OF_LIST)}
        FROM list_snapshots AS piece LEFT JOIN list_snapshots AS first ON first.snapshot = coalesce(
          ({_first_page("seen_from <= piece.seen_from", "looked_at DESC, seen_from DESC")}),
          ({_first_page("seen_from > piece.seen_from", "seen_from")}))
        WHERE piece.portal = :portal AND piece.continues IS NOT NULL {alone}
        """,
        {"portal": portal, "one": snapshot},
    ).fetchall()
    count = len(_OF_LIST)
    for piece, *values in rows:
        now, told = values[:count], values[count:]
        right = told if told[0] is not None else [None, None, "section", None]
        if now != right:
            db.execute(
                f"UPDATE list_snapshots SET {', '.join(f'{name} = ?' for name in _OF_LIST)}, list_key = NULL"
                " WHERE snapshot = ?",
                (*right, piece),
            )


def settle_pieces(db: Database, portal: Portal) -> None:
    """Bring pieces to their lists once all is told; that no list is known of one is a problem."""
    join_pieces(db, portal.key)
    lost = db.execute(
        "SELECT request_key, min(url), continues, max(seen_to) FROM list_snapshots JOIN captures USING (request_key)"
        " WHERE list_snapshots.portal = ? AND continues IS NOT NULL AND list_url IS NULL GROUP BY request_key",
        (portal.key,),
    ).fetchall()
    db.execute("DELETE FROM problems WHERE portal = ? AND reason = ?", (portal.key, NO_LIST))
    for request, url, series, at in lost:
        subject = Subject(portal.key, request, canonical(portal, url))
        note_problems(db, subject, [Problem("list", NO_LIST, series or None)], at)


def _first_page(when: str, order: str) -> str:
    return (
        "SELECT snapshot FROM (SELECT *, min(seen_to, piece.seen_from) AS looked_at FROM list_snapshots"
        f" WHERE portal = piece.portal AND series = piece.continues AND {when})"
        f" ORDER BY list_kind = 'home', {order}, list_url, box LIMIT 1"
    )
