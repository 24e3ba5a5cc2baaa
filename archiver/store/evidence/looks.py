"""Looks at what is new while a long run goes on: the home page and the first pages of lists, before all that waits.

A look is no walk. It adds what a first page shows to what is to be asked for, and says nothing of what the list's walk
has reached: rows that are new are new to the next walk as well, which finds whatever the look did not show.
"""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from archiver.clock import moment
from archiver.portals import Portal
from archiver.store.evidence.frontier import RANKS
from archiver.store.ground.keys import request_key


def last_looked(db: Database, portal: Portal) -> datetime | None:
    """When the home page was asked for last, as it is before the lists; null if never."""
    key = request_key(portal, "GET", portal.url)
    row = db.execute("SELECT max(captured_at) FROM captures WHERE request_key = ?", (key,)).fetchone()
    return moment(row[0]) if row[0] else None


def queue_looks(db: Database, portal: Portal) -> dict[str, bool]:
    """Ask for first pages once more. Returns their keys, and of each whether a walk was to begin there in its turn.

    What goes first anyway, or is being retried, is left alone. Belongs into a transaction.
    """
    home = request_key(portal, "GET", portal.url)
    known = db.execute(
        "SELECT request_key, state FROM frontier WHERE portal = ? AND (request_key = ? OR request_key IN"
        " (SELECT list_key FROM lists WHERE portal = ?))"
        " AND (state = 'done' OR (state = 'waiting' AND attempts = 0 AND rank > ?))",
        (portal.key, home, portal.key, RANKS["list"]),
    ).fetchall()
    db.conn.executemany(
        "UPDATE frontier SET state = 'waiting', due = NULL, attempts = 0, rank = ? WHERE request_key = ?",
        [(RANKS["home" if key == home else "list"], key) for key, _ in known],
    )
    return {key: state == "waiting" for key, state in known}


def is_under_way(db: Database, portal: str, list_key: str) -> bool:
    """Whether a later page of a list waits: its walk is somewhere in the midst."""
    row = db.execute(
        "SELECT 1 FROM frontier WHERE portal = ? AND state = 'waiting' AND rank IN (?, ?) AND list_key = ?"
        " AND request_key != list_key LIMIT 1",
        (portal, RANKS["page"], RANKS["posted page"], list_key),
    ).fetchone()
    return row is not None
