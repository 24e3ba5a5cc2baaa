"""The search index as it is made: its tables, a view of the texts, and the triggers that keep it right.

FTS5 keeps words only; a text is looked up where it stands, in the letters of the source (`articles_fts_source`). To
take an article out, FTS5 has to be told the very text that went in. So the triggers note a text before anything is
changed (`articles_fts_before`), compare it with the digest of what was put in (`articles_fts_entries`), take that out,
and put the new text in. What cannot be taken out rightly is refused: a wrong index makes noise.

Articles are numbered by their day, so that the newest come first without being sorted: `search_number` has the day,
from 1970-01-01, in its upper bits, and counts the articles of that day in its lower 20. Day 0 has those without a day.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from archiver.store.ground.keys import digest_of
from archiver.store.search.columns import COLUMNS, PARTS
from archiver.vietnamese.search_forms import FORMS_VERSION

DAY_BITS = 20
DAY = "max(0, coalesce(cast(julianday(published_on) - julianday('1970-01-01') AS INTEGER), 0))"

FORMS = ", ".join([*(f"vi_exact({part})" for part in PARTS), *(f"vi_folded({part})" for part in PARTS)])
DIGEST = f"vi_digest({', '.join(PARTS)})"
NUMBER = "(SELECT search_number FROM articles WHERE articles.article_key = source.article_key)"
_MOST_NOTED = 4
_STALE = "the search index does not hold what the rows of this article say; archiver reparse makes it anew"

_CHANGED = {
    "articles": ("article_key", "title", "lead", "revision_count", "published_on"),
    "revisions": ("article_key", "number", "same_as", "body"),
    "attachments": ("article_key", "position", "label", "text"),
}
"""The columns that a change of is a change of what is found, or where."""


def make_tables(db: Database) -> None:
    """All but the triggers and the contents, which are made anew whenever their definition changes."""
    db.table("articles").add_column("search_number", int)
    db.table("articles").create_index(["search_number", "portal", "section", "web_status"])
    db.execute(
        "CREATE TABLE articles_fts_entries (number INTEGER PRIMARY KEY, article_key TEXT NOT NULL UNIQUE,"
        " digest TEXT NOT NULL)"
    )
    db.execute(
        """
        CREATE VIEW articles_fts_source AS
        SELECT number, article_key, title, lead, body, files,
          title AS title_folded, lead AS lead_folded, body AS body_folded, files AS files_folded
        FROM (
          SELECT entries.number, articles.article_key, articles.title, articles.lead, revisions.body,
            (SELECT group_concat(coalesce(label, '') || char(10) || coalesce(text, ''), char(10))
             FROM (SELECT label, text FROM attachments
                   WHERE attachments.article_key = articles.article_key ORDER BY position)) AS files
          FROM articles LEFT JOIN articles_fts_entries AS entries USING (article_key) LEFT JOIN revisions
            ON revisions.article_key = articles.article_key AND revisions.number = coalesce(
              (SELECT same_as FROM revisions AS latest
               WHERE latest.article_key = articles.article_key AND latest.number = articles.revision_count),
              articles.revision_count)
        )
        """
    )
    db.execute(
        f"CREATE VIRTUAL TABLE articles_fts USING fts5 ({', '.join(COLUMNS)},"
        " content='articles_fts_source', content_rowid='number', tokenize='unicode61 remove_diacritics 0')"
    )
    db.execute(f"CREATE TABLE articles_fts_before (article_key TEXT PRIMARY KEY, {', '.join(PARTS)})")
    db.execute("CREATE TABLE articles_fts_version (version TEXT PRIMARY KEY)")


def triggers() -> dict[str, str]:
    """The statements that make them, by name."""
    return {name: " ".join(statement.split()) for name, statement in _triggers()}


def version() -> str:
    """What the contents depend on: the two forms of a text, and the triggers."""
    return f"{FORMS_VERSION}-{digest_of(''.join(triggers().values()).encode())}"


def _triggers() -> Iterator[tuple[str, str]]:
    for table in _CHANGED:
        for event, keys in (
            ("INSERT", "new.article_key"),
            ("UPDATE", "old.article_key, new.article_key"),
            ("DELETE", "old.article_key"),
        ):
            after = _put_in_again(keys)
            if event == "DELETE" and table != "articles":  # perhaps by an INSERT OR REPLACE, which goes on
                after += _note_text(keys)
            for time, body in (("BEFORE", _note_text(keys)), ("AFTER", after)):
                name = f"{table}_{time.lower()}_{event.lower()}_search"
                yield name, f"CREATE TRIGGER {name} {time} {_event(table, event)} BEGIN {body} END"


def _event(table: str, event: str) -> str:
    """What a trigger waits for. Of revisions only the latest, or the one whose text came back, is in the index."""
    if event == "UPDATE":
        columns = _CHANGED[table]
        differ = " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns)
        return f"UPDATE OF {', '.join(columns)} ON {table} WHEN {differ}"
    if table == "revisions":
        row = "new" if event == "INSERT" else "old"
        return (
            f"{event} ON revisions WHEN EXISTS (SELECT 1 FROM articles"
            f" WHERE article_key = {row}.article_key AND revision_count >= {row}.number)"
        )
    return f"{event} ON {table}"


def _note_text(keys: str) -> str:
    """Texts that nothing was done with after all are forgotten in time."""
    return f"""
        DELETE FROM articles_fts_before
        WHERE article_key IN ({keys}) OR rowid < (SELECT max(rowid) FROM articles_fts_before) - {_MOST_NOTED};
        INSERT INTO articles_fts_before SELECT article_key, {", ".join(PARTS)} FROM articles_fts_source
        WHERE article_key IN ({keys}) AND number IS NOT NULL;
    """


def _put_in_again(keys: str) -> str:
    """Take the noted text out and put the present one in; FTS5 gets its row before the view gives that a number.

    Triggers inherit the conflict policy of the statement that fires them: in an INSERT OR REPLACE, FTS5 would first
    take out what the view gives for the number, although that is not in the index yet.
    """
    before = f"articles_fts_before JOIN articles_fts_entries USING (article_key) WHERE article_key IN ({keys})"
    columns = ", ".join(COLUMNS)
    return f"""
        SELECT raise(ABORT, '{_STALE}') FROM {before} AND digest != {DIGEST};
        INSERT INTO articles_fts (articles_fts, rowid, {columns}) SELECT 'delete', number, {FORMS} FROM {before};
        DELETE FROM articles_fts_entries WHERE article_key IN (
          SELECT article_key FROM articles_fts_before WHERE article_key IN ({keys}));
        DELETE FROM articles_fts_before WHERE article_key IN ({keys});
        UPDATE articles SET search_number = {_next_number()}
        WHERE article_key IN ({keys}) AND search_number >> {DAY_BITS} IS NOT {DAY};
        INSERT INTO articles_fts (rowid, {columns}) SELECT {NUMBER}, {FORMS} FROM articles_fts_source AS source
        WHERE article_key IN ({keys});
        INSERT INTO articles_fts_entries (number, article_key, digest) SELECT {NUMBER}, article_key, {DIGEST}
        FROM articles_fts_source AS source WHERE article_key IN ({keys});
    """


def _next_number() -> str:
    """One more than the last of the article's day; after a million of them the last again, which is refused."""
    first = f"({DAY} << {DAY_BITS})"
    return (
        f"(SELECT coalesce(max(others.search_number), {first}) + 1 FROM articles AS others"
        f" WHERE others.search_number BETWEEN {first} AND {first} + {(1 << DAY_BITS) - 2})"
    ).replace("published_on", "articles.published_on")
