"""The evidence: what a portal answered to each request, kept before it is read and never changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace

import zstandard
from sqlite_utils import Database

from archiver.portals.addresses import COOKIE_TEST
from archiver.store.databases.opening import insert
from archiver.store.evidence.statuses import SHOWING, in_sql
from archiver.store.ground.keys import capture_key, sha256

_LEVEL = 3  # of zstd: beyond it, a tenth of the bytes costs three times the work
_COMPRESSOR = zstandard.ZstdCompressor(level=_LEVEL)


@dataclass(frozen=True, slots=True)
class Capture:
    """One request and its outcome: a status with headers and payload, or an error."""

    capture_key: str
    crawl_key: str
    portal: str
    source: str  # crawl, warc, wayback, wayback index
    method: str
    url: str  # on the portal, as requested
    form: str | None  # JSON, without the page's state
    request_key: str
    captured_at: str
    status: int | None
    error: str | None
    headers: str | None  # JSON: [[name, value], …] as received
    etag: str | None
    last_modified: str | None
    sha256: str | None  # of the payload, content-encoding removed
    confirms: str | None  # the capture that a 304 or an equal payload confirms, as far as was known when it was kept
    fetched_from: str | None  # where the connection went, if not to the portal
    tls_verified: bool | None = None  # null without TLS, without an answer, and where nobody noted it

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its letter case."""
        pairs = json.loads(self.headers) if self.headers else []
        return next((value for key, value in pairs if key.lower() == name.lower()), None)


MASKED = "X-Archive-Masked"
"""A header that says of a page in a published copy: these are not the bytes that the portal sent."""

COLUMNS = tuple(field.name for field in fields(Capture))
_COLUMNS = ", ".join(COLUMNS)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request, before it is named and kept."""

    status: int | None
    error: str | None
    headers: tuple[tuple[str, str], ...]
    body: bytes | None

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its letter case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def body_to_keep(status: int, body: bytes) -> bytes | None:
    """A body as it is kept: none where nothing came, but for a page, of which emptiness is an answer."""
    return body if body or status == 200 else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: enough to name the capture of its answer."""

    portal: str
    crawl_key: str
    method: str
    url: str
    form: str | None
    request_key: str
    fetched_from: str | None
    source: str = "crawl"
    tls_verified: bool | None = None


def save_capture(db: Database, asked: Asked, answer: Answer, captured_at: str) -> Capture:
    """Keep an answer, its payload once. Belongs into a transaction together with what the frontier makes of it."""
    capture = capture_of(asked, answer, captured_at)
    capture = replace(capture, confirms=confirmed_by(db, capture))
    if capture.sha256 is not None and answer.body is not None:
        save_payload(db, capture.sha256, answer.body, answer.header("Content-Type"))
    insert(db, "captures", asdict(capture))
    return capture


def save_if_new(db: Database, asked: Asked, answer: Answer, captured_at: str) -> bool:
    """Keep an answer that may be here already; returns whether it was new. Belongs into a transaction."""
    key = capture_of(asked, answer, captured_at).capture_key
    if db.execute("SELECT 1 FROM captures WHERE capture_key = ?", (key,)).fetchone():
        return False
    save_capture(db, asked, answer, captured_at)
    return True


def capture_of(asked: Asked, answer: Answer, captured_at: str) -> Capture:
    """What an answer is kept as, but for what it confirms."""
    payload = sha256(answer.body) if answer.body is not None else None
    return Capture(
        capture_key(asked.portal, asked.request_key, captured_at, answer.status, payload),
        asked.crawl_key,
        asked.portal,
        asked.source,
        asked.method,
        asked.url,
        asked.form,
        asked.request_key,
        captured_at,
        answer.status,
        answer.error,
        json.dumps(answer.headers, ensure_ascii=False) if answer.headers else None,
        answer.header("ETag"),
        answer.header("Last-Modified"),
        payload,
        None,
        asked.fetched_from,
        asked.tls_verified,
    )


def body_of(db: Database, capture: Capture) -> bytes | None:
    """The payload that a capture shows."""
    shown = page_shown(db, capture)
    return payload_by_digest(db, shown.sha256) if shown is not None and shown.sha256 is not None else None


def payload_by_digest(db: Database, digest: str) -> bytes | None:
    """A payload by its SHA-256 in hexadecimal; null for one that is not here."""
    row = db.execute("SELECT zstd FROM payloads WHERE sha256 = ?", (digest,)).fetchone()
    # A decompressor of its own, for 20 µs: the site asks from several threads, and one must not be shared by them.
    return zstandard.ZstdDecompressor().decompress(row[0]) if row else None


def capture_by_key(db: Database, key: str) -> Capture:
    """A capture that is known to be there."""
    return Capture(*db.execute(f"SELECT {_COLUMNS} FROM captures WHERE capture_key = ?", (key,)).fetchone())


def latest_crawled_page(db: Database, request: str) -> Capture | None:
    """The newest answer to a request that was a page and came by a crawl: where that leads, the frontier knows.

    What was imported is newer at times, but nobody followed it: asking only whether *that* has changed would lose it.
    """
    row = db.execute(
        f"SELECT {_COLUMNS} FROM captures WHERE request_key = ? AND status = 200 AND source = 'crawl'"
        " ORDER BY captured_at DESC, capture_key DESC LIMIT 1",
        (request,),
    ).fetchone()
    return Capture(*row) if row else None


def page_shown(db: Database, capture: Capture) -> Capture | None:
    """The capture that brought what one shows: itself; of a 304, the page that it confirms, null if there is none."""
    return page_before(db, capture) if capture.status == 304 else capture


def page_before(db: Database, capture: Capture) -> Capture | None:
    """The newest page that answered the same request before a capture; of a 304, the one that it means.

    That is the one with its ETag, if there is one. A 304 that names none says that all is as it was seen last.
    """
    etag = capture.etag or _etag_before(db, capture) if capture.status == 304 else None
    row = db.execute(
        f"SELECT {_COLUMNS} FROM captures WHERE request_key = ? AND status = 200"
        " AND (captured_at, capture_key) < (?, ?)"
        " ORDER BY coalesce(etag = ?, 0) DESC, captured_at DESC, capture_key DESC LIMIT 1",
        (capture.request_key, capture.captured_at, capture.capture_key, etag),
    ).fetchone()
    return Capture(*row) if row else None


def page_seen_before(db: Database, capture: Capture) -> Capture | None:
    """The page that was seen last before a capture, be it sent or confirmed by a 304."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM captures WHERE request_key = ? AND status IN {in_sql(SHOWING)}"
        " AND (captured_at, capture_key) < (?, ?) ORDER BY captured_at DESC, capture_key DESC LIMIT 1",
        (capture.request_key, capture.captured_at, capture.capture_key),
    ).fetchone()
    return page_shown(db, Capture(*row)) if row else None


def _etag_before(db: Database, capture: Capture) -> str | None:
    """The version that was seen last before a capture; null if the page was sent without one."""
    row = db.execute(
        "SELECT etag FROM captures WHERE request_key = ? AND (status = 200 OR (status = 304 AND etag IS NOT NULL))"
        " AND (captured_at, capture_key) < (?, ?) ORDER BY captured_at DESC, capture_key DESC LIMIT 1",
        (capture.request_key, capture.captured_at, capture.capture_key),
    ).fetchone()
    return row[0] if row else None


def confirmed_by(db: Database, capture: Capture) -> str | None:
    """The capture that a 304 or an equal payload confirms: the page before it in time, whatever came here first.

    The column `confirms` of the evidence says what was known of when a capture was kept. One that is imported later
    may stand between the two; whoever wants to know what holds now asks here.
    """
    if capture.status not in SHOWING:
        return None
    before = page_before(db, capture)
    is_other = before is not None and capture.status == 200 and before.sha256 != capture.sha256
    return None if before is None or is_other else before.capture_key


def is_captured_at(db: Database, request: str, captured_at: str) -> bool:
    """Whether there is a capture of a request within the second of a moment: indexes know no parts of seconds."""
    row = db.execute(
        "SELECT 1 FROM captures WHERE request_key = ? AND captured_at BETWEEN ? AND ?",
        (request, f"{captured_at[:19]}.000000Z", f"{captured_at[:19]}.999999Z"),
    )
    return row.fetchone() is not None


def payload_shown_at(db: Database, request: str, captured_at: str) -> str | None:
    """The payload (SHA-256) of a page as it was captured last until the end of a moment's second; null if never."""
    row = db.execute(
        "SELECT sha256 FROM captures WHERE request_key = ? AND status = 200 AND captured_at <= ?"
        " ORDER BY captured_at DESC, capture_key DESC LIMIT 1",
        (request, f"{captured_at[:19]}.999999Z"),
    ).fetchone()
    return row[0] if row else None


def content_type(db: Database, capture: Capture) -> str | None:
    """The header as received; where none came, as the same payload first came with one from the same address.

    A web archive's index tells of captures without their headers, and a payload may be in a charset that only its
    header names.
    """
    if capture.headers is not None or capture.sha256 is None:
        return capture.header("Content-Type")
    row = db.execute(
        f"SELECT {_COLUMNS} FROM captures WHERE request_key = ? AND sha256 = ? AND headers IS NOT NULL"
        " ORDER BY captured_at, capture_key LIMIT 1",
        (capture.request_key, capture.sha256),
    ).fetchone()
    return Capture(*row).header("Content-Type") if row else None


def lends_content_type(db: Database, capture: Capture) -> bool:
    """Whether another capture has no header of its own to say what the same payload is."""
    if capture.headers is None or capture.sha256 is None:
        return False
    row = db.execute(
        "SELECT 1 FROM captures WHERE request_key = ? AND sha256 = ? AND headers IS NULL LIMIT 1",
        (capture.request_key, capture.sha256),
    ).fetchone()
    return row is not None


def latest_capture(db: Database, request: str) -> Capture | None:
    """The newest answer to a request, whatever it was."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM captures WHERE request_key = ? ORDER BY captured_at DESC, capture_key DESC LIMIT 1",
        (request,),
    ).fetchone()
    return Capture(*row) if row else None


def tests_for_cookies(db: Database, portal: str) -> bool:
    """Whether a list of the portal was once answered with ASP.NET's test for cookies: one cookie saves it."""
    row = db.execute(
        "SELECT 1 FROM captures WHERE request_key IN (SELECT list_key FROM lists WHERE portal = ?)"
        " AND status = 302 AND headers LIKE ? LIMIT 1",
        (portal, f"%{COOKIE_TEST}%"),
    ).fetchone()
    return row is not None


def captures_of(db: Database, request: str) -> list[Capture]:
    """All captures of a request in the order in which they tell its story."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM captures WHERE request_key = ? ORDER BY captured_at, capture_key", (request,)
    )
    return [Capture(*row) for row in rows.fetchall()]


def captures_in_order(db: Database, portals: list[str]) -> Iterator[Capture]:
    """All captures of some portals in the order in which they tell their story."""
    marks = ", ".join("?" * len(portals))
    cursor = db.conn.cursor().execute(
        f"SELECT {_COLUMNS} FROM captures WHERE portal IN ({marks}) ORDER BY captured_at, capture_key", portals
    )
    for row in cursor:
        yield Capture(*row)


def save_payload(db: Database, digest: str, body: bytes, content_type: str | None) -> None:
    """Keep a payload under its digest, once. Belongs into a transaction."""
    if db.execute("SELECT 1 FROM payloads WHERE sha256 = ?", (digest,)).fetchone():
        return
    media_type = (content_type or "").partition(";")[0].strip().lower() or None
    row = {"sha256": digest, "zstd": _COMPRESSOR.compress(body), "size": len(body), "media_type": media_type}
    insert(db, "payloads", row)
