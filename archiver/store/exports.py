"""Captures in the form in which a file of them is written: each payload with the first capture that brought it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from archiver.store.captures import COLUMNS, Capture


@dataclass(frozen=True, slots=True)
class Original:
    """The capture that first brought a payload."""

    capture_key: str
    url: str
    captured_at: str
    size: int  # bytes of the payload


def captures_to_export(db: Database, portals: list[str]) -> Iterator[tuple[Capture, Original | None]]:
    """All captures of some portals in the order of their times; with each repeat, the capture whose payload it repeats.

    Empty payloads, redirects and posted pages are none: they are short, or found by no address.
    """
    marks = ", ".join("?" * len(portals))
    db.execute("DROP TABLE IF EXISTS temp.originals")
    db.execute(
        "CREATE TEMP TABLE originals AS SELECT sha256, min(captured_at || capture_key) AS first, capture_key, url,"
        f" captured_at, size FROM captures JOIN payloads USING (sha256) WHERE portal IN ({marks}) AND method = 'GET'"
        " AND status NOT BETWEEN 300 AND 399 AND size > 0 GROUP BY sha256",
        portals,
    )
    db.execute("CREATE UNIQUE INDEX temp.originals_by_payload ON originals (sha256)")
    columns = ", ".join(f"captures.{name}" for name in COLUMNS)
    cursor = db.conn.cursor().execute(
        f"SELECT {columns}, originals.capture_key, originals.url, originals.captured_at, originals.size"
        " FROM captures LEFT JOIN originals ON originals.sha256 = captures.sha256 AND captures.method = 'GET'"
        " AND captures.status NOT BETWEEN 300 AND 399 AND originals.capture_key != captures.capture_key"
        f" WHERE captures.portal IN ({marks}) ORDER BY captures.captured_at, captures.capture_key",
        portals,
    )
    for row in cursor:
        original = row[len(COLUMNS) :]
        yield Capture(*row[: len(COLUMNS)]), Original(*original) if original[0] else None


def count_captures(db: Database, portals: list[str]) -> int:
    """How many captures some portals have."""
    marks = ", ".join("?" * len(portals))
    return int(db.execute(f"SELECT count(*) FROM captures WHERE portal IN ({marks})", portals).fetchone()[0])


def newest_capture(db: Database, portals: list[str]) -> str | None:
    """When the newest capture of some portals was made."""
    marks = ", ".join("?" * len(portals))
    row = db.execute(f"SELECT max(captured_at) FROM captures WHERE portal IN ({marks})", portals).fetchone()
    return str(row[0]) if row[0] else None
