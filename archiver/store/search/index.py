"""Making the search index: when an archive is opened that has none of this version, and after all was read again."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

from archiver.store.search.columns import COLUMNS, WEIGHTS
from archiver.store.search.schema import DAY, DAY_BITS, DIGEST, FORMS, NUMBER, triggers, version

_OURS = r"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\_search' ESCAPE '\'"
_MEMORY = 64_000_000  # bytes of words that are collected before they are written
_USUAL = {"hashsize": 1_048_576, "automerge": 4, "crisismerge": 16}
_AT_ONCE = {"hashsize": _MEMORY, "automerge": 0, "crisismerge": 1999}


def is_indexed(db: Database) -> bool:
    """Whether the archive's index is of this version."""
    return bool(db.execute("SELECT 1 FROM articles_fts_version WHERE version = ?", (version(),)).fetchone())


def missing_triggers(db: Database) -> list[str]:
    """The names of triggers that are not as they should be: some ways to change a table drop them without a word."""
    there = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    return [name for name, statement in triggers().items() if there.get(name) != statement]


def take_down(db: Database) -> None:
    """Leave the index empty and changes unwatched, until `index_anew`. Belongs into a transaction."""
    for (name,) in db.execute(_OURS).fetchall():
        db.execute(f"DROP TRIGGER {name}")
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
    for table in ("entries", "before", "version"):
        db.execute(f"DELETE FROM articles_fts_{table}")


def index_anew(db: Database) -> None:
    """Make the index from the texts as they stand, and watch them from now on. Belongs into a transaction.

    About a thousand articles a second. Nothing of an earlier index is left in the file's used pages.
    """
    take_down(db)
    _number_by_day(db)
    _configure(db, _AT_ONCE | {"rank": f"bm25({WEIGHTS}, {WEIGHTS})"})
    db.execute(
        "INSERT INTO articles_fts_entries (number, article_key, digest)"
        f" SELECT {NUMBER}, article_key, {DIGEST} FROM articles_fts_source AS source"
    )
    db.execute(
        f"INSERT INTO articles_fts (rowid, {', '.join(COLUMNS)})"
        f" SELECT number, {FORMS} FROM articles_fts_source WHERE number > 0 ORDER BY number"
    )
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
    _configure(db, _USUAL)
    for statement in triggers().values():
        db.execute(statement)
    db.execute("INSERT INTO articles_fts_version (version) VALUES (?)", (version(),))


def clear_away(db: Database) -> None:
    """Leave no word of articles that were taken out: FTS5 keeps these until it has merged all it has."""
    db.execute("DELETE FROM articles_fts_before")
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")


def _number_by_day(db: Database) -> None:
    db.execute(
        f"""
        WITH placed AS (
          SELECT article_key, ({DAY} << {DAY_BITS})
            + row_number() OVER (PARTITION BY {DAY} ORDER BY published_at, article_key) AS number
          FROM articles
        )
        UPDATE articles SET search_number = placed.number FROM placed WHERE placed.article_key = articles.article_key
        """
    )


def _configure(db: Database, settings: Mapping[str, object]) -> None:
    for name, value in settings.items():
        db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES (?, ?)", (name, value))
