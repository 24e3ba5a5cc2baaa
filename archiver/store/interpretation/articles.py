"""Articles, as their latest revision shows them, and what lists know of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sqlite_utils import Database

from archiver.items import Article
from archiver.portals import Portal
from archiver.store.databases.opening import insert
from archiver.store.evidence.captures import Capture
from archiver.store.interpretation.mentions import save_mentions
from archiver.store.interpretation.revisions import content_of, latest_revision, save_revision
from archiver.store.twice.linking import link, unlink

Saved = Literal["new", "revised", "same"]


def save_article(db: Database, key: str, capture: Capture, article: Article) -> tuple[Saved, int]:
    """Keep what a capture says of an article: a revision if it is new or says something else than the one before.

    Returns what came of it, and the number of the revision that the capture shows.
    """
    content, latest = content_of(article), latest_revision(db, key)
    if latest is not None and latest.digest == content.digest:
        checked(db, key, capture.captured_at, well=True)
        return "same", latest.number
    number = save_revision(db, key, capture, article, content, latest)
    _save_parts(db, key, article)  # before the row: with that, all is there that the search index takes in
    _save_row(db, key, number, capture, article)
    save_mentions(db, key, article)
    link(db, key)
    return ("new" if latest is None else "revised"), number


def revision_of(db: Database, key: str) -> int | None:
    """The number of the revision that an article stands at; null for an article that is not known."""
    row = db.execute("SELECT revision_count FROM articles WHERE article_key = ?", (key,)).fetchone()
    return row[0] if row else None


def captured_articles(archive: Database, portal: Portal) -> list[tuple[str, str, str]]:
    """The newest capture of each article that was captured: its address, the capture's key and time."""
    rows = archive.execute(
        "SELECT url, capture_key, max(captured_at) FROM captures"
        " WHERE portal = ? AND kind = 'article' AND method = 'GET' GROUP BY request_key ORDER BY request_key",
        (portal.key,),
    ).fetchall()
    return [(url, key, at) for url, key, at in rows]


def checked(db: Database, key: str, at: str, *, well: bool) -> None:
    """An article's page was asked for; `well` if it was there as before."""
    db.execute(
        "UPDATE articles SET last_checked_at = max(coalesce(last_checked_at, ''), ?),"
        " last_ok_at = CASE WHEN ? THEN max(coalesce(last_ok_at, ''), ?) ELSE last_ok_at END WHERE article_key = ?",
        (at, well, at, key),
    )


def forget_article(db: Database, key: str) -> None:
    """Take out what was made of an article, to be made again from all its captures."""
    unlink(db, key)
    for table in ("articles", "revisions", "images", "attachments", "document_mentions"):
        db.execute(f"DELETE FROM {table} WHERE article_key = ?", (key,))


def met(db: Database, portal: str, addresses: Iterable[tuple[str, str]], met_as: Literal["listed", "captured"]) -> None:
    """Note addresses (article key, address) under which articles were met. One that lists print goes before our own."""
    db.conn.executemany(
        "INSERT INTO article_urls (article_key, url, portal, met_as) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET met_as = 'listed' WHERE excluded.met_as = 'listed' AND met_as != 'listed'",
        [(key, url, portal, met_as) for key, url in addresses],
    )


def refresh(db: Database, keys: Iterable[str]) -> None:
    """Bring the address and the minute of articles up to date with the lists that show them.

    The page prints a day, lists the minute. The minute is the earliest that any list prints for that day; rows of other
    days are a conflict, whose distance is kept. A minute that the page gives itself stays.
    """
    wanted = list(keys)
    rows = db.execute(_JOINED.format(marks=", ".join("?" * len(wanted))), wanted).fetchall()
    db.conn.executemany(
        "UPDATE articles SET url = ?, listed_at = ?, date_conflict_days = ? WHERE article_key = ?",
        [(url, listed, _farthest(before, after), key) for key, url, listed, before, after, _ in rows],
    )
    db.conn.executemany(
        "UPDATE articles SET published_at = ?, published_from = replace(published_from, ' and list', '') || ?,"
        " published_precision = ? WHERE article_key = ?"
        " AND published_on IS NOT NULL AND (published_from LIKE '% and list' OR published_precision = 'day')",
        [(minute, " and list" if minute else "", "minute" if minute else "day", key) for key, *_, minute in rows],
    )


# A box of the newest articles stands beside every article: of its thousands of rows for one, only the few different
# times count, and each is one step into the index.
_JOINED = """
WITH RECURSIVE times (article_key, listed_at) AS (
  SELECT article_key, (SELECT min(listed_at) FROM list_rows WHERE list_rows.article_key = articles.article_key)
  FROM articles WHERE article_key IN ({marks})
  UNION ALL
  SELECT article_key, (SELECT min(listed_at) FROM list_rows
                       WHERE list_rows.article_key = times.article_key AND list_rows.listed_at > times.listed_at)
  FROM times WHERE times.listed_at IS NOT NULL
)
SELECT articles.article_key,
  coalesce((SELECT min(url) FROM article_urls
            WHERE article_urls.article_key = articles.article_key AND met_as = 'listed'), articles.url),
  coalesce(min(CASE WHEN times.listed_at LIKE '%T%' THEN times.listed_at END), min(times.listed_at)),
  min(CASE WHEN substr(times.listed_at, 1, 10) != published_on
           THEN cast(julianday(substr(times.listed_at, 1, 10)) - julianday(published_on) AS INTEGER) END),
  max(CASE WHEN substr(times.listed_at, 1, 10) != published_on
           THEN cast(julianday(substr(times.listed_at, 1, 10)) - julianday(published_on) AS INTEGER) END),
  min(CASE WHEN times.listed_at LIKE '%T%' AND substr(times.listed_at, 1, 10) = published_on
           THEN times.listed_at END)
FROM articles JOIN times ON times.article_key = articles.article_key GROUP BY articles.article_key
"""


def _farthest(before: int | None, after: int | None) -> int | None:
    """Of the smallest and the largest distance in days, the one that is farther from nothing."""
    return max((each for each in (after, before) if each is not None), key=abs, default=None)


def _save_row(db: Database, key: str, number: int, capture: Capture, article: Article) -> None:
    """The article as its latest revision shows it. What only lists tell is told anew once the run is over."""
    values = {
        "article_key": key,
        "portal": capture.portal,
        "url": article.url,
        "title": article.title,
        "lead": article.lead,
        "section": article.section,
        "section_from": "breadcrumb" if article.section else None,
        "author": article.author,
        "author_raw": article.author_raw,
        "published_on": article.published_on,
        "published_at": article.published_at,
        "published_precision": article.published_precision,
        "published_raw": article.published_raw,
        "published_from": article.published_from,
        "web_status": "live",
        "last_ok_at": capture.captured_at,
        "last_checked_at": capture.captured_at,
        "revision_count": number,
        "syllables": len(" ".join(filter(None, (article.lead, article.body))).split()),
    }
    if number == 1:
        insert(db, "articles", values | {"first_captured_at": capture.captured_at})
        return
    changed = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE articles SET {changed} WHERE article_key = ?", (*values.values(), key))


def _save_parts(db: Database, key: str, article: Article) -> None:
    for table in ("images", "attachments"):
        db.execute(f"DELETE FROM {table} WHERE article_key = ?", (key,))
    db.conn.executemany(
        "INSERT INTO images (article_key, position, url, caption) VALUES (?, ?, ?, ?)",
        [(key, place, image.url, image.caption) for place, image in enumerate(article.images, 1)],
    )
    db.conn.executemany(
        "INSERT INTO attachments (article_key, position, url, label) VALUES (?, ?, ?, ?)",
        [(key, place, each.url, each.label) for place, each in enumerate(article.attachments, 1)],
    )
