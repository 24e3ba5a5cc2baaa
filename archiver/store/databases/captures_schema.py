"""The shape of captures.db, as small named migrations.

Evidence (`crawls`, `captures`, `payloads`) is only added to. `frontier`, `lists` and `list_reach` say how far crawls
have come, `payload_digests` and `repeats` how far imports have; they change.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

CAPTURES = Migrations("captures")


@CAPTURES()
def m001_evidence(db: Database) -> None:
    db.table("crawls").create(
        {
            "crawl_key": str,
            "portal": str,
            "kind": str,
            "started_at": str,
            "finished_at": str,
            "status": str,
            "finish_reason": str,
            "settings": str,
            "versions": str,
            "counts": str,
            "checks": str,
            "peak_memory_mb": float,
        },
        pk="crawl_key",
    )
    db.table("payloads").create({"sha256": str, "zstd": bytes, "size": int, "media_type": str}, pk="sha256")
    db.table("captures").create(
        {
            "capture_key": str,
            "crawl_key": str,
            "portal": str,
            "source": str,
            "method": str,
            "url": str,
            "form": str,
            "request_key": str,
            "captured_at": str,
            "status": int,
            "error": str,
            "headers": str,
            "etag": str,
            "last_modified": str,
            "sha256": str,
            "confirms": str,
            "fetched_from": str,
        },
        pk="capture_key",
    )
    db.table("captures").create_index(["request_key", "captured_at"])
    db.table("captures").create_index(["captured_at", "capture_key"])


@CAPTURES()
def m002_evidence_stays(db: Database) -> None:
    for table in ("captures", "payloads"):
        for change in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table}"
                f" BEGIN SELECT raise(ABORT, '{table} are evidence and never changed'); END"
            )


@CAPTURES()
def m003_progress(db: Database) -> None:
    db.table("frontier").create(
        {
            "request_key": str,
            "portal": str,
            "method": str,
            "url": str,
            "form": str,
            "role": str,
            "rank": int,
            "depth": int,
            "list_key": str,
            "page": int,
            "found_on": str,
            "found_at": str,
            "state": str,
            "reason": str,
            "due": str,
            "attempts": int,
            "reads": int,
            "hops": int,
            "redirected_to": str,
            "kind": str,
            "crawl_key": str,
            "capture_key": str,
        },
        pk="request_key",
    )
    db.table("frontier").create_index(["portal", "state", "rank", "depth"])
    db.table("lists").create(
        {
            "list_key": str,
            "portal": str,
            "url": str,
            "title": str,
            "walked_to_end_at": str,
            "is_walk_open": int,
            "last_rows": str,
        },
        pk="list_key",
    )
    db.execute(
        'CREATE TABLE "list_reach" ("list_key" TEXT, "request_key" TEXT, "is_finished" INTEGER,'
        ' PRIMARY KEY ("list_key", "request_key")) WITHOUT ROWID'
    )


@CAPTURES()
def m004_decisions(db: Database) -> None:
    """What people decided about an article, newest last; like all evidence, only added to."""
    db.table("decisions").create(
        {
            "decision_key": str,
            "portal": str,
            "article_key": str,
            "decision": str,
            "category": str,
            "reason": str,
            "decided_at": str,
        },
        pk="decision_key",
    )
    db.table("decisions").create_index(["portal", "article_key", "decided_at"])
    for change in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER decisions_refuse_{change.lower()} BEFORE {change} ON decisions"
            " BEGIN SELECT raise(ABORT, 'decisions are evidence and never changed'); END"
        )


@CAPTURES()
def m005_repeats(db: Database) -> None:
    """What WARC files and web archives call payloads, and repeats whose payload has not come yet."""
    db.table("payload_digests").create({"digest": str, "sha256": str}, pk="digest")
    db.table("repeats").create(
        {
            "request_key": str,
            "captured_at": str,
            "digest": str,
            "portal": str,
            "crawl_key": str,
            "source": str,
            "method": str,
            "url": str,
            "form": str,
            "fetched_from": str,
            "status": int,
            "headers": str,
        },
        pk=("request_key", "captured_at", "digest"),
    )
    db.table("repeats").create_index(["portal", "digest"])


@CAPTURES()
def m006_room_at_the_end_of_runs(db: Database) -> None:
    """How large both files were, and how much of the disk was free, when a run ended; null of runs before this."""
    for column in ("captures_bytes", "archive_bytes", "free_bytes"):
        db.table("crawls").add_column(column, int)
    db.table("crawls").create_index(["portal", "started_at"])
    db.execute(
        "CREATE INDEX crawls_that_noted_room ON crawls (finished_at, captures_bytes, archive_bytes, free_bytes)"
        " WHERE captures_bytes IS NOT NULL"
    )


@CAPTURES()
def m007_trust_in_certificates(db: Database) -> None:
    """Whether the portal's certificate was verified when a capture was made; null of captures before this."""
    db.table("captures").add_column("tls_verified", int)


@CAPTURES()
def m010_walks_that_were_cut_short(db: Database) -> None:
    """How many pages a list says it has, where its script posts for them; and why its walk did not come to the end."""
    db.table("lists").add_column("pages", int)
    db.table("lists").add_column("cut_short", str)
