"""What a search index holds, word by word; and what it would hold if it were made anew."""

import sqlite3

from sqlite_utils import Database

from archiver.store.databases.opening import writing
from archiver.store.search.functions import register
from archiver.store.search.index import index_anew


def words_of(db):
    """Every word with its article, column and place."""
    db.execute("CREATE VIRTUAL TABLE temp.held USING fts5vocab ('main', 'articles_fts', 'instance')")
    rows = db.execute(
        "SELECT article_key, col, offset, term FROM temp.held"
        " LEFT JOIN articles_fts_entries ON number = doc ORDER BY 1, 2, 3"
    ).fetchall()
    db.execute("DROP TABLE temp.held")
    return rows


def words_anew(db):
    """The same of an index that is made anew from the same rows, in memory."""
    fresh = Database(sqlite3.connect(":memory:", isolation_level=None))
    db.conn.backup(fresh.conn)
    register(fresh.conn)
    with writing(fresh):
        index_anew(fresh)
    return words_of(fresh)
