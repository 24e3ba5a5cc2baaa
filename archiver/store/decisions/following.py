"""One decision, carried through an archive: what a reading of all captures would make of it, without that reading.

What has to do with an article: the captures of its own address, rows of lists that name it, redirects that lead to it.
The box of the newest articles stands on every page, so that a new article is named by thousands of captures; their rows
are rewritten in place. What was hidden in them is read again in one capture for each different state of a box.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlite_utils import Database

from archiver.items import ListRow, Page
from archiver.portals import Portal
from archiver.portals.addresses import tidy
from archiver.store.databases.opening import writing
from archiver.store.evidence.captures import capture_by_key, page_shown
from archiver.store.evidence.subjects import requests_for
from archiver.store.evidence.withholding import HIDDEN, shown_url
from archiver.store.ground.keys import article_key
from archiver.store.interpretation.articles import met, refresh
from archiver.store.interpretation.confirming import page_that_is_back
from archiver.store.interpretation.feeds import hide_in_feeds, name_in_feed
from archiver.store.interpretation.hiding import tell_address_anew
from archiver.store.interpretation.interpreting import retell_known
from archiver.store.interpretation.listings import boxes_of, digest_of_box
from archiver.store.interpretation.problems import forget_problems
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.interpretation.withheld_files import files_of_articles
from archiver.store.runs.settling import settle


def follow_decision(archive: Database, captures: Database, portal: Portal, key: str) -> None:
    """Bring an archive in line with the latest decision about an article.

    The archive is one of this reader that follows all other decisions. What it has not been told yet, it is not told.
    """
    reader = Reader(captures, portal)
    own = requests_for(captures, portal, {key})
    with writing(archive):
        carry_out = _hide if key in reader.withheld else _show
        carry_out(archive, reader, key)
        listed = _listed_on(archive, own)
        files = files_of_articles(captures, portal, {key}, reader.page)
        for request in files:
            forget_problems(archive, request)
        retell_known(archive, reader, own | files)
        for other in listed - _listed_on(archive, own) - reader.withheld.keys():
            _list_anew(archive, portal, other)
        refresh(archive, listed | {key})
    settle(archive, captures, portal)


# -- where others name the article -----------------------------------------------------------------------------------


def _hide(archive: Database, reader: Reader, key: str) -> None:
    """Name the article nowhere."""
    portal = reader.portal
    archive.execute("UPDATE list_rows SET url = ?, title = ? WHERE article_key = ?", (HIDDEN, HIDDEN, key))
    hide_in_feeds(archive, key)
    for table in ("article_urls", "article_events"):
        archive.execute(f"DELETE FROM {table} WHERE article_key = ?", (key,))
    lists = archive.execute(
        "SELECT DISTINCT list_url FROM list_snapshots WHERE portal = ? AND context_article_key IS NULL", (portal.key,)
    ).fetchall()
    archive.conn.executemany(
        "UPDATE list_snapshots SET list_url = ?, list_key = NULL WHERE list_url = ?",
        [(HIDDEN, url) for (url,) in lists if article_key(portal, url) == key],
    )
    for capture, target, request in _redirects(archive, portal):
        if article_key(portal, target) == key or request in reader.leading:
            tell_address_anew(archive, reader, capture_by_key(reader.captures, capture))


def _show(archive: Database, reader: Reader, key: str) -> None:
    """Name the article again wherever it was."""
    for digest, position, snapshot in archive.execute(
        "SELECT rows_sha256, position, min(snapshot) FROM list_rows JOIN list_snapshots USING (snapshot)"
        " WHERE article_key = ? GROUP BY rows_sha256, position",
        (key,),
    ).fetchall():
        row = _row_as_read(archive, reader, snapshot, digest, position)
        archive.execute(
            "UPDATE list_rows SET url = ?, title = ? WHERE article_key = ? AND position = ?"
            " AND snapshot IN (SELECT snapshot FROM list_snapshots WHERE rows_sha256 = ?)",
            (row.url, row.title, key, position, digest),
        )
        met(archive, reader.portal.key, [(key, row.url)], "listed")
    _show_in_feeds(archive, reader, key)
    for (snapshot,) in archive.execute(
        "SELECT snapshot FROM list_snapshots WHERE portal = ? AND list_url = ?", (reader.portal.key, HIDDEN)
    ).fetchall():
        page = _page_as_read(archive, reader, snapshot)
        url = None if page.is_piece else shown_url(reader.portal, page.list_url or page.url, reader.withheld)
        archive.execute("UPDATE list_snapshots SET list_url = ?, list_key = NULL WHERE snapshot = ?", (url, snapshot))
    for capture, target, _ in _redirects(archive, reader.portal):
        if target == HIDDEN:
            tell_address_anew(archive, reader, capture_by_key(reader.captures, capture))


def _show_in_feeds(archive: Database, reader: Reader, key: str) -> None:
    """Each feed as it was when it showed the article last."""
    for request, proof in archive.execute(
        "SELECT request_key, last_capture_key FROM feed_entries WHERE article_key = ?", (key,)
    ).fetchall():
        capture = page_shown(reader.captures, capture_by_key(reader.captures, proof))
        feed = reader.feed(capture) if capture is not None else None
        if feed is None:
            raise LookupError(f"feed {request} has no capture that can be read; archiver reparse makes all anew")
        name_in_feed(archive, reader.portal, request, key, feed)


def _redirects(archive: Database, portal: Portal) -> list[tuple[str, str, str | None]]:
    """Captures (keys) that lead to another address, that address as it is shown, and the request that it names."""
    return archive.execute(
        "SELECT capture_key, redirects_to, redirects_to_key FROM captures"
        " WHERE portal = ? AND redirects_to IS NOT NULL",
        (portal.key,),
    ).fetchall()


def _row_as_read(archive: Database, reader: Reader, snapshot: int, digest: str, position: int) -> ListRow:
    """A row of a box, in the capture that showed the box first."""
    for rows in boxes_of(_page_as_read(archive, reader, snapshot)):
        if digest_of_box(rows) == digest:
            return next(row for row in rows if row.position == position)
    raise LookupError(f"list snapshot {snapshot} is not what its capture shows; archiver reparse makes all anew")


def _page_as_read(archive: Database, reader: Reader, snapshot: int) -> Page:
    capture = archive.execute(
        "SELECT capture_key FROM captures JOIN list_snapshots"
        " ON captures.request_key = list_snapshots.request_key AND captures.captured_at = list_snapshots.seen_from"
        " WHERE snapshot = ?",
        (snapshot,),
    ).fetchone()
    shown = capture_by_key(reader.captures, capture[0]) if capture else None
    if shown is not None:
        shown = page_that_is_back(reader.captures, shown) or shown
    page = reader.page(shown) if shown is not None else None
    if page is None:
        raise LookupError(f"list snapshot {snapshot} has no capture that can be read; archiver reparse makes all anew")
    return page


# -- whom the article's own page names -------------------------------------------------------------------------------


def _listed_on(archive: Database, requests: Collection[str]) -> set[str]:
    """The articles that stand in the boxes of some pages."""
    marks = ", ".join("?" * len(requests))
    rows = archive.execute(
        "SELECT DISTINCT article_key FROM list_rows JOIN list_snapshots USING (snapshot)"
        f" WHERE request_key IN ({marks})",
        list(requests),
    )
    return {key for (key,) in rows.fetchall()}


def _list_anew(archive: Database, portal: Portal, key: str) -> None:
    """A list that named an article is gone: its addresses are those that other lists and its own page say."""
    archive.execute("DELETE FROM article_urls WHERE article_key = ?", (key,))
    listed = archive.execute("SELECT DISTINCT url FROM list_rows WHERE article_key = ?", (key,)).fetchall()
    met(archive, portal.key, [(key, url) for (url,) in listed], "listed")
    pages = archive.execute(
        "SELECT captures.url FROM captures LEFT JOIN revisions USING (capture_key)"
        " WHERE captures.article_key = ? AND captures.kind = 'article'"
        " ORDER BY coalesce(revisions.number, 0), captures.captured_at",
        (key,),
    ).fetchall()
    captured = [tidy(portal, url) for (url,) in pages]
    met(archive, portal.key, [(key, url) for url in captured], "captured")
    if captured:
        archive.execute("UPDATE articles SET url = ?, last_listed_at = NULL WHERE article_key = ?", (captured[-1], key))
