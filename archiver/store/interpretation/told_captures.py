"""Which captures the archive was told, and whether one comes late: behind others of its request that were."""

from __future__ import annotations

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store.evidence.captures import Capture, captures_of, lends_content_type

_KEYS_AT_ONCE = 500  # that are looked up in the archive


def unread_captures(archive: Database, captures: Database, portal: Portal) -> list[str]:
    """The keys of captures that the archive does not hold, in the order of their times."""
    kept = captures.conn.cursor().execute(
        "SELECT capture_key FROM captures WHERE portal = ? ORDER BY captured_at, capture_key", (portal.key,)
    )
    unread: list[str] = []
    while keys := [key for (key,) in kept.fetchmany(_KEYS_AT_ONCE)]:
        marks = ", ".join("?" * len(keys))
        known = set(archive.execute(f"SELECT capture_key FROM captures WHERE capture_key IN ({marks})", keys))
        unread += [key for key in keys if (key,) not in known]
    return unread


def captures_told(archive: Database, captures: Database, request: str) -> list[Capture]:
    """The captures of a request that the archive was told."""
    known = known_of(archive, request)
    return [capture for capture in captures_of(captures, request) if capture.capture_key in known]


def known_of(archive: Database, request: str) -> set[str]:
    """The keys of the captures of a request that the archive was told."""
    rows = archive.execute("SELECT capture_key FROM captures WHERE request_key = ?", (request,))
    return {key for (key,) in rows.fetchall()}


def is_known(archive: Database, capture: Capture) -> bool:
    """Whether the archive was told a capture."""
    row = archive.execute("SELECT 1 FROM captures WHERE capture_key = ?", (capture.capture_key,)).fetchone()
    return row is not None


def comes_late(archive: Database, captures: Database, capture: Capture) -> bool:
    """Whether anything newer was told of the same request. So is a capture that says of an older one what it is."""
    row = archive.execute(
        "SELECT 1 FROM captures WHERE request_key = ? AND (captured_at, capture_key) > (?, ?) LIMIT 1",
        (capture.request_key, capture.captured_at, capture.capture_key),
    ).fetchone()
    return row is not None or lends_content_type(captures, capture)
