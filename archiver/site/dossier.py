"""All that the archive knows of one article. Every question is answered from an index, however large the archive is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.site.pages.answering import Row, rows

_MOST_CAPTURES = 30
_MOST_LISTINGS = 2_000  # rows of lists that are looked at; a box of the newest stands beside every article
_MOST_MENTIONS = 40
_MOST_PROBLEMS = 20
_MOST_ELSEWHERE = 40
_EXCERPT = 600  # characters of a document's text
IN_A_FILE = "text of an attachment"


@dataclass(frozen=True, slots=True)
class Dossier:
    """One article and what belongs to it; each part as rows with the names of the archive's columns."""

    article: Row  # of `articles`, with its portal's
    version: Row  # of `versions`: the text as it stands now
    authorities: list[Row]  # for whom the portal spoke on the article's day
    revisions: list[Row]  # newest first
    images: list[Row]
    attachments: list[Row]  # with `excerpt` and `characters` of their texts
    captures: list[Row]  # the latest requests for its page, newest first
    capture_count: int
    events: list[Row]  # newest first
    elsewhere: list[Row]  # articles that are the same news, those most alike first, with their portals and authorities
    listings: list[Row]  # where it was listed, each place once
    is_listed_further: bool  # more than was looked at
    mentions: list[Row]  # official documents that it names itself
    problems: list[Row]  # what could not be read of its page, or believed
    neighbours: dict[str, Row | None]  # before, after, before_in_section, after_in_section


def dossier(db: sqlite3.Connection, key: str) -> Dossier | None:
    """What is known of an article; null for a key that is not shown."""
    article = article_row(db, key)
    if article is None:
        return None
    listed = _listed(db, key)
    return Dossier(
        article=article,
        version=rows(db, _VERSION, key, article["revision_count"])[0],
        authorities=rows(db, _AUTHORITIES, key),
        revisions=rows(db, _REVISIONS, key),
        images=rows(db, _IMAGES, key),
        attachments=rows(db, _ATTACHMENTS, _EXCERPT, key),
        captures=rows(db, f"{_CAPTURES} ORDER BY captured_at DESC, capture_key DESC LIMIT ?", key, key, _MOST_CAPTURES),
        capture_count=rows(db, f"SELECT count(*) AS captures FROM ({_CAPTURES})", key, key)[0]["captures"],
        events=rows(db, "SELECT * FROM article_events WHERE article_key = ? ORDER BY at DESC, event", key),
        elsewhere=rows(db, f"{_ELSEWHERE} {_MOST_ALIKE_FIRST} LIMIT ?", key, _MOST_ELSEWHERE),
        listings=_places(listed),
        is_listed_further=len(listed) == _MOST_LISTINGS,
        mentions=rows(db, _MENTIONS, key, IN_A_FILE, _MOST_MENTIONS),
        problems=rows(db, _PROBLEMS, key, _MOST_PROBLEMS),
        neighbours=_neighbours(db, article),
    )


def article_row(db: sqlite3.Connection, key: str) -> Row | None:
    """The row of an article, with its portal's name, address and status."""
    found = rows(db, _ARTICLE, key)
    return found[0] if found else None


def tombstone(db: sqlite3.Connection, key: str) -> Row | None:
    """What stays of an article that is withheld."""
    found = rows(db, "SELECT article_key, withheld_on, category FROM withheld WHERE article_key = ?", key)
    return found[0] if found else None


def linked(db: sqlite3.Connection, key: str, other: str) -> Row | None:
    """In what two articles are the same news; null if they are not."""
    found = rows(db, f"{_ELSEWHERE} AND other_key = ?", key, other)
    return found[0] if found else None


def capture_row(db: sqlite3.Connection, key: str, capture: str) -> Row | None:
    """A capture of the article's page, whatever it was answered with; null for any other capture."""
    found = rows(db, f"SELECT * FROM ({_CAPTURES}) WHERE capture_key = ?", key, key, capture)
    return found[0] if found else None


def last_capture_of(db: sqlite3.Connection, key: str, revision: int) -> Row | None:
    """The last capture that shows a revision."""
    found = rows(db, _LAST_SEEN, key, revision)
    return found[0] if found else None


def versions(db: sqlite3.Connection, key: str, numbers: Iterable[int]) -> dict[int, Row]:
    """Revisions with their texts and what is noted about them, by their numbers."""
    return {number: rows(db, _VERSION, key, number)[0] for number in numbers}


def revisions(db: sqlite3.Connection, key: str) -> list[Row]:
    """What is noted about each revision, newest first, without texts."""
    return rows(db, _REVISIONS, key)


_ARTICLE = """
SELECT articles.*, portals.name AS portal_name, portals.url AS portal_url, portals.web_status AS portal_status
FROM articles JOIN portals ON portals.portal = articles.portal WHERE article_key = ?
"""
_AUTHORITIES = """
SELECT authorities.* FROM article_authorities JOIN authorities USING (authority) WHERE article_key = ?
"""
_VERSION = """
SELECT versions.*, revisions.cause, revisions.batch_flag, revisions.changed_fields, revisions.chars_added,
  revisions.chars_removed, captures.sha256, captures.url AS capture_url, captures.source
FROM versions JOIN revisions ON revisions.article_key = versions.article_key AND revisions.number = versions.number
LEFT JOIN captures ON captures.capture_key = versions.capture_key
WHERE versions.article_key = ? AND versions.number = ?
"""
_REVISIONS = """
SELECT number, captured_at, capture_key, cause, same_as, batch_flag, changed_fields, chars_added, chars_removed,
  content_sha256
FROM revisions WHERE article_key = ? ORDER BY number DESC
"""
_ELSEWHERE = """
SELECT texts_elsewhere.*, portals.name AS portal_name,
  (SELECT group_concat(name, '; ') FROM article_authorities
   WHERE article_authorities.article_key = other_key) AS authority
FROM texts_elsewhere JOIN portals ON portals.portal = other_portal WHERE texts_elsewhere.article_key = ?
"""
_MOST_ALIKE_FIRST = "ORDER BY kind = 'exact' DESC, similarity DESC, other_published_on, other_published_at, other_key"
_WHY_NOT_KEPT = """
(SELECT reason FROM problems WHERE problems.request_key = {table}.request_key AND NOT resolved
 ORDER BY last_at DESC LIMIT 1) AS why_not_kept
"""
_IMAGES = f"""
SELECT *, {_WHY_NOT_KEPT.format(table="images")} FROM images WHERE article_key = ? ORDER BY position
"""
_ATTACHMENTS = f"""
SELECT position, url, label, media_type, sha256, size, capture_key, format, pages, is_cut_off, text_problems,
  length(text) AS characters, substr(text, 1, ?) AS excerpt, {_WHY_NOT_KEPT.format(table="attachments")}
FROM attachments WHERE article_key = ? ORDER BY position
"""
# By the requests that ever showed the article: an answer that it is gone shows none, and belongs to it all the same.
_CAPTURES = """
SELECT capture_key, captured_at, status, error, answer, revision, sha256, size, source, confirms, redirects_to,
  fetched_from, url, method, request_key
FROM captures WHERE request_key IN (SELECT request_key FROM captures WHERE article_key = ?)
  AND (article_key = ? OR article_key IS NULL)
"""
_LAST_SEEN = """
SELECT capture_key, captured_at, status, confirms, sha256 FROM captures
WHERE article_key = ? AND revision = ? ORDER BY captured_at DESC, capture_key DESC LIMIT 1
"""
_MENTIONS = """
SELECT number, kind_name, issuer_name, dated, part FROM document_mentions
WHERE article_key = ? AND part != ? ORDER BY position LIMIT ?
"""
_PROBLEMS = """
SELECT stage, reason, raw, first_at, last_at, count FROM problems
WHERE request_key IN (SELECT request_key FROM captures WHERE article_key = ?) AND NOT resolved
ORDER BY last_at DESC LIMIT ?
"""
_LISTED = """
SELECT list_kind, list_title, list_url, heading, context_article_key, list_rows.page, list_rows.position, title,
  listed_at, listed_raw, seen_from, seen_to
FROM (SELECT * FROM list_rows WHERE article_key = ? LIMIT ?) AS list_rows
JOIN list_snapshots ON list_snapshots.snapshot = list_rows.snapshot
"""
_NEIGHBOUR = """
SELECT article_key, title, published_on FROM articles
WHERE {place} AND published_on {beyond}= :day AND (published_on {beyond} :day
  OR (coalesce(published_at, ''), article_key) {beyond} (:minute, :key))
ORDER BY published_on {order}, coalesce(published_at, '') {order}, article_key {order} LIMIT 1
"""


def _listed(db: sqlite3.Connection, key: str) -> list[Row]:
    return rows(db, _LISTED, key, _MOST_LISTINGS)


def _places(listed: list[Row]) -> list[Row]:
    """Each list once, with the time over which it was seen to show the article; boxes beside other articles as one."""
    places: dict[tuple[object, ...], Row] = {}
    for row in listed:
        is_box = row["context_article_key"] is not None
        name = (row["list_kind"], row["heading"] if is_box else row["list_title"], None if is_box else row["list_url"])
        place = places.setdefault(name, _place(row, is_box=is_box))
        place["pages"].add(row["context_article_key"] if is_box else row["page"])
        place["printed"].add(row["listed_raw"] or row["listed_at"])
        place["seen_from"] = min(place["seen_from"], row["seen_from"])
        place["seen_to"] = max(place["seen_to"], row["seen_to"])
    for place in places.values():
        place["page_count"] = len(place.pop("pages"))
        place["printed"] = sorted(filter(None, place["printed"]))
    return sorted(places.values(), key=lambda place: (place["is_box"], place["seen_from"], place["list_url"] or ""))


def _place(row: Row, *, is_box: bool) -> Row:
    return {
        "list_kind": row["list_kind"],
        "list_title": row["heading"] if is_box else row["list_title"],
        "list_url": None if is_box else row["list_url"],
        "is_box": is_box,
        "page": None if is_box else row["page"],
        "position": None if is_box else row["position"],
        "pages": set(),
        "printed": set(),
        "seen_from": row["seen_from"],
        "seen_to": row["seen_to"],
    }


def _neighbours(db: sqlite3.Connection, article: Row) -> dict[str, Row | None]:
    names = ("before", "after", "before_in_section", "after_in_section")
    return {name: _neighbour(db, article, name) for name in names}


def _neighbour(db: sqlite3.Connection, article: Row, name: str) -> Row | None:
    """The article before or after one, on its portal or in its section; by day, minute, and key where these agree."""
    in_section = name.endswith("_in_section")
    if article["published_on"] is None or (in_section and article["section"] is None):
        return None
    beyond, order = ("<", "DESC") if name.startswith("before") else (">", "ASC")
    place = "portal = :portal" + (" AND section = :section" if in_section else "")
    query = _NEIGHBOUR.format(place=place, beyond=beyond, order=order)
    values = {
        "portal": article["portal"],
        "section": article["section"],
        "day": article["published_on"],
        "minute": article["published_at"] or "",
        "key": article["article_key"],
    }
    cursor = db.execute(query, values)
    found = cursor.fetchone()
    return dict(zip((column[0] for column in cursor.description), found, strict=True)) if found else None


def changed_fields(revision: Row) -> list[str]:
    """What a revision changed, by the names of columns."""
    return list(json.loads(revision["changed_fields"] or "[]"))
