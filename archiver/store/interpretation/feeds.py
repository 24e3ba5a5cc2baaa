"""What feeds and sitemaps told of pages: each entry once, with when it was seen first and last."""

from __future__ import annotations

from collections.abc import Collection

from sqlite_utils import Database

from archiver.items import Feed, FeedEntry
from archiver.portals import Portal
from archiver.portals.addresses import is_page, is_trap
from archiver.store.databases.opening import insert
from archiver.store.evidence.captures import Capture
from archiver.store.evidence.statuses import SHOWING, in_sql
from archiver.store.evidence.withholding import HIDDEN
from archiver.store.ground.keys import article_key, request_key

_SHOW_THE_NEWEST = ("rss", "atom")  # and not all that there is, as sitemaps do


def save_feed(db: Database, portal: Portal, capture: Capture, feed: Feed, withheld: Collection[str] = ()) -> None:
    """Keep what a feed or sitemap shows; `withheld` articles go unnamed. Belongs into a transaction.

    Captures of one feed are told in the order of their times.
    """
    entries = _by_article(portal, feed)
    compared_from = _compared_from(db, capture.request_key, feed, entries.keys())
    _save_look(db, portal, capture, feed, len(entries), compared_from)
    db.conn.executemany(
        _SEEN,
        [
            (capture.request_key, key, portal.key, _page_request(portal, entry.url), *_named(entry, key, withheld),
             entry.listed_at, entry.listed_raw, capture.captured_at, capture.captured_at, capture.capture_key,
             capture.capture_key)
            for key, entry in entries.items()
        ],
    )  # fmt: skip


_SEEN = """
INSERT INTO feed_entries (request_key, article_key, portal, page_request_key, url, title, listed_at, listed_raw,
  first_seen_at, last_seen_at, first_capture_key, last_capture_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET url = excluded.url, title = excluded.title, listed_at = excluded.listed_at,
  listed_raw = excluded.listed_raw, last_seen_at = excluded.last_seen_at, last_capture_key = excluded.last_capture_key
"""


def confirm_feed(db: Database, capture: Capture) -> None:
    """A feed is as it was (a 304): all that stood in it when it was seen last was seen once more."""
    last = (
        "SELECT max(captured_at) FROM captures"
        f" WHERE request_key = ? AND status IN {in_sql(SHOWING)} AND captured_at < ?"
    )
    for table, proof in (("feed_entries", "last_capture_key = ?"), ("feeds", "looks = looks + 1")):
        db.execute(
            f"UPDATE {table} SET last_seen_at = ?, {proof} WHERE request_key = ? AND last_seen_at = ({last})",
            (capture.captured_at, *([capture.capture_key] if "?" in proof else []), capture.request_key,
             capture.request_key, capture.captured_at),
        )  # fmt: skip


def forget_feed(db: Database, request: str) -> None:
    """Take out what was made of a feed, to be made again from all its captures."""
    for table in ("feed_entries", "feeds"):
        db.execute(f"DELETE FROM {table} WHERE request_key = ?", (request,))


def hide_in_feeds(db: Database, key: str) -> None:
    """Name an article in no entry. Belongs into a transaction."""
    db.execute("UPDATE feed_entries SET url = ?, title = ? WHERE article_key = ?", (HIDDEN, HIDDEN, key))


def name_in_feed(db: Database, portal: Portal, request: str, key: str, feed: Feed) -> None:
    """Name an article again as a feed does, which showed it last. Belongs into a transaction."""
    entry = _by_article(portal, feed)[key]
    db.execute(
        "UPDATE feed_entries SET url = ?, title = ? WHERE request_key = ? AND article_key = ?",
        (entry.url, entry.title, request, key),
    )


def _by_article(portal: Portal, feed: Feed) -> dict[str, FeedEntry]:
    """The first entry for each address, by the name that an article there has."""
    return {article_key(portal, entry.url): entry for entry in reversed(feed.entries)}


def _compared_from(db: Database, request: str, feed: Feed, keys: Collection[str]) -> str | None:
    """Since when a feed, which shows only the newest, was seen without a gap: a look must show what the last one did.

    The oldest time that its entries print; null for sitemaps, which show all, and for feeds that print no times.
    """
    if feed.kind not in _SHOW_THE_NEWEST:
        return None
    last = db.execute(
        "SELECT compared_from, last_seen_at FROM feeds WHERE request_key = ?"
        f" AND kind IN ({', '.join('?' * len(_SHOW_THE_NEWEST))})",
        (request, *_SHOW_THE_NEWEST),
    ).fetchone()
    before = db.execute(
        "SELECT article_key FROM feed_entries WHERE request_key = ? AND last_seen_at = ?", (request, last and last[1])
    ).fetchall()
    if last is not None and any(key in keys for (key,) in before):
        return None if last[0] is None else str(last[0])
    return min((entry.listed_at for entry in feed.entries if entry.listed_at), default=None)


def _save_look(
    db: Database, portal: Portal, capture: Capture, feed: Feed, entries: int, compared_from: str | None
) -> None:
    looks = db.execute("SELECT looks FROM feeds WHERE request_key = ?", (capture.request_key,)).fetchone()
    row = {
        "request_key": capture.request_key,
        "portal": portal.key,
        "url": feed.url,
        "kind": feed.kind,
        "title": feed.title,
        "entries": entries,
        "is_cut_off": int(feed.is_cut_off),
        "compared_from": compared_from,
        "last_seen_at": capture.captured_at,
        "looks": (looks[0] if looks else 0) + 1,
    }
    if looks is None:
        insert(db, "feeds", row | {"first_seen_at": capture.captured_at})
        return
    changed = ", ".join(f"{name} = ?" for name in row)
    db.execute(f"UPDATE feeds SET {changed} WHERE request_key = ?", (*row.values(), capture.request_key))


def _page_request(portal: Portal, url: str) -> str | None:
    """What names the request for an entry's page; null where no page of the portal can be, and nobody asks."""
    return request_key(portal, "GET", url) if is_page(portal, url) and not is_trap(url) else None


def _named(entry: FeedEntry, key: str, withheld: Collection[str]) -> tuple[str, str | None]:
    """Address and title of an entry, as the archive may show them."""
    return (HIDDEN, HIDDEN) if key in withheld else (entry.url, entry.title)
