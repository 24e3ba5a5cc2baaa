"""Walks through lists, page by page: what each has reached, and whether it came to the end.

A list is left early only at a page whose every row was already reached by a *finished* walk. Rows that a walk reaches
count once it is finished; one that is cut short leaves the list open, and the next goes on to the end.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from archiver.store.ground.keys import digest_of_rows


@dataclass(frozen=True, slots=True)
class Reached:
    """What one page of a list adds to its walk."""

    all_known: bool  # every row was reached by a finished walk
    is_repeat: bool  # the same rows as on the page before: the portal shows its last page for any number


def open_walk(db: Database, list_key: str, portal: str, url: str, title: str | None, pages: int | None = None) -> None:
    """A list's first page is read: its walk begins. `pages` is how many there are, where that page says so."""
    db.execute(
        "INSERT INTO lists (list_key, portal, url, title, pages, is_walk_open, last_rows)"
        " VALUES (?, ?, ?, ?, ?, 1, NULL) ON CONFLICT (list_key) DO UPDATE SET title = excluded.title,"
        " pages = excluded.pages, is_walk_open = 1, last_rows = NULL",
        (list_key, portal, url, title, pages),
    )


def reach(db: Database, list_key: str, rows: list[str]) -> Reached:
    """Note the rows (request keys) of one page of a list."""
    known = db.execute(
        f"SELECT count(*) FROM list_reach WHERE list_key = ? AND is_finished AND request_key IN ({_marks(rows)})",
        (list_key, *rows),
    ).fetchone()[0]
    digest = digest_of_rows(rows)
    last = last_rows(db, list_key)
    db.execute("UPDATE lists SET last_rows = ? WHERE list_key = ?", (digest, list_key))
    db.conn.executemany(
        "INSERT OR IGNORE INTO list_reach (list_key, request_key, is_finished) VALUES (?, ?, 0)",
        [(list_key, row) for row in rows],
    )
    return Reached(known == len(set(rows)), last == digest)


def last_rows(db: Database, list_key: str) -> str | None:
    """The digest of the rows of the page that a walk reached last; null at its beginning."""
    row = db.execute("SELECT last_rows FROM lists WHERE list_key = ?", (list_key,)).fetchone()
    return row[0] if row else None


def leave_open(db: Database, list_key: str, rows: list[str]) -> None:
    """A list whose first page was looked at without a walk shows rows that no finished walk has reached.

    The next one must not take the page for unchanged since.
    """
    db.execute(
        "UPDATE lists SET is_walk_open = 1 WHERE list_key = ? AND (SELECT count(*) FROM list_reach"
        f" WHERE list_key = ? AND is_finished AND request_key IN ({_marks(rows)})) < ?",
        (list_key, list_key, *rows, len(set(rows))),
    )


def finish_walk(db: Database, list_key: str, now: str) -> None:
    """The walk came to the end, or to rows beyond which an earlier one had come to it."""
    db.execute("UPDATE list_reach SET is_finished = 1 WHERE list_key = ? AND NOT is_finished", (list_key,))
    db.execute(
        "UPDATE lists SET walked_to_end_at = ?, is_walk_open = 0, cut_short = NULL WHERE list_key = ?", (now, list_key)
    )


def cut_short(db: Database, list_key: str, why: str) -> None:
    """The walk did not come to the end, nor will it in this run; the next begins it anew."""
    db.execute("UPDATE lists SET cut_short = ? WHERE list_key = ?", (why, list_key))


def pages_of(db: Database, list_key: str) -> int | None:
    """How many pages a list said it has when its walk began; null where it did not say so."""
    row = db.execute("SELECT pages FROM lists WHERE list_key = ?", (list_key,)).fetchone()
    return row[0] if row else None


def is_list(db: Database, key: str) -> bool:
    """Whether a request is for the first page of a list that is known."""
    return db.execute("SELECT 1 FROM lists WHERE list_key = ?", (key,)).fetchone() is not None


def list_title(db: Database, list_key: str) -> str | None:
    """What a list that is known is called."""
    row = db.execute("SELECT title FROM lists WHERE list_key = ?", (list_key,)).fetchone()
    return row[0] if row else None


def is_walk_open(db: Database, list_key: str) -> bool:
    """Whether a list's latest walk was cut short; true for a list that is not known."""
    row = db.execute("SELECT is_walk_open FROM lists WHERE list_key = ?", (list_key,)).fetchone()
    return row is None or bool(row[0])


def _marks(values: list[str]) -> str:
    return ", ".join("?" * len(values))
