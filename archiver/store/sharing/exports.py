"""Captures in the form in which a file of them is written: each payload with the first capture that brought it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from archiver.portals import PORTALS, Portal
from archiver.store.evidence.answers import redirect_target
from archiver.store.evidence.captures import COLUMNS, Capture
from archiver.store.evidence.statuses import REDIRECTS
from archiver.store.evidence.subjects import requests_for
from archiver.store.ground.keys import article_key
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.interpretation.withheld_files import files_of_articles


@dataclass(frozen=True, slots=True)
class Original:
    """The capture that first brought a payload."""

    capture_key: str
    url: str
    captured_at: str
    size: int  # bytes of the payload


def captures_to_export(
    db: Database, portals: list[str], withheld: Collection[str] = ()
) -> Iterator[tuple[Capture, Original | None]]:
    """All captures of some portals in the order of their times; with each repeat, the capture whose payload it repeats.

    That is the first that brought it, of those with headers if there are any. Empty payloads, redirects and posted
    pages are none: they are short, or found by no address. Of articles (keys) that are `withheld`, nothing is handed
    out, nor what redirects to them.
    """
    marks = ", ".join("?" * len(portals))
    _note_requests(db, [PORTALS[name] for name in portals], withheld)
    db.execute("DROP TABLE IF EXISTS temp.originals")
    db.execute(
        "CREATE TEMP TABLE originals AS"
        " SELECT sha256, min((headers IS NULL) || captured_at || capture_key) AS first, capture_key, url,"
        f" captured_at, size FROM captures JOIN payloads USING (sha256) WHERE portal IN ({marks}) AND method = 'GET'"
        " AND status NOT BETWEEN 300 AND 399 AND size > 0 AND request_key NOT IN temp.left_out GROUP BY sha256",
        portals,
    )
    db.execute("CREATE UNIQUE INDEX temp.originals_by_payload ON originals (sha256)")
    columns = ", ".join(f"captures.{name}" for name in COLUMNS)
    cursor = db.conn.cursor().execute(
        f"SELECT {columns}, originals.capture_key, originals.url, originals.captured_at, originals.size"
        " FROM captures LEFT JOIN originals ON originals.sha256 = captures.sha256 AND captures.method = 'GET'"
        " AND captures.status NOT BETWEEN 300 AND 399 AND originals.capture_key != captures.capture_key"
        f" WHERE captures.portal IN ({marks}) AND captures.request_key NOT IN temp.left_out"
        " ORDER BY captures.captured_at, captures.capture_key",
        portals,
    )
    for row in cursor:
        capture, original = Capture(*row[: len(COLUMNS)]), row[len(COLUMNS) :]
        if not _leads_to(capture, withheld):
            yield capture, Original(*original) if original[0] else None


def _note_requests(db: Database, portals: list[Portal], withheld: Collection[str]) -> None:
    """Write down which requests ask for what is withheld: articles, and the pictures and documents that they show."""
    db.execute("DROP TABLE IF EXISTS temp.left_out")
    db.execute("CREATE TEMP TABLE left_out (request_key TEXT PRIMARY KEY)")
    requests: set[str] = set()
    for portal in portals if withheld else ():
        requests |= requests_for(db, portal, withheld)
        requests |= files_of_articles(db, portal, withheld, Reader(db, portal).page)
    db.conn.executemany("INSERT INTO temp.left_out (request_key) VALUES (?)", [(key,) for key in requests])


def _leads_to(capture: Capture, withheld: Collection[str]) -> bool:
    if not withheld or capture.status not in REDIRECTS:
        return False
    portal = PORTALS[capture.portal]
    return article_key(portal, redirect_target(portal, capture)) in withheld


def count_captures(db: Database, portals: list[str]) -> int:
    """How many captures some portals have."""
    marks = ", ".join("?" * len(portals))
    return int(db.execute(f"SELECT count(*) FROM captures WHERE portal IN ({marks})", portals).fetchone()[0])


def newest_capture(db: Database, portals: list[str]) -> str | None:
    """When the newest capture of some portals was made."""
    marks = ", ".join("?" * len(portals))
    row = db.execute(f"SELECT max(captured_at) FROM captures WHERE portal IN ({marks})", portals).fetchone()
    return str(row[0]) if row[0] else None
