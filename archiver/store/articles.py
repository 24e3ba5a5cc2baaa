"""Articles and their revisions. A revision is made only when the content of a page changed."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from sqlite_utils import Database

from archiver.items import Article
from archiver.store.captures import Capture
from archiver.store.database import insert
from archiver.store.keys import sha256

CONTENT_COLUMNS = ("title", "lead", "body", "section", "author_raw", "published_raw", "images", "attachments")
_LONGEST_BY_CHARACTER = 4_000  # texts whose characters are compared one by one; longer ones by words
Saved = Literal["new", "revised", "same"]


@dataclass(frozen=True, slots=True)
class Content:
    """What of an article counts: when any of it changes, that is a revision."""

    title: str | None
    lead: str | None
    body: str | None
    section: str | None
    author_raw: str | None
    published_raw: str | None
    images: str  # JSON
    attachments: str

    @property
    def digest(self) -> str:
        """One digest of all of it."""
        return sha256(json.dumps(list(asdict(self).values()), ensure_ascii=False).encode())


def content_of(article: Article) -> Content:
    """The content of an article as its page shows it."""
    return Content(
        article.title,
        article.lead,
        article.body,
        article.section,
        article.author_raw,
        article.published_raw,
        _as_json([asdict(image) for image in article.images]),
        _as_json([asdict(attachment) for attachment in article.attachments]),
    )


def save_article(db: Database, key: str, capture: Capture, article: Article) -> Saved:
    """Keep what a capture says of an article: a revision if it is new or says something else than the one before."""
    content = content_of(article)
    last = db.execute(
        f"SELECT number, content_sha256, {', '.join(CONTENT_COLUMNS)} FROM revisions WHERE article_key = ?"
        " ORDER BY number DESC LIMIT 1",
        (key,),
    ).fetchone()
    if last is not None and last[1] == content.digest:
        _confirm(db, key, capture)
        return "same"
    number = 1 if last is None else last[0] + 1
    before = None if last is None else Content(*last[2:])
    _insert_revision(db, key, number, capture, article, content, before)
    _save_row(db, key, number, capture, article)
    _save_parts(db, key, article)
    return "new" if last is None else "revised"


def checked(db: Database, key: str, at: str, *, well: bool) -> None:
    """An article's page was asked for; `well` if it was there as before."""
    db.execute(
        "UPDATE articles SET last_checked_at = max(coalesce(last_checked_at, ''), ?),"
        " last_ok_at = CASE WHEN ? THEN max(coalesce(last_ok_at, ''), ?) ELSE last_ok_at END WHERE article_key = ?",
        (at, well, at, key),
    )


def forget_article(db: Database, key: str) -> None:
    """Take out what was made of an article, to be made again from all its captures."""
    for table in ("revisions", "images", "attachments", "articles"):
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
    days are a conflict, whose distance is kept. A minute that the page prints itself stays.
    """
    wanted = list(keys)
    rows = db.execute(_JOINED.format(marks=", ".join("?" * len(wanted))), wanted).fetchall()
    db.conn.executemany(
        "UPDATE articles SET url = ?, listed_at = ?, date_conflict_days = ? WHERE article_key = ?",
        [(url, listed, _farthest(before, after), key) for key, url, listed, before, after, _ in rows],
    )
    db.conn.executemany(
        "UPDATE articles SET published_at = ?, published_from = ?, published_precision = ? WHERE article_key = ?"
        " AND published_on IS NOT NULL AND NOT (published_from = 'page' AND published_precision != 'day')",
        [
            (minute, "page and list" if minute else "page", "minute" if minute else "day", key)
            for key, *_, minute in rows
        ],
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


def _confirm(db: Database, key: str, capture: Capture) -> None:
    db.execute("UPDATE articles SET web_status = 'live', first_missing_at = NULL WHERE article_key = ?", (key,))
    checked(db, key, capture.captured_at, well=True)


def _insert_revision(
    db: Database, key: str, number: int, capture: Capture, article: Article, content: Content, before: Content | None
) -> None:
    same_as = db.execute(
        "SELECT min(number) FROM revisions WHERE article_key = ? AND content_sha256 = ?", (key, content.digest)
    ).fetchone()[0]
    added, removed = (0, 0) if before is None else _difference(before, content)
    values = {
        "article_key": key,
        "number": number,
        "capture_key": capture.capture_key,
        "captured_at": capture.captured_at,
        "cause": "first" if before is None else "publisher",
        "same_as": same_as,
        "changed_fields": _changed_fields(before, content),
        "author": article.author,
        "chars_added": added,
        "chars_removed": removed,
        "content_sha256": content.digest,
    } | asdict(content)
    insert(db, "revisions", values)


def _changed_fields(before: Content | None, after: Content) -> str | None:
    if before is None:
        return None
    return _as_json([name for name in CONTENT_COLUMNS if getattr(before, name) != getattr(after, name)])


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
        "first_missing_at": None,
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


def _difference(before: Content, after: Content) -> tuple[int, int]:
    """How many characters of title, lead and body were added and removed."""
    old, new = ("\n\n".join(filter(None, (each.title, each.lead, each.body))) for each in (before, after))
    by_character = max(len(old), len(new)) <= _LONGEST_BY_CHARACTER
    one = list(old) if by_character else _words(old)
    other = list(new) if by_character else _words(new)
    added = removed = 0
    for kind, start, end, other_start, other_end in difflib.SequenceMatcher(
        a=one, b=other, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            removed += sum(map(len, one[start:end]))
            added += sum(map(len, other[other_start:other_end]))
    return added, removed


def _words(text: str) -> list[str]:
    """Words, and what stands between them: together they are the text."""
    return re.split(r"(\s+)", text)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
