"""An archive's rows in comparable form: what two archives of the same captures must agree on.

Row numbers become content keys. Times of our own, runs, counts of looking, and the names of captures are left out: they
tell how an archive came about, not what it holds. So are problems of the stage "follow" (robots.txt forbids an address,
redirects turn in a circle): a crawl's frontier knows of them, and no capture does.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from archiver.store.ground.side_by_side import side_by_side

CONTENT: dict[str, tuple[str, ...]] = {
    "portals": ("portal", "name", "url", "province", "unit_type", "timezone"),
    "authorities": (
        "authority", "name", "unit_type", "code", "province", "valid_from", "valid_to", "successor", "proven_by",
    ),
    "portal_authorities": ("portal", "authority", "valid_from", "valid_to", "proven_by"),
    "articles": (
        "article_key", "portal", "url", "title", "lead", "section", "section_from", "author", "author_raw",
        "published_on", "published_at", "published_precision", "published_raw", "published_from", "listed_at",
        "date_conflict_days",
        "web_status", "revision_count", "syllables",
    ),
    "revisions": (
        "article_key", "number", "cause", "same_as", "batch_flag", "changed_fields", "title", "lead", "body", "section",
        "author", "author_raw", "published_raw", "images", "attachments", "chars_added", "chars_removed",
        "content_sha256", "text_sha256", "blocks", "own_changed_fields", "own_chars_added", "own_chars_removed",
    ),
    "images": ("article_key", "position", "url", "caption", "request_key", "media_type", "size", "sha256"),
    "attachments": (
        "article_key", "position", "url", "label", "request_key", "media_type", "size", "sha256", "format", "pages",
        "text", "is_cut_off", "text_problems",
    ),
    "document_mentions": (
        "article_key", "position", "part", "attachment", "number", "key", "year", "kind", "kind_name", "issuer",
        "issuer_name", "dated", "dated_raw", "start",
    ),
    "same_news": (
        "article_key", "other_key", "kind", "similarity", "days_later", "revision", "other_revision",
    ),
    "article_urls": ("article_key", "url", "portal"),
    "list_snapshots": (
        "portal", "request_key", "list_url", "list_title", "list_kind", "heading", "box", "page", "context_article_key",
        "rows_sha256",
    ),
    "list_rows": ("page", "position", "url", "article_key", "title", "listed_at", "listed_raw"),
    "feeds": ("request_key", "portal", "url", "kind", "title", "entries", "is_cut_off", "compared_from"),
    "feed_entries": (
        "request_key", "article_key", "portal", "page_request_key", "url", "title", "listed_at", "listed_raw",
    ),
    "problems": ("portal", "url", "stage", "reason", "raw"),
    "article_events": ("article_key", "event", "detail"),
    "portal_events": ("portal", "event", "detail"),
    "withheld": ("article_key", "portal", "category"),
}  # fmt: skip
"""The columns that count, by table."""

LEFT_OUT: dict[str, tuple[str, ...]] = {
    "portals": ("web_status",),
    "articles": (
        "first_captured_at", "last_ok_at", "first_missing_at", "last_checked_at", "last_listed_at", "search_number",
    ),
    "revisions": ("capture_key", "captured_at"),
    "images": ("capture_key",),
    "attachments": ("capture_key", "text_digest", "text_reader"),
    "article_urls": ("met_as",),
    # By `series` and `continues` pieces come to their lists, whose address and name count.
    "list_snapshots": (
        "snapshot", "scope", "list_key", "seen_from", "seen_to", "observations", "series", "continues",
    ),
    "list_rows": ("snapshot",),
    "feeds": ("first_seen_at", "last_seen_at", "looks"),
    "feed_entries": ("first_seen_at", "last_seen_at", "first_capture_key", "last_capture_key"),
    "problems": ("problem_key", "request_key", "first_at", "last_at", "count", "resolved"),
    "article_events": ("at", "capture_key"),
    "portal_events": ("at", "capture_key"),
    "withheld": ("withheld_on",),
    "captures": ("*",),
    "crawls": ("*",),
    "crawl_checks": ("*",),
    "coverage_days": ("*",),
    "lists": ("*",),
    "list_stays": ("*",),
    "readers": ("*",),
    "reading_changes": ("*",),
    # What `same_news` is found by: it is made of the texts above, too.
    "same_news_places": ("*",),
    "same_news_marks": ("*",),
    # The search index is made of the texts above; `search_check` looks whether it is right.
    "articles_fts": ("*",),
    "articles_fts_config": ("*",),
    "articles_fts_data": ("*",),
    "articles_fts_docsize": ("*",),
    "articles_fts_idx": ("*",),
    "articles_fts_before": ("*",),
    "articles_fts_entries": ("*",),
    "articles_fts_version": ("*",),
}  # fmt: skip
"""The columns that do not, by table: our times, runs and counts, and numbers of rows."""

_FROM = {
    "list_rows": "list_rows JOIN list_snapshots USING (snapshot)",
    "problems": "problems WHERE NOT resolved AND stage != 'follow'",
    # Addresses of our own asking depend on which of several links was met first; those that lists print do not.
    "article_urls": "article_urls WHERE met_as = 'listed'",
}
BESIDE = {"list_rows": ("list_snapshots.request_key", "list_snapshots.box", "list_snapshots.rows_sha256")}
"""Columns of other tables, by table: a snapshot has no name but its contents, so its rows are shown with it."""

Row = tuple[object, ...]


def rows(db: Database) -> Iterator[tuple[str, Row]]:
    """Every row that counts: the name of its table and its values, sorted. None is held longer than it is looked at."""
    for table in CONTENT:
        for row in _rows_of(db, table):
            yield table, row


def differences(one: Database, other: Database) -> Iterator[tuple[str, Row, bool]]:
    """Table and row of what only one of two archives has, and whether that is the first."""
    for table in CONTENT:
        for left, right in side_by_side(_rows_of(one, table), _rows_of(other, table), key=_order):
            if right is None and left is not None:
                yield table, left, True
            elif left is None and right is not None:
                yield table, right, False


def _rows_of(db: Database, table: str) -> Iterator[Row]:
    """The rows of a table, sorted by SQLite: what does not fit into its memory, it sorts on the disk."""
    columns = (*(f"{table}.{column}" for column in CONTENT[table]), *BESIDE.get(table, ()))
    named = ", ".join(columns)
    return db.conn.cursor().execute(f"SELECT {named} FROM {_FROM.get(table, table)} ORDER BY {named}")


def _order(row: Row) -> tuple[tuple[int, object], ...]:
    """A row as SQLite sorts it: null, then numbers, then text by its code points."""
    return tuple((0 if value is None else 2 if isinstance(value, str) else 1, value) for value in row)
