"""Which columns of an archive hold words that a portal published: all that are not known to hold something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

Holds = Literal["text", "address", "json"]

ADDRESSES = frozenset(("url", "list_url", "redirects_to", "fetched_from"))
JSON = frozenset(("images", "attachments", "examples", "text_problems", "form"))
OURS = frozenset((
    # keys, digests, versions
    "article_key", "blocks", "capture_key", "confirms", "content_sha256", "context_article_key", "continues",
    "crawl_key", "digest", "first_capture_key", "last_capture_key", "page_request_key", "authority",
    "from_version", "other_key", "problem_key", "reader_version", "redirects_to_key", "request_key",
    "rows_sha256", "sha256", "successor", "text_digest", "text_reader", "text_sha256", "to_version",
    "version",
    # our own words and figures
    "answer", "cause", "changed_fields", "compared_from", "counts", "event", "field", "format", "kind", "list_kind",
    "media_type", "met_as", "method", "own_changed_fields", "part", "portal", "proven_by", "published_from",
    "published_precision", "scope", "section_from", "series", "settings", "source", "stage", "status", "timezone",
    "unit_type", "versions", "web_status",
    # days and moments
    "at", "captured_at", "dated", "day", "finished_at", "first_at", "first_captured_at", "first_missing_at",
    "first_seen_at", "last_at", "last_checked_at", "last_listed_at", "last_ok_at", "last_seen_at", "listed_at",
    "published_at", "published_on", "read_at", "seen_from", "seen_to", "started_at", "valid_from", "valid_to",
    "withheld_on",
))  # fmt: skip
"""Columns that hold nothing of what a portal wrote. One of another name is taken for published words."""


@dataclass(frozen=True, slots=True)
class Table:
    """An ordinary table: what names its rows, and which columns hold published words."""

    name: str
    keys: tuple[str, ...]
    columns: dict[str, Holds]


def tables_of(db: Database) -> list[Table]:
    """The tables of an archive that hold published words, without what FTS5 and SQLite keep for themselves."""
    internal = _internal(db)
    names = [name for name in db.table_names() if name not in internal and not name.startswith(("sqlite_", "_"))]
    found = [Table(name, tuple(db.table(name).pks), _columns(db, name)) for name in names]
    return [table for table in found if table.columns]


def _internal(db: Database) -> set[str]:
    """Virtual tables and the tables that their modules keep: `articles_fts`, `articles_fts_data` …"""
    rows = db.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main'").fetchall()
    return {name for name, kind in rows if kind in ("virtual", "shadow")}


def _columns(db: Database, table: str) -> dict[str, Holds]:
    names = (column.name for column in db[table].columns if column.type.upper() in ("TEXT", ""))
    return {name: _holds(name) for name in names if name not in OURS}


def _holds(name: str) -> Holds:
    if name in ADDRESSES:
        return "address"
    return "json" if name in JSON else "text"
