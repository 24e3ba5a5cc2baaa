"""The shape of archive.db, as small named migrations. Everything in it can be rebuilt from captures.db."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from archiver.store.search import schema as search_schema

ARCHIVE = Migrations("archive")


@ARCHIVE()
def m001_portals(db: Database) -> None:
    db.table("portals").create(
        {
            "portal": str,
            "name": str,
            "url": str,
            "province": str,
            "unit_type": str,
            "timezone": str,
            "web_status": str,
        },
        pk="portal",
    )


@ARCHIVE()
def m002_runs(db: Database) -> None:
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
            "peak_memory_mb": float,
        },
        pk="crawl_key",
        foreign_keys=[("portal", "portals", "portal")],
    )
    db.table("crawl_checks").create(
        {"crawl_key": str, "name": str, "value": float, "floor": float, "passed": int},
        pk=("crawl_key", "name"),
        foreign_keys=[("crawl_key", "crawls", "crawl_key")],
    )


@ARCHIVE()
def m003_articles(db: Database) -> None:
    db.table("articles").create(
        {
            "article_key": str,
            "portal": str,
            "url": str,
            "title": str,
            "lead": str,
            "section": str,
            "section_from": str,
            "author": str,
            "author_raw": str,
            "published_on": str,
            "published_at": str,
            "published_precision": str,
            "published_raw": str,
            "published_from": str,
            "listed_at": str,
            "date_conflict_days": int,
            "web_status": str,
            "first_captured_at": str,
            "last_ok_at": str,
            "first_missing_at": str,
            "last_checked_at": str,
            "last_listed_at": str,
            "revision_count": int,
            "syllables": int,
        },
        pk="article_key",
        foreign_keys=[("portal", "portals", "portal")],
    )


@ARCHIVE()
def m004_proof(db: Database) -> None:
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
            "sha256": str,
            "size": int,
            "confirms": str,
            "fetched_from": str,
            "kind": str,
            "article_key": str,
        },
        pk="capture_key",
        foreign_keys=[
            ("portal", "portals", "portal"),
            ("crawl_key", "crawls", "crawl_key"),
            ("article_key", "articles", "article_key"),
        ],
    )
    db.table("captures").create_index(["request_key", "captured_at"])
    db.table("captures").create_index(["article_key", "captured_at"])
    db.table("captures").create_index(["crawl_key"])


@ARCHIVE()
def m005_revisions(db: Database) -> None:
    db.table("revisions").create(
        {
            "article_key": str,
            "number": int,
            "capture_key": str,
            "captured_at": str,
            "cause": str,
            "same_as": int,
            "batch_flag": int,
            "changed_fields": str,
            "title": str,
            "lead": str,
            "body": str,
            "section": str,
            "author": str,
            "author_raw": str,
            "published_raw": str,
            "images": str,
            "attachments": str,
            "chars_added": int,
            "chars_removed": int,
            "content_sha256": str,
        },
        pk=("article_key", "number"),
        foreign_keys=[("article_key", "articles", "article_key"), ("capture_key", "captures", "capture_key")],
    )
    for name in ("images", "attachments"):
        shown = {"caption": str} if name == "images" else {"label": str, "media_type": str}
        kept = {"sha256": str} if name == "images" else {"sha256": str, "text": str}
        db.table(name).create(
            {"article_key": str, "position": int, "url": str} | shown | kept,
            pk=("article_key", "position"),
            foreign_keys=[("article_key", "articles", "article_key")],
        )
    # WITHOUT ROWID: otherwise its index would hold every address a second time.
    db.execute(
        'CREATE TABLE "article_urls" ("article_key" TEXT, "url" TEXT, "portal" TEXT, "met_as" TEXT,'
        ' PRIMARY KEY ("article_key", "url")) WITHOUT ROWID'
    )


@ARCHIVE()
def m006_lists(db: Database) -> None:
    db.table("list_snapshots").create(
        {
            "snapshot": int,
            "portal": str,
            "request_key": str,
            "list_url": str,
            "list_title": str,
            "list_kind": str,
            "heading": str,
            "box": int,
            "page": int,
            "context_article_key": str,
            "scope": str,
            "seen_from": str,
            "seen_to": str,
            "observations": int,
            "rows_sha256": str,
        },
        pk="snapshot",
        foreign_keys=[("portal", "portals", "portal")],
    )
    db.table("list_snapshots").create_index(["request_key", "box", "snapshot"])
    db.table("list_rows").create(
        {
            "snapshot": int,
            "page": int,
            "position": int,
            "url": str,
            "article_key": str,
            "title": str,
            "listed_at": str,
            "listed_raw": str,
        },
        pk=("snapshot", "position"),
        foreign_keys=[("snapshot", "list_snapshots", "snapshot")],
    )
    db.table("list_rows").create_index(["article_key", "listed_at"])


@ARCHIVE()
def m007_problems(db: Database) -> None:
    db.table("problems").create(
        {
            "problem_key": str,
            "portal": str,
            "request_key": str,
            "url": str,
            "stage": str,
            "reason": str,
            "raw": str,
            "first_at": str,
            "last_at": str,
            "count": int,
            "resolved": int,
        },
        pk="problem_key",
        foreign_keys=[("portal", "portals", "portal")],
    )
    db.table("problems").create_index(["request_key"])
    db.table("problems").create_index(["portal", "resolved"])


@ARCHIVE()
def m008_filters(db: Database) -> None:
    """Covering indexes for what the site filters, sorts and counts by."""
    for columns in (
        ["published_on"],
        ["section", "published_on"],
        ["portal", "section", "published_on"],
        ["portal", "published_on"],
    ):
        db.table("articles").create_index(columns)
    db.table("revisions").create_index(["captured_at"])


@ARCHIVE()
def m009_views(db: Database) -> None:
    db.create_view(
        "bodies",
        """
        SELECT revisions.article_key, revisions.body
        FROM articles JOIN revisions
          ON revisions.article_key = articles.article_key AND revisions.number = articles.revision_count
        """,
    )
    db.create_view(
        "edits",
        """
        SELECT revisions.article_key, articles.portal, articles.title, revisions.number, revisions.changed_fields,
               revisions.chars_added, revisions.chars_removed, previous.captured_at AS last_seen_before_at,
               revisions.captured_at AS first_seen_after_at, previous.capture_key AS capture_before,
               revisions.capture_key AS capture_after
        FROM revisions
        JOIN revisions AS previous
          ON previous.article_key = revisions.article_key AND previous.number = revisions.number - 1
        JOIN articles ON articles.article_key = revisions.article_key
        """,
    )
    db.create_view(
        "list_presence",
        """
        SELECT list_rows.article_key, list_snapshots.portal, list_snapshots.list_url, list_snapshots.list_title,
               list_snapshots.list_kind, list_snapshots.context_article_key, list_rows.page, list_rows.position,
               list_rows.title, list_rows.listed_at, list_snapshots.seen_from, list_snapshots.seen_to
        FROM list_rows JOIN list_snapshots ON list_snapshots.snapshot = list_rows.snapshot
        """,
    )
    db.create_view(
        "citations",
        """
        SELECT articles.article_key, articles.title, articles.author, portals.name AS publisher, articles.published_on,
               articles.url, revisions.number AS revision, revisions.captured_at, revisions.capture_key, captures.sha256
        FROM articles
        JOIN portals ON portals.portal = articles.portal
        JOIN revisions ON revisions.article_key = articles.article_key AND revisions.number = articles.revision_count
        LEFT JOIN captures ON captures.capture_key = revisions.capture_key
        """,
    )


@ARCHIVE()
def m010_what_became_of_it(db: Database) -> None:
    """What each capture says of its page, what that makes of articles and portals, and how it was read."""
    captures = db.table("captures")
    captures.add_column("answer", str)
    captures.add_column("redirects_to", str)
    captures.add_column("revision", int)
    captures.add_column("links", int)
    db.execute(
        "CREATE INDEX captures_that_find_nothing ON captures (portal, request_key)"
        " WHERE answer IN ('missing', 'says missing', 'list', 'redirect')"
    )
    db.table("revisions").add_column("blocks", str)
    db.table("revisions").create_index(["content_sha256"])
    for table, subject in (("article_events", "article_key"), ("portal_events", "portal")):
        parent = "articles" if subject == "article_key" else "portals"
        db.table(table).create(
            {subject: str, "at": str, "event": str, "capture_key": str, "detail": str},
            pk=(subject, "at", "event"),
            foreign_keys=[(subject, parent, subject), ("capture_key", "captures", "capture_key")],
        )
    db.table("coverage_days").create(
        {"portal": str, "day": str, "status": str, "reason": str, "captures": int},
        pk=("portal", "day"),
        foreign_keys=[("portal", "portals", "portal")],
    )


@ARCHIVE()
def m011_readers(db: Database) -> None:
    db.table("readers").create(
        {"portal": str, "reader_version": str, "read_at": str},
        pk="portal",
        foreign_keys=[("portal", "portals", "portal")],
    )
    db.table("reading_changes").create(
        {
            "portal": str,
            "read_at": str,
            "from_version": str,
            "to_version": str,
            "field": str,
            "articles": int,
            "examples": str,
        },
        pk=("portal", "read_at", "field"),
        foreign_keys=[("portal", "portals", "portal")],
    )


@ARCHIVE()
def m012_withheld(db: Database) -> None:
    db.table("withheld").create(
        {"article_key": str, "portal": str, "withheld_on": str, "category": str},
        pk="article_key",
        foreign_keys=[("portal", "portals", "portal")],
    )


@ARCHIVE()
def m013_texts_stand_once(db: Database) -> None:
    """A revision whose text came back names the earlier one: its own text columns are null."""
    for view in ("bodies", "edits", "citations"):
        db.execute(f"DROP VIEW {view}")
    db.create_view(
        "versions",
        """
        SELECT revisions.article_key, revisions.number, revisions.captured_at, revisions.capture_key,
               revisions.same_as, revisions.content_sha256, texts.title, texts.lead, texts.body,
               texts.section, texts.author, texts.author_raw, texts.published_raw, texts.images, texts.attachments
        FROM revisions JOIN revisions AS texts
          ON texts.article_key = revisions.article_key AND texts.number = coalesce(revisions.same_as, revisions.number)
        """,
    )
    db.create_view(
        "bodies",
        """
        SELECT versions.article_key, versions.body
        FROM articles JOIN versions
          ON versions.article_key = articles.article_key AND versions.number = articles.revision_count
        """,
    )
    db.create_view(
        "edits",
        """
        SELECT revisions.article_key, articles.portal, articles.title, revisions.number, revisions.changed_fields,
               revisions.chars_added, revisions.chars_removed, revisions.same_as,
               before.captured_at AS last_seen_before_at, revisions.captured_at AS first_seen_after_at,
               before.capture_key AS capture_before, revisions.capture_key AS capture_after
        FROM revisions
        JOIN revisions AS previous
          ON previous.article_key = revisions.article_key AND previous.number = revisions.number - 1
        JOIN captures AS before ON before.capture_key = (
          SELECT seen.capture_key FROM captures AS seen
          WHERE seen.article_key = revisions.article_key AND seen.revision = previous.number
            AND (seen.captured_at, seen.capture_key) < (revisions.captured_at, revisions.capture_key)
          ORDER BY seen.captured_at DESC, seen.capture_key DESC LIMIT 1)
        JOIN articles ON articles.article_key = revisions.article_key
        WHERE NOT coalesce(revisions.batch_flag, 0)
        """,
    )
    db.create_view(
        "citations",
        """
        SELECT articles.article_key, articles.title, articles.author, portals.name AS publisher, articles.published_on,
               articles.url, revisions.number AS revision, revisions.captured_at, revisions.capture_key, captures.sha256
        FROM articles
        JOIN portals ON portals.portal = articles.portal
        JOIN revisions ON revisions.article_key = articles.article_key AND revisions.number = articles.revision_count
        LEFT JOIN captures ON captures.capture_key = revisions.capture_key
        """,
    )
    db.create_view(
        "missing_articles",
        """
        SELECT articles.article_key, articles.portal, articles.title, articles.url, articles.web_status,
               articles.published_on, articles.last_ok_at, articles.first_missing_at,
               (SELECT detail FROM article_events WHERE article_events.article_key = articles.article_key
                ORDER BY at DESC, event = 'moved' DESC LIMIT 1) AS detail,
               (SELECT capture_key FROM article_events WHERE article_events.article_key = articles.article_key
                ORDER BY at DESC, event = 'moved' DESC LIMIT 1) AS capture_key
        FROM articles WHERE articles.web_status != 'live'
        """,
    )


@ARCHIVE()
def m014_not_followed(db: Database) -> None:
    """What the frontier refused was noted as not fetched; settling notes it anew, as not followed."""
    db.execute(
        "DELETE FROM problems WHERE stage = 'fetch' AND reason IN ('robots.txt forbids it', 'redirects in a circle',"
        " 'redirects too often', 'the address repeats itself')"
    )


@ARCHIVE()
def m015_document_mentions(db: Database) -> None:
    db.table("document_mentions").create(
        {
            "article_key": str,
            "position": int,
            "part": str,
            "number": str,
            "key": str,
            "year": int,
            "kind": str,
            "kind_name": str,
            "issuer": str,
            "issuer_name": str,
            "dated": str,
            "dated_raw": str,
            "start": int,
        },
        pk=("article_key", "position"),
        foreign_keys=[("article_key", "articles", "article_key")],
    )
    db.table("document_mentions").create_index(["key", "article_key"])


@ARCHIVE()
def m016_files(db: Database) -> None:
    """Which payload each picture and document is, and what a document says and why it does not."""
    for table in ("images", "attachments"):
        for column, kind in (("request_key", str), ("size", int), ("capture_key", str)):
            db.table(table).add_column(column, kind)
        db.table(table).create_index(["request_key"])
    db.table("images").add_column("media_type", str)
    for column, kind in (
        ("format", str), ("pages", int), ("is_cut_off", int), ("text_problems", str), ("text_reader", str),
    ):  # fmt: skip
        db.table("attachments").add_column(column, kind)
    db.table("document_mentions").add_column("attachment", int)
    db.create_view(
        "file_changes",
        """
        SELECT portal, url, request_key, before_capture_key, before_sha256, before_at, capture_key, sha256, captured_at
        FROM (
          SELECT portal, url, request_key, capture_key, sha256, captured_at,
                 lag(capture_key) OVER story AS before_capture_key, lag(sha256) OVER story AS before_sha256,
                 lag(captured_at) OVER story AS before_at
          FROM captures WHERE answer = 'file'
          WINDOW story AS (PARTITION BY request_key ORDER BY captured_at, capture_key)
        ) WHERE before_sha256 != sha256
        """,
    )


@ARCHIVE()
def m017_texts_known_elsewhere(db: Database) -> None:
    """What a text is known by at another address. Every capture is to be read again for it."""
    db.table("revisions").add_column("text_sha256", str)
    db.execute("DROP INDEX idx_revisions_content_sha256")
    db.table("revisions").create_index(["text_sha256"])
    (shown,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'versions'").fetchone()
    db.execute("DROP VIEW versions")
    db.execute(shown.replace("revisions.content_sha256,", "revisions.content_sha256, revisions.text_sha256,"))
    db.execute("UPDATE readers SET reader_version = 'before m017'")


@ARCHIVE()
def m018_edits_beside_a_batch(db: Database) -> None:
    """What an article says of its own where a template's change came to it at the same time."""
    for name, kind in (("own_changed_fields", str), ("own_chars_added", int), ("own_chars_removed", int)):
        db.table("revisions").add_column(name, kind)
    db.execute("CREATE INDEX revisions_of_batches ON revisions (article_key, number) WHERE batch_flag IS NOT NULL")
    (shown,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'edits'").fetchone()
    for name in ("changed_fields", "chars_added", "chars_removed"):
        own = f"coalesce(revisions.own_{name}, revisions.{name}) AS {name},"
        shown = shown.replace(f"revisions.{name},", own)
    db.execute("DROP VIEW edits")
    db.execute(shown)


@ARCHIVE()
def m019_bytes_behind_a_304(db: Database) -> None:
    """A revision may be shown by a 304 that says an old page is back: its bytes are those that it confirms."""
    (shown,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'citations'").fetchone()
    confirmed = "(SELECT page.sha256 FROM captures AS page WHERE page.capture_key = captures.confirms)"
    db.execute("DROP VIEW citations")
    db.execute(shown.replace("captures.sha256", f"coalesce(captures.sha256, {confirmed}) AS sha256"))


@ARCHIVE()
def m020_where_redirects_lead(db: Database) -> None:
    """By the name of the request: the address itself may be withheld, and what became of others hangs on it."""
    db.table("captures").add_column("redirects_to_key", str)
    db.execute("UPDATE readers SET reader_version = 'before m020'")


@ARCHIVE()
def m021_files_by_digest(db: Database) -> None:
    """The site hands out files by their digests, and only those that an article shows."""
    for table in ("images", "attachments"):
        db.table(table).create_index(["sha256"])


@ARCHIVE()
def m022_damage_to_texts_of_documents(db: Database) -> None:
    """What was read in a document is known by a digest. Every capture is to be read again for it."""
    db.table("attachments").add_column("text_digest", str)
    db.execute("CREATE INDEX captures_that_redirect ON captures (redirects_to_key) WHERE redirects_to_key IS NOT NULL")
    db.execute("UPDATE readers SET reader_version = 'before m022'")


@ARCHIVE()
def m023_ledger(db: Database) -> None:
    """Which lists there are, how long each showed an article, and indexes for what pages of the site ask."""
    db.table("list_snapshots").add_column("list_key", str)
    db.table("list_snapshots").create_index(["list_key", "page", "seen_from"])
    db.table("lists").create(
        {
            "list_key": str,
            "portal": str,
            "list_kind": str,
            "list_url": str,
            "list_title": str,
            "scope": str,
            "section": str,
            "first_seen_at": str,
            "last_seen_at": str,
            "states": int,
        },
        pk="list_key",
        foreign_keys=[("portal", "portals", "portal")],
    )
    db.table("list_stays").create(
        {
            "list_key": str,
            "article_key": str,
            "entered_after": str,
            "first_seen_at": str,
            "last_seen_at": str,
            "left_before": str,
            "looks": int,
            "first_position": int,
            "last_position": int,
        },
        pk=("list_key", "article_key", "first_seen_at"),
        foreign_keys=[("list_key", "lists", "list_key")],
    )
    db.table("list_stays").create_index(["article_key"])
    db.table("articles").create_index(["first_captured_at"])
    db.execute("CREATE INDEX revisions_that_are_later ON revisions (captured_at) WHERE number > 1")
    db.execute("CREATE INDEX articles_that_are_missing ON articles (first_missing_at) WHERE web_status != 'live'")


@ARCHIVE()
def m024_search(db: Database) -> None:
    """The index itself is made when the file is opened: it needs functions that not every program has."""
    search_schema.make_tables(db)


@ARCHIVE()
def m025_figures_from_indexes_alone(db: Database) -> None:
    """What the home page and the plots count: without a look at the rows, they grow no faster than the archive."""
    db.table("articles").create_index(["portal", "last_checked_at"])
    db.execute("DROP INDEX idx_articles_portal_section_published_on")
    db.table("articles").create_index(["portal", "section", "published_on", "syllables"])


@ARCHIVE()
def m026_who_published(db: Database) -> None:
    """A portal is not an authority: who governed when, for whom each portal spoke, and whose an article's day was."""
    db.table("authorities").create(
        {
            "authority": str,
            "name": str,
            "unit_type": str,
            "code": str,
            "province": str,
            "valid_from": str,
            "valid_to": str,
            "successor": str,
            "proven_by": str,
        },
        pk="authority",
        foreign_keys=[("successor", "authorities", "authority")],
    )
    db.table("portal_authorities").create(
        {"portal": str, "authority": str, "valid_from": str, "valid_to": str, "proven_by": str},
        pk=("portal", "authority"),
        foreign_keys=[("portal", "portals", "portal"), ("authority", "authorities", "authority")],
    )
    # "2019" stands for some day of that year: of an article of 2019 it is not known then, and nothing is said.
    db.create_view(
        "article_authorities",
        """
        SELECT articles.article_key, articles.portal, articles.published_on, authority, authorities.name,
               authorities.unit_type, authorities.code, authorities.province, authorities.successor
        FROM articles
        JOIN portal_authorities AS held ON held.portal = articles.portal
          AND articles.published_on >= coalesce(CASE length(held.valid_from)
            WHEN 4 THEN held.valid_from || '-13' WHEN 7 THEN held.valid_from || '-32' ELSE held.valid_from END, '')
          AND articles.published_on <= coalesce(held.valid_to, '9999')
        JOIN authorities USING (authority)
        """,
    )


@ARCHIVE()
def m027_room_at_the_end_of_runs(db: Database) -> None:
    """The same that captures.db says of its runs; the next run of a portal brings them."""
    for column in ("captures_bytes", "archive_bytes", "free_bytes"):
        db.table("crawls").add_column(column, int)
    db.table("crawls").create_index(["portal", "started_at"])
    db.execute(
        "CREATE INDEX crawls_that_noted_room ON crawls (finished_at, captures_bytes, archive_bytes, free_bytes)"
        " WHERE captures_bytes IS NOT NULL"
    )


@ARCHIVE()
def m028_trust_in_certificates(db: Database) -> None:
    """The same that captures.db says of its captures."""
    db.table("captures").add_column("tls_verified", int)


@ARCHIVE()
def m029_feeds(db: Database) -> None:
    """What feeds and sitemaps told of pages. Every capture is to be read again for it."""
    db.table("feeds").create(
        {
            "request_key": str,
            "portal": str,
            "url": str,
            "kind": str,
            "title": str,
            "first_seen_at": str,
            "last_seen_at": str,
            "looks": int,
            "entries": int,
            "is_cut_off": int,
            "compared_from": str,
        },
        pk="request_key",
        foreign_keys=[("portal", "portals", "portal")],
    )
    db.table("feed_entries").create(
        {
            "request_key": str,
            "article_key": str,
            "portal": str,
            "page_request_key": str,
            "url": str,
            "title": str,
            "listed_at": str,
            "listed_raw": str,
            "first_seen_at": str,
            "last_seen_at": str,
            "first_capture_key": str,
            "last_capture_key": str,
        },
        pk=("request_key", "article_key"),
        foreign_keys=[("request_key", "feeds", "request_key"), ("portal", "portals", "portal")],
    )
    db.table("feed_entries").create_index(["article_key"])
    db.execute("UPDATE readers SET reader_version = 'before m029'")


@ARCHIVE()
def m030_completeness(db: Database) -> None:
    """Lists against feeds and sitemaps, as two samples of one population of articles."""
    db.create_view(
        "second_routes",
        """
        SELECT portal, CASE kind WHEN 'sitemap' THEN 'sitemap' ELSE 'feed' END AS route, count(*) AS documents,
               sum(is_cut_off) AS cut_off, max(substr(compared_from, 1, 10)) AS compared_after,
               date(max(last_seen_at), '+7 hours') AS compared_to, min(first_seen_at) AS first_seen_at
        FROM feeds WHERE kind != 'sitemap index' GROUP BY portal, route
        """,
    )
    # The casts make filters on the site compare numbers with numbers.
    # What went before the second route was looked at first cannot stand in it, nor what came after its last look.
    db.create_view(
        "article_routes",
        """
        SELECT articles.article_key, articles.portal, route, articles.title, articles.published_on,
               CAST(last_listed_at IS NOT NULL AS INTEGER) AS listed,
               CAST(EXISTS (SELECT 1 FROM feed_entries JOIN feeds USING (request_key)
                            WHERE feed_entries.article_key = articles.article_key
                              AND (feeds.kind = 'sitemap') = (route = 'sitemap')) AS INTEGER) AS told
        FROM second_routes CROSS JOIN articles ON articles.portal = second_routes.portal
        WHERE coalesce(published_on, '') <= compared_to AND (route = 'sitemap' OR published_on > compared_after)
          AND coalesce(first_missing_at, '9') >= second_routes.first_seen_at
        """,
    )
    # Chapman's estimate, and Wilson's interval for the share of the second route that lists show. Not every SQLite has
    # a square root: it is found by Newton's steps.
    db.create_view(
        "completeness",
        """
        WITH RECURSIVE counted AS (
          SELECT portal, route, sum(listed AND NOT told) AS lists_alone, sum(told AND NOT listed) AS second_alone,
                 sum(listed AND told) AS both, count(*) AS known
          FROM article_routes WHERE listed OR told GROUP BY portal, route
        ), unasked AS (
          SELECT feed_entries.portal, CASE kind WHEN 'sitemap' THEN 'sitemap' ELSE 'feed' END AS route,
                 count(DISTINCT page_request_key) AS entries
          FROM feed_entries JOIN feeds USING (request_key)
          WHERE NOT EXISTS (SELECT 1 FROM captures WHERE captures.request_key = page_request_key)
          GROUP BY 1, 2
        ), compared AS (
          SELECT portals.portal, second_routes.route, coalesce(documents, 0) AS documents, cut_off, compared_after,
                 compared_to, lists_alone, second_alone, both, coalesce(unasked.entries, 0) AS not_asked, known,
                 lists_alone + both AS n1, 1.0 * (second_alone + both) AS n2
          FROM portals LEFT JOIN second_routes USING (portal)
          LEFT JOIN counted ON counted.portal = portals.portal AND counted.route = second_routes.route
          LEFT JOIN unasked ON unasked.portal = portals.portal AND unasked.route = second_routes.route
        ), roots (portal, route, square, root, step) AS (
          SELECT portal, route, both * (n2 - both) / n2 + 0.9604, (both * (n2 - both) / n2 + 0.9604) / 2 + 0.5, 0
          FROM compared WHERE both >= 10 AND 10 * not_asked <= n2 + not_asked
          UNION ALL
          SELECT portal, route, square, (root + square / root) / 2, step + 1 FROM roots WHERE step < 40
        )
        SELECT compared.portal, compared.route, documents, cut_off, compared_after, compared_to, lists_alone,
               second_alone, both, not_asked, round(both / n2, 4) AS share_listed,
               CASE WHEN root > 0 THEN CAST(round((n1 + 1) * (n2 + 1) / (both + 1) - 1) AS INTEGER) END AS estimate,
               CAST(max(known, round(n1 * (n2 + 3.8416) / (both + 1.9208 + 1.96 * root))) AS INTEGER) AS estimate_low,
               CAST(round(n1 * (n2 + 3.8416) / (both + 1.9208 - 1.96 * root)) AS INTEGER) AS estimate_high
        FROM compared LEFT JOIN roots
          ON roots.portal = compared.portal AND roots.route = compared.route AND step = 40
        """,
    )


@ARCHIVE()
def m031_same_news(db: Database) -> None:
    """Which articles are the same news, from the side of each, and what they are found by. All is to be read again."""
    db.table("same_news").create(
        {
            "article_key": str,
            "other_key": str,
            "kind": str,
            "similarity": float,
            "days_later": int,
            "revision": int,
            "other_revision": int,
        },
        pk=("article_key", "other_key"),
        foreign_keys=[("article_key", "articles", "article_key"), ("other_key", "articles", "article_key")],
    )
    db.table("same_news_places").create({"place": int, "article_key": str, "marks": bytes}, pk="place")
    db.table("same_news_places").create_index(["article_key"], unique=True)
    db.execute(
        'CREATE TABLE "same_news_marks" ("mark" INTEGER, "place" INTEGER, PRIMARY KEY ("mark", "place")) WITHOUT ROWID'
    )
    db.execute("UPDATE readers SET reader_version = 'before m031'")


@ARCHIVE()
def m032_texts_elsewhere(db: Database) -> None:
    """The same with what the other article is, and the captures that prove both texts."""
    db.create_view(
        "texts_elsewhere",
        """
        SELECT same_news.article_key, same_news.other_key, same_news.kind, same_news.similarity, same_news.days_later,
               other.portal AS other_portal, other.title AS other_title, other.url AS other_url,
               other.published_on AS other_published_on, other.published_at AS other_published_at,
               same_news.revision, shown.capture_key,
               same_news.other_revision, shown_there.capture_key AS other_capture_key
        FROM same_news
        JOIN articles AS other ON other.article_key = same_news.other_key
        LEFT JOIN revisions AS shown
          ON shown.article_key = same_news.article_key AND shown.number = same_news.revision
        LEFT JOIN revisions AS shown_there
          ON shown_there.article_key = same_news.other_key AND shown_there.number = same_news.other_revision
        """,
    )


@ARCHIVE()
def m033_pieces_of_lists(db: Database) -> None:
    """Which list each piece that a script asked for belongs to: what it posted and the first page say it alike.

    The next reading, which a new reader brings, fills both in.
    """
    for column in ("series", "continues"):
        db.table("list_snapshots").add_column(column, str)
        db.execute(
            f"CREATE INDEX list_snapshots_by_{column} ON list_snapshots (portal, {column}, seen_from)"
            f" WHERE {column} IS NOT NULL"
        )
