"""What happened to articles and portals, each with the capture that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sqlite_utils import Database

from archiver.store.fates.telling import Event

EventTable = Literal["article_events", "portal_events"]

_SUBJECTS: dict[EventTable, str] = {"article_events": "article_key", "portal_events": "portal"}


def write_events(db: Database, table: EventTable, key: str, events: Iterable[Event]) -> None:
    """Write down all that happened to an article or a portal, in the place of what was known of it."""
    subject = _SUBJECTS[table]
    db.execute(f"DELETE FROM {table} WHERE {subject} = ?", (key,))
    db.conn.executemany(
        f"INSERT INTO {table} ({subject}, at, event, capture_key, detail) VALUES (?, ?, ?, ?, ?)",
        [(key, each.at, each.event, each.capture_key, each.detail) for each in events],
    )
