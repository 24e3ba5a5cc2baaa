"""The official documents that an article names: in its title, its lead, its text, and the names of its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice

from sqlite_utils import Database

from archiver.items import Article
from archiver.vietnamese.documents import mentions

IN_A_FILE = "text of an attachment"
_MOST_IN_FILES = 20_000  # of one article
_COLUMNS = ("number", "key", "year", "kind", "kind_name", "issuer", "issuer_name", "dated", "dated_raw", "start")


def save_mentions(db: Database, key: str, article: Article) -> None:
    """Note what an article's latest revision names, in reading order. Belongs into a transaction."""
    db.execute("DELETE FROM document_mentions WHERE article_key = ?", (key,))
    rows = [
        (key, place, part, *(values[name] for name in _COLUMNS))
        for place, (part, values) in enumerate(_mentions(article), 1)
    ]
    db.conn.executemany(
        f"INSERT INTO document_mentions (article_key, position, part, {', '.join(_COLUMNS)})"
        f" VALUES ({', '.join('?' * (3 + len(_COLUMNS)))})",
        rows,
    )


def save_mentions_of_files(db: Database, key: str) -> None:
    """Note what the texts of an article's documents name, behind what the article names itself."""
    db.execute("DELETE FROM document_mentions WHERE article_key = ? AND part = ?", (key, IN_A_FILE))
    (place,) = db.execute(
        "SELECT coalesce(max(position), 0) FROM document_mentions WHERE article_key = ?", (key,)
    ).fetchone()
    texts = db.execute(
        "SELECT position, text FROM attachments WHERE article_key = ? AND text IS NOT NULL ORDER BY position", (key,)
    ).fetchall()
    found = ((number, asdict(mention)) for number, text in texts for mention in mentions(text))
    db.conn.executemany(
        f"INSERT INTO document_mentions (article_key, position, part, attachment, {', '.join(_COLUMNS)})"
        f" VALUES ({', '.join('?' * (4 + len(_COLUMNS)))})",
        [
            (key, place + count, IN_A_FILE, number, *(values[name] for name in _COLUMNS))
            for count, (number, values) in enumerate(islice(found, _MOST_IN_FILES), 1)
        ],
    )


def _mentions(article: Article) -> Iterator[tuple[str, dict[str, object]]]:
    for part, text in _parts(article):
        for mention in mentions(text):
            yield part, asdict(mention)


def _parts(article: Article) -> Iterator[tuple[str, str]]:
    for part, text in (("title", article.title), ("lead", article.lead), ("body", article.body)):
        if text:
            yield part, text
    yield from (("attachment", each.label) for each in article.attachments)
