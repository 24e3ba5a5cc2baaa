"""What a large archive has besides articles: captures, edits, disappearances, lists, days that were covered."""

from __future__ import annotations

from sqlite_utils import Database

from archiver.store.databases.opening import writing

_SEEN = "'2023-02-01T04:00:00.000000Z'"
_FIRST = "strftime('%Y-%m-%dT%H:%M:%S.000000Z', '2023-01-01', '+' || rowid || ' seconds')"
_LATER = "strftime('%Y-%m-%dT%H:%M:%S.000000Z', '2023-03-01', '+' || (revisions.rowid % 700) || ' days')"
_EDITED, _MISSING, _UNSEEN = 50, 200, 90  # one in so many articles, or days
_ROWS_OF_A_LIST = 20

_STATEMENTS = (
    "UPDATE portals SET web_status = 'up', url = 'https://' || portal || '.example/', timezone = 'Asia/Ho_Chi_Minh'",
    "UPDATE attachments SET url = 'https://mot.example/' || article_key || '.pdf', media_type = 'application/pdf'",
    f"""
    INSERT INTO captures (capture_key, portal, source, method, url, request_key, captured_at, status, sha256, size,
      kind, article_key, answer, revision)
    SELECT 'c' || article_key, portal, 'crawl', 'GET', url, 'r' || article_key, {_FIRST}, 200, 's' || article_key,
      66000, 'article', article_key, 'article', 1
    FROM articles
    """,
    f"UPDATE revisions SET capture_key = 'c' || article_key, captured_at = {_FIRST}, content_sha256 = 'd' || rowid",
    f"""
    INSERT INTO revisions (article_key, number, capture_key, captured_at, cause, changed_fields, title, section, body,
      chars_added, chars_removed, content_sha256)
    SELECT article_key, 2, 'e' || article_key, {_LATER}, 'publisher', '["body"]', title, section,
      body || char(10) || char(10) || 'Bổ sung.', 10, 0, 'e' || rowid
    FROM revisions WHERE rowid % {_EDITED} = 0
    """,
    """
    INSERT INTO captures (capture_key, portal, source, method, url, request_key, captured_at, status, sha256, size,
      kind, article_key, answer, revision)
    SELECT revisions.capture_key, portal, 'crawl', 'GET', url, 'r' || article_key, captured_at, 200,
      's' || revisions.capture_key, 66000, 'article', article_key, 'article', 2
    FROM revisions JOIN articles USING (article_key) WHERE number = 2
    """,
    f"""
    UPDATE articles SET first_captured_at = {_FIRST}, last_ok_at = {_SEEN},
      last_checked_at = '2025-01-31T04:00:00.000000Z',
      syllables = 500, published_precision = 'day', published_from = 'page', section_from = 'breadcrumb',
      lead = NULL, revision_count = 1 + (rowid % {_EDITED} = 0)
    """,
    f"""
    UPDATE articles SET web_status = 'gone',
      first_missing_at = strftime('%Y-%m-%dT%H:%M:%S.000000Z', '2023-04-01', '+' || (rowid % 600) || ' days')
    WHERE rowid % {_MISSING} = 7
    """,
    """
    INSERT INTO article_events (article_key, at, event, capture_key)
    SELECT article_key, first_missing_at, 'gone', 'c' || article_key FROM articles WHERE web_status = 'gone'
    """,
    f"""
    WITH RECURSIVE days (day) AS (
      SELECT '2023-02-01' UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < '2025-01-31')
    INSERT INTO coverage_days (portal, day, status, captures)
    SELECT portal, day, CASE WHEN cast(julianday(day) AS INTEGER) % {_UNSEEN} = 0 THEN 'blind' ELSE 'seen' END, 100
    FROM days, portals
    """,
    """
    INSERT INTO lists (list_key, portal, list_kind, list_url, list_title, section, first_seen_at, last_seen_at, states)
    SELECT printf('%010x', row_number() OVER ()), portal, 'section', 'https://' || portal || '.example/' || section,
      section, section, '2023-02-01T04:00:00.000000Z', '2025-01-31T04:00:00.000000Z', count(*)
    FROM articles GROUP BY portal, section
    """,
    f"""
    CREATE TEMP TABLE placed AS
    SELECT list_key, portal, article_key, title, published_on, url,
      (row_number() OVER own - 1) / {_ROWS_OF_A_LIST} AS state,
      (row_number() OVER own - 1) % {_ROWS_OF_A_LIST} + 1 AS place
    FROM articles JOIN lists USING (portal, section)
    WINDOW own AS (PARTITION BY list_key ORDER BY published_on, article_key)
    """,
    """
    CREATE TEMP TABLE states AS
    SELECT row_number() OVER () AS snapshot, list_key, portal, state FROM placed GROUP BY list_key, state
    """,
    f"""
    INSERT INTO list_snapshots (snapshot, portal, request_key, list_kind, list_key, box, page, seen_from, seen_to,
      observations, list_url, list_title)
    SELECT snapshot, states.portal, list_key, 'section', list_key, 1, 1, {_SEEN}, {_SEEN}, 1, list_url, list_title
    FROM states JOIN lists USING (list_key)
    """,
    """
    INSERT INTO list_rows (snapshot, page, position, url, article_key, title, listed_at)
    SELECT snapshot, 1, place, url, article_key, title, published_on FROM placed JOIN states USING (list_key, state)
    """,
    f"""
    INSERT INTO list_stays (list_key, article_key, first_seen_at, last_seen_at, looks, first_position, last_position)
    SELECT list_key, article_key, {_SEEN}, {_SEEN}, 1, place, place FROM placed
    """,
    "DROP TABLE placed",
    "DROP TABLE states",
)


def tell_more(db: Database) -> None:
    """Add all that to an archive of made-up articles whose index is taken down."""
    with writing(db):
        for statement in _STATEMENTS:
            db.execute(statement)
