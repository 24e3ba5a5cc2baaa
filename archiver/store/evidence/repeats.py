"""Payloads by the names that others give them, and repeats that came before what they repeat.

A WARC file may say of a capture only that it brought the same payload as an earlier one, by the payload's digest; the
earlier one may stand in another file. Such a repeat waits here until a capture with that digest comes.
"""

from __future__ import annotations

import json

from sqlite_utils import Database

from archiver.store.databases.opening import insert
from archiver.store.evidence.captures import Answer, Asked, payload_by_digest

_OWN = "sha256:"


def note_digest(db: Database, digest: str, sha256: str) -> None:
    """Remember what a payload is called elsewhere. Belongs into a transaction."""
    if digest != _OWN + sha256:
        db.execute("INSERT OR IGNORE INTO payload_digests (digest, sha256) VALUES (?, ?)", (digest, sha256))


def sha256_of(db: Database, digest: str) -> str | None:
    """The SHA-256 of a payload that is here, by any of its names; null for one that is not."""
    row = db.execute("SELECT sha256 FROM payload_digests WHERE digest = ?", (digest,)).fetchone()
    sha256 = str(row[0]) if row else digest.removeprefix(_OWN)
    row = db.execute("SELECT 1 FROM payloads WHERE sha256 = ?", (sha256,)).fetchone()
    return sha256 if row else None


def is_captured(db: Database, request: str, digest: str) -> bool:
    """Whether a request was ever answered with a payload, by any of its names."""
    sha256 = sha256_of(db, digest)
    row = db.execute("SELECT 1 FROM captures WHERE request_key = ? AND sha256 = ? LIMIT 1", (request, sha256))
    return sha256 is not None and row.fetchone() is not None


def wait_for_payload(db: Database, asked: Asked, answer: Answer, captured_at: str, digest: str) -> None:
    """Keep a repeat until its payload comes. Belongs into a transaction."""
    key = (asked.request_key, captured_at, digest)
    if db.execute("SELECT 1 FROM repeats WHERE (request_key, captured_at, digest) = (?, ?, ?)", key).fetchone():
        return
    row = {
        "request_key": asked.request_key,
        "captured_at": captured_at,
        "digest": digest,
        "portal": asked.portal,
        "crawl_key": asked.crawl_key,
        "source": asked.source,
        "method": asked.method,
        "url": asked.url,
        "form": asked.form,
        "fetched_from": asked.fetched_from,
        "status": answer.status,
        "headers": json.dumps(answer.headers, ensure_ascii=False),
    }
    insert(db, "repeats", row)


def take_repeat(db: Database, portal: str) -> tuple[Asked, Answer, str] | None:
    """A repeat whose payload has come, with that payload and its time; null if none is left. It waits no longer."""
    row = db.execute(
        "SELECT rowid, crawl_key, method, url, form, request_key, fetched_from, source, status, headers, digest,"
        " captured_at FROM repeats WHERE portal = ? AND (digest IN (SELECT digest FROM payload_digests)"
        " OR substr(digest, 8) IN (SELECT sha256 FROM payloads)) LIMIT 1",
        (portal,),
    ).fetchone()
    if row is None:
        return None
    db.execute("DELETE FROM repeats WHERE rowid = ?", (row[0],))
    asked = Asked(portal, row[1], row[2], row[3], row[4], row[5], row[6], row[7])
    headers = tuple((name, value) for name, value in json.loads(row[9]))
    sha256 = sha256_of(db, row[10])
    body = payload_by_digest(db, sha256) if sha256 is not None else None
    return asked, Answer(row[8], None, headers, body), row[11]


def repeats_waiting(db: Database, portal: str) -> int:
    """How many repeats of a portal still wait for their payload."""
    return int(db.execute("SELECT count(*) FROM repeats WHERE portal = ?", (portal,)).fetchone()[0])
