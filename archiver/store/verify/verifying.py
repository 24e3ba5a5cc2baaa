"""Whether the two files are whole: every payload matches its digest, every row leads to what it names.

The files are read, never written. What is wrong is named by the row that it is about.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import zstandard
from sqlite_utils import Database

from archiver.store.evidence.withholding import HIDDEN, withheld_keys
from archiver.store.ground.keys import capture_key, sha256
from archiver.store.interpretation.file_texts import digest_of_text
from archiver.store.interpretation.revisions import CONTENT_COLUMNS, Content
from archiver.store.search.check import faults_of_index
from archiver.store.twice.check import faults_of_places

Progress = Callable[[int, int], None]  # payloads looked at, payloads in all

_GUARDS = (
    "captures_refuse_update",
    "captures_refuse_delete",
    "payloads_refuse_update",
    "payloads_refuse_delete",
    "decisions_refuse_update",
    "decisions_refuse_delete",
)
_PROOF = "crawl_key, portal, source, method, request_key, captured_at, status, sha256"
_DANGLING = {
    "capture {} names payload {}, which is not there": """
        SELECT capture_key, sha256 FROM captures
        WHERE sha256 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payloads WHERE payloads.sha256 = captures.sha256)""",
    "capture {} confirms {}, which is not there": """
        SELECT capture_key, confirms FROM captures WHERE confirms IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM captures AS earlier WHERE earlier.capture_key = captures.confirms)""",
    "payload {} belongs to no capture": """
        SELECT sha256 FROM payloads EXCEPT SELECT sha256 FROM captures""",
    "capture {} was made by run {}, which is not there": """
        SELECT capture_key, crawl_key FROM captures
        WHERE NOT EXISTS (SELECT 1 FROM crawls WHERE crawls.crawl_key = captures.crawl_key)""",
}
_BROKEN_STORIES = {
    "article {}: {} revisions where its row says {}": """
        SELECT articles.article_key, count(revisions.number), revision_count FROM articles
        LEFT JOIN revisions USING (article_key) GROUP BY articles.article_key
        HAVING count(revisions.number) != revision_count OR max(revisions.number) IS NOT revision_count""",
    "revision {} of article {} names capture {}, which is not there": """
        SELECT number, article_key, capture_key FROM revisions
        WHERE NOT EXISTS (SELECT 1 FROM captures WHERE captures.capture_key = revisions.capture_key)""",
    "snapshot {} of a list has no rows": """
        SELECT snapshot FROM list_snapshots EXCEPT SELECT snapshot FROM list_rows""",
}

_SHOWN = {
    "articles": "1",
    "revisions": "1",
    "images": "1",
    "attachments": "1",
    "document_mentions": "1",
    "article_urls": "1",
    "feed_entries": f"(url, title) != ('{HIDDEN}', '{HIDDEN}')",
    "same_news": "1",
    "same_news_places": "1",
    "list_rows": f"(url, title) != ('{HIDDEN}', '{HIDDEN}')",
}
"""What of a withheld article shows it, by table."""


_SHOWN_THOUGH_WITHHELD = {
    f"article {{}} is withheld, and stands in {table} nevertheless": f"""
        SELECT DISTINCT article_key FROM {table} JOIN withheld USING (article_key) WHERE {condition}"""
    for table, condition in _SHOWN.items()
}


def faults_of_evidence(captures: Database, progress: Progress) -> Iterator[str]:
    """What is wrong with captures.db, each in a sentence."""
    yield from _all_of(
        "captures.db",
        _faults_of_file(captures, "captures.db"),
        _missing_guards(captures),
        _spoiled_payloads(captures, progress),
        _misnamed_captures(captures),
        _found(captures, _DANGLING),
    )


def faults_of_archive(archive: Database, captures: Database) -> Iterator[str]:
    """What is wrong with archive.db, each in a sentence. That it lags behind the evidence is no fault."""
    yield from _all_of(
        "archive.db",
        _faults_of_file(archive, "archive.db"),
        _broken_links(archive),
        _found(archive, _BROKEN_STORIES),
        _altered_revisions(archive),
        _altered_documents(archive),
        faults_of_index(archive),
        faults_of_places(archive),
        _without_evidence(archive, captures),
        _undone_decisions(archive, captures),
    )


def faults_of_copy(archive: Database) -> Iterator[str]:
    """What is wrong with a copy of archive.db that was made for others, by itself alone."""
    yield from _all_of(
        "the copy",
        _faults_of_file(archive, "the copy"),
        _broken_links(archive),
        _found(archive, _BROKEN_STORIES | _SHOWN_THOUGH_WITHHELD),
        _altered_revisions(archive),
        _altered_documents(archive),
        faults_of_index(archive),
    )


def faults_of_rows(part: Database, name: str, progress: Progress) -> Iterator[str]:
    """What is wrong with captures and payloads that are by themselves: what they name may be elsewhere."""
    yield from _all_of(name, _faults_of_file(part, name), _spoiled_payloads(part, progress), _misnamed_captures(part))


def faults_of_links(captures: Database) -> list[str]:
    """What is wrong between rows of captures.db, each in a sentence."""
    return list(_all_of("captures.db", _found(captures, _DANGLING)))


def faults_of_state(file: Path) -> list[str]:
    """What is wrong with captures.db but for its rows, in a file that nobody writes to."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)) as connection:
        state = Database(connection)
        return list(_all_of("captures.db", _faults_of_file(state, "captures.db"), _missing_guards(state)))


def faults_of_file(file: Path) -> list[str]:
    """What is wrong with any SQLite file as such, which nobody writes to."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)) as connection:
        return list(_all_of(file.name, _faults_of_file(Database(connection), file.name)))


def _all_of(name: str, *looks: Iterator[str]) -> Iterator[str]:
    """One look after the other; one that meets a spoiled page of the file ends there and says so."""
    for look in looks:
        try:
            yield from look
        except sqlite3.DatabaseError as error:
            yield f"{name}: it could not be looked through to the end: {error}"


def _faults_of_file(db: Database, name: str) -> Iterator[str]:
    for (finding,) in db.execute("PRAGMA integrity_check").fetchall():
        if finding != "ok":
            yield f"{name}: {finding}"


def _missing_guards(captures: Database) -> Iterator[str]:
    there = {name for (name,) in captures.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for guard in _GUARDS:
        if guard not in there:
            yield f"captures.db: the trigger {guard} is gone; evidence could be changed unnoticed"


def _spoiled_payloads(captures: Database, progress: Progress) -> Iterator[str]:
    total = captures.execute("SELECT count(*) FROM payloads").fetchone()[0]
    decompressor = zstandard.ZstdDecompressor()
    cursor = captures.conn.cursor().execute("SELECT sha256, zstd, size FROM payloads")
    for count, (digest, packed, size) in enumerate(cursor, 1):
        progress(count, total)
        if complaint := _complaint_of(digest, packed, size, decompressor):
            yield f"payload {digest} {complaint}"


def _complaint_of(digest: object, packed: object, size: object, decompressor: zstandard.ZstdDecompressor) -> str | None:
    """What is wrong with a payload. A row of a damaged page can hold anything; no more than it says is unpacked."""
    if not isinstance(packed, bytes):
        return "has no bytes"
    try:
        unpacked = zstandard.frame_content_size(packed)
        if unpacked != size:
            return f"has {unpacked} bytes where its row says {size}"
        body = decompressor.decompress(packed)
    except zstandard.ZstdError as error:
        return f"cannot be unpacked: {error}"
    return None if sha256(body) == digest else "has other bytes than its digest says"


def _misnamed_captures(captures: Database) -> Iterator[str]:
    """A capture is named by what it says: one that was altered no longer fits its name."""
    cursor = captures.conn.cursor().execute(
        "SELECT capture_key, portal, request_key, captured_at, status, sha256 FROM captures"
    )
    for key, portal, request, at, status, payload in cursor:
        is_sound = _are_words(portal, request, at, payload or "")
        if not is_sound or capture_key(portal, request, at, status, payload) != key:
            yield f"capture {key} says something else than its name: its row was altered"


def _are_words(*values: object) -> bool:
    """Whether all are text, as they were written; in a damaged row they can be anything."""
    return all(isinstance(value, str) for value in values)


def _broken_links(archive: Database) -> Iterator[str]:
    for table, row, parent, _ in archive.execute("PRAGMA foreign_key_check").fetchall():
        if parent == "crawls":  # a run is copied from the evidence at its end, when all that it made is there
            continue
        yield f"archive.db: row {row} of {table} names a row of {parent} that is not there"


def _altered_documents(archive: Database) -> Iterator[str]:
    rows = archive.conn.cursor().execute(
        "SELECT article_key, position, text_digest, format, text, pages, is_cut_off, text_problems FROM attachments"
        " WHERE text_reader IS NOT NULL"
    )
    for key, position, digest, *read in rows:
        if digest_of_text(*read) != digest:
            yield f"attachment {position} of article {key} says something else than what was read in it"


def _altered_revisions(archive: Database) -> Iterator[str]:
    for number, key, digest, *content in archive.conn.cursor().execute(
        f"SELECT number, article_key, content_sha256, {', '.join(CONTENT_COLUMNS)} FROM versions"
    ):
        if not _has_digest(content, digest):
            yield f"revision {number} of article {key} has other content than its digest says"


def _has_digest(content: list[str | None], digest: object) -> bool:
    """Whether columns of a revision are as they were digested. In a damaged row they can be anything."""
    files = content[-2:]  # images, attachments: JSON, never null
    if not _are_words(*files, *(value for value in content if value is not None)):
        return False
    try:
        return Content(*content).digest == digest  # type: ignore[arg-type]  # looked at above
    except ValueError:  # no JSON
        return False


def _without_evidence(archive: Database, captures: Database) -> Iterator[str]:
    """What the archive shows as its proof must be in the evidence, and say the same there."""
    known = captures.conn.cursor()
    for key, *shown in archive.conn.cursor().execute(f"SELECT capture_key, {_PROOF} FROM captures"):
        kept = known.execute(f"SELECT {_PROOF} FROM captures WHERE capture_key = ?", (key,)).fetchone()
        if kept is None:
            yield f"capture {key} stands in archive.db but not in captures.db"
        elif list(kept) != shown:
            yield f"capture {key} says something else in archive.db than in captures.db"


def _undone_decisions(archive: Database, captures: Database) -> Iterator[str]:
    """What people decided, against what the archive shows. The text that it still shows is not repeated here."""
    decided = withheld_keys(captures)
    told = {key for (key,) in archive.execute("SELECT article_key FROM withheld")}
    for key in sorted(decided - told):
        yield f"article {key} is to be withheld, and archive.db was not told yet: run archiver reparse"
    for key in sorted(told - decided):
        yield f"article {key} is withheld in archive.db, and no decision says so: run archiver reparse"
    for table, shown in _SHOWN.items():
        for (key,) in archive.execute(
            f"SELECT DISTINCT article_key FROM {table} JOIN withheld USING (article_key) WHERE {shown}"
        ).fetchall():
            yield f"article {key} is withheld, and {table} shows it all the same: run archiver reparse"


def _found(db: Database, faults: dict[str, str]) -> Iterator[str]:
    for sentence, query in faults.items():
        for row in db.execute(query).fetchall():
            yield sentence.format(*row)
