"""Whether the search index holds what the rows say.

`faults_of_index` looks at every article and at every word of the index, and takes seconds for a hundred thousand
articles: each text has the digest of the one that was put in; each article is in the index once; the words that the
index holds without marks are those that it holds with marks, folded (FTS5's own "rebuild" makes both alike, and search
without marks blind); and some articles are looked up by their words. What it does not see is an index whose words were
shuffled among articles. `faults_of_every_word` does: FTS5 makes all words again and compares, which takes as long as
making the index.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator

from sqlite_utils import Database

from archiver.store.search.columns import COLUMNS, EXACT, FOLDED, PARTS
from archiver.store.search.index import is_indexed, missing_triggers
from archiver.store.search.schema import DAY, DAY_BITS, DIGEST
from archiver.vietnamese.search_forms import exact, folded

_REMEDY = "`archiver reparse` makes it anew"
_SAMPLE = 50  # articles that are looked up
_MOST_NAMED = 3
_ARTICLES = {
    "articles that the search index lacks": f"""
        SELECT article_key FROM articles EXCEPT
        SELECT article_key FROM articles_fts_entries JOIN articles USING (article_key)
        WHERE number = search_number AND number >> {DAY_BITS} = {DAY}""",
    "articles in the search index that the archive has not": """
        SELECT article_key FROM articles_fts_entries EXCEPT SELECT article_key FROM articles""",
    "articles whose words went out of the search index": """
        SELECT article_key FROM articles_fts_entries WHERE number NOT IN (SELECT id FROM articles_fts_docsize)""",
    "words in the search index that belong to no article": """
        SELECT 'number ' || id FROM articles_fts_docsize WHERE id NOT IN (SELECT number FROM articles_fts_entries)""",
    "articles that say something else than the search index holds": f"""
        SELECT entries.article_key FROM articles_fts_entries AS entries
        JOIN articles_fts_source AS source ON source.number = entries.number WHERE digest != {DIGEST}""",
}


def faults_of_index(db: Database) -> Iterator[str]:
    """What is wrong with the search index, each in a sentence; nothing is written to the file."""
    if not is_indexed(db):
        yield f"archive.db: the search index was made by another version of this program; {_REMEDY}"
    if gone := missing_triggers(db):
        yield f"archive.db: triggers are gone, changes would not be found: {', '.join(gone)}; {_REMEDY}"
    for sentence, query in _ARTICLES.items():
        if keys := [key for (key,) in db.execute(query).fetchall()]:
            yield f"archive.db: {sentence}: {len(keys):,} ({_some(keys)}); {_REMEDY}"
    for part, word in _unlike_words(db):
        yield f"archive.db: the search index holds {word!r} in {part} with marks and without unlike; {_REMEDY}"
        return  # after a wrong rebuild it is every word
    if lost := list(_not_found(db)):
        yield f"archive.db: articles that their own words do not find: {len(lost)} ({_some(lost)}); {_REMEDY}"


def faults_of_every_word(db: Database) -> Iterator[str]:
    """Whether the index holds exactly the words of the texts, each in its place. Nobody can write meanwhile.

    FTS5 compares an index with the view that it looks texts up in. For as long as that takes, the view gives the two
    forms of the texts in place of the texts; then all is as it was.
    """
    (source,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'articles_fts_source'").fetchone()
    forms = ", ".join(f"{'vi_folded' if name in FOLDED else 'vi_exact'}({name}) AS {name}" for name in COLUMNS)
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        db.execute(source.replace("articles_fts_source", "articles_fts_texts", 1))
        db.execute("DROP VIEW articles_fts_source")
        db.execute(f"CREATE VIEW articles_fts_source AS SELECT number, {forms} FROM articles_fts_texts")
        db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        yield f"archive.db: the search index does not hold the words of the texts ({error}); {_REMEDY}"
    finally:
        db.conn.rollback()


def _some(keys: list[str]) -> str:
    return ", ".join(keys[:_MOST_NAMED]) + (" …" if len(keys) > _MOST_NAMED else "")


def _unlike_words(db: Database) -> Iterator[tuple[str, str]]:
    """Words without marks that the index holds more or less often than the same words with marks, by part."""
    db.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.articles_fts_words USING fts5vocab ('main', 'articles_fts', 'col')"
    )
    counts = {column: Counter[str]() for column in COLUMNS}
    for word, column, count in db.conn.cursor().execute("SELECT term, col, cnt FROM temp.articles_fts_words"):
        counts[column][folded(word) if column in EXACT else word] += count
    db.execute("DROP TABLE temp.articles_fts_words")
    for part, without in zip(EXACT, FOLDED, strict=True):
        for word in counts[part].keys() | counts[without].keys():
            if counts[part][word] != counts[without][word]:
                yield part, word


def _not_found(db: Database) -> Iterator[str]:
    """Articles of a sample that three words from their middle do not find."""
    entries = db.execute("SELECT number, article_key FROM articles_fts_entries ORDER BY number").fetchall()
    for number, key in entries[:: max(1, len(entries) // _SAMPLE)]:
        texts = db.execute(f"SELECT {', '.join(PARTS)} FROM articles_fts_source WHERE number = ?", (number,)).fetchone()
        for part, text in zip(PARTS, texts, strict=True):
            if not all(_finds(db, number, column, text) for column in (part, f"{part}_folded")):
                yield key
                break


def _finds(db: Database, number: int, column: str, text: object) -> bool:
    """Looked for as they stand there: FTS5 knows fewer letters of rare scripts than Python does."""
    form = exact if column in EXACT else folded
    parts = re.sub('["\0]', " ", form("" if text is None else str(text))).split()
    some = " ".join(parts[len(parts) // 2 :][:3])
    query = "SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? AND rowid = ?"
    if not re.search("[0-9a-z]", some):
        return True
    return db.execute(query, (f'{{{column}}} : "{some}"', number)).fetchone() is not None
