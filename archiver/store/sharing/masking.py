"""Masking the numbers that name a person in a copy of an archive: wherever published words stand, and wherever their
digests would give them away.

Every text is looked at by itself first, with the words around its numbers. What was found is then masked wherever it
stands again, also without any words around it, and in addresses. From the digest of a text all but nine of whose digits
are known, these can be found by trying: digests of masked texts are made anew, of the text as it stands. The table
`masked` says which rows these are.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlite_utils import Database

from archiver.store.ground.keys import digest_of, digest_of_rows
from archiver.store.interpretation.file_texts import digest_of_text
from archiver.store.interpretation.published_words import Holds, Table, tables_of
from archiver.store.interpretation.revisions import CONTENT_COLUMNS, Content, as_json
from archiver.vietnamese.masking import LONG_ENOUGH, Found, blotted, found_again, found_in_address, masked_with

Progress = Callable[[int, int], None]  # rows looked at, rows in all
_AT_ONCE = 200  # rows
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(slots=True)
class Masked:
    """What was masked: the numbers themselves, which are nowhere kept, and how many of each kind."""

    known: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    rows: int = 0


Look = Callable[[str, Holds], tuple[str, list[Found]]]


def make_notes(db: Database) -> None:
    """The table that says what was masked: none of it, in a copy that is not."""
    db.execute(
        "CREATE TABLE masked (in_table TEXT, row_key TEXT, in_column TEXT, citizens INTEGER, phones INTEGER,"
        " accounts INTEGER, found_again INTEGER, PRIMARY KEY (in_table, row_key, in_column))"
    )


def mask_archive(db: Database, progress: Progress) -> Masked:
    """Mask a copy of an archive, and note what was. Belongs into a transaction.

    What SQLite leaves of the old texts in unused pages goes with the next VACUUM.
    """
    done = Masked()
    tables = tables_of(db)
    total = 2 * sum(db[table.name].count for table in tables)
    looked_at = 0
    for look in (_by_itself, lambda value, holds: _again(value, holds, done.known)):
        for table in tables:
            for rows in _batches(db, table):
                for key, values in rows:
                    _mask_row(db, table, key, values, look, done)
                looked_at += len(rows)
                progress(looked_at, total)
    _make_digests_anew(db)
    _forget_words_of_indexes(db)
    done.rows = db.execute("SELECT count(*) FROM (SELECT DISTINCT in_table, row_key FROM masked)").fetchone()[0]
    return done


def digest_of_masked_text(content: Content) -> str:
    """What stands in `revisions.text_sha256` for a masked version: of title and text as they stand in the copy."""
    text = "\n\n".join(filter(None, (content.lead, content.body)))
    return digest_of(as_json([content.title, text or [content.images, content.attachments]]).encode())


def unmasked(db: Database) -> Iterator[str]:
    """Where a copy that is said to be masked still shows a number that names a person, each in a sentence."""
    for table in tables_of(db):
        for rows in _batches(db, table):
            for key, values in rows:
                for column, value in values.items():
                    if _by_itself(value, table.columns[column])[1]:
                        yield f"{table.name} {as_json(list(key))} shows a number in {column} that names a person"


def _batches(db: Database, table: Table) -> Iterator[list[tuple[tuple[object, ...], dict[str, str]]]]:
    """The rows of a table by their keys, with those of their texts that hold digits."""
    keys, columns = ", ".join(f'"{key}"' for key in table.keys), ", ".join(f'"{name}"' for name in table.columns)
    last: tuple[object, ...] | None = None
    while True:
        after = f"WHERE ({keys}) > ({', '.join('?' * len(table.keys))})" if last else ""
        rows = db.execute(
            f'SELECT {keys}, {columns} FROM "{table.name}" {after} ORDER BY {keys} LIMIT {_AT_ONCE}', last or ()
        ).fetchall()
        if not rows:
            return
        size = len(table.keys)
        yield [(row[:size], _texts(dict(zip(table.columns, row[size:], strict=True)))) for row in rows]
        last = rows[-1][:size]


def _texts(values: dict[str, object]) -> dict[str, str]:
    return {name: value for name, value in values.items() if isinstance(value, str) and any(map(str.isdigit, value))}


def _mask_row(
    db: Database, table: Table, key: tuple[object, ...], values: dict[str, str], look: Look, done: Masked
) -> None:
    looks = {column: look(value, table.columns[column]) for column, value in values.items()}
    changed = {column: text for column, (text, found) in looks.items() if found}
    if not changed:
        return
    named = [changed.get(name, part) for name, part in zip(table.keys, key, strict=True)]
    for column in changed:
        _note(db, table, named, column, looks[column][1], done)
    settings = ", ".join(f'"{column}" = ?' for column in changed)
    condition = " AND ".join(f'"{name}" IS ?' for name in table.keys)
    # REPLACE: two addresses of an article may differ in such a number alone.
    db.execute(f'UPDATE OR REPLACE "{table.name}" SET {settings} WHERE {condition}', (*changed.values(), *key))


def _note(db: Database, table: Table, key: list[object], column: str, found: list[Found], done: Masked) -> None:
    kinds = Counter(each.kind or "again" for each in found)
    done.known.update(each.digits for each in found if each.kind and len(each.digits) >= LONG_ENOUGH)
    done.counts += kinds
    db.execute(
        "INSERT INTO masked VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET found_again = found_again + excluded.found_again",
        (table.name, as_json(key), column, *(kinds[kind] for kind in ("citizen", "phone", "account", "again"))),
    )


def _by_itself(value: str, holds: Holds) -> tuple[str, list[Found]]:
    if holds == "address":
        return value, []
    if holds == "json":
        return _in_json(value, _unless_address)
    return _unless_address(value)


def _unless_address(text: str) -> tuple[str, list[Found]]:
    return (text, []) if _ADDRESS.fullmatch(text) else masked_with(text)


def _again(value: str, holds: Holds, known: set[str]) -> tuple[str, list[Found]]:
    def find(text: str) -> tuple[str, list[Found]]:
        find_in = found_in_address if holds == "address" or _ADDRESS.fullmatch(text) else found_again
        found = find_in(text, known)
        return blotted(text, found), found

    if not known:
        return value, []
    return _in_json(value, find) if holds == "json" else find(value)


def _in_json(value: str, look: Callable[[str], tuple[str, list[Found]]]) -> tuple[str, list[Found]]:
    """The same for every string within JSON but for the names of fields; addresses are left to the second look."""
    everything: list[Found] = []

    def walk(part: object) -> object:
        if isinstance(part, str):
            text, found = look(part)
            everything.extend(found)
            return text
        if isinstance(part, list):
            return [walk(each) for each in part]
        return {name: walk(each) for name, each in part.items()} if isinstance(part, dict) else part

    try:
        walked = walk(json.loads(value))
    except ValueError:
        return look(value)
    return (as_json(walked) if everything else value), everything


def _make_digests_anew(db: Database) -> None:
    """Of what was masked; a digest of it as it was would tell the number to whoever tries them all."""
    for key in _rows_masked(db, "revisions", 0):
        _of_revisions(db, key)
    for article in _rows_masked(db, "attachments", 0):
        _of_documents(db, article)
    for snapshot in {*_rows_masked(db, "list_rows", 0), *_rows_masked(db, "list_snapshots", 0)}:
        _of_list(db, snapshot)
    for problem in _rows_masked(db, "problems", 0):
        _of_problem(db, problem)


def _rows_masked(db: Database, table: str, part: int) -> set[object]:
    rows = db.execute("SELECT DISTINCT row_key FROM masked WHERE in_table = ?", (table,)).fetchall()
    return {json.loads(key)[part] for (key,) in rows}


def _of_revisions(db: Database, article: object) -> None:
    """Texts that were equal and are masked stay equal; that of an article without its day is not known from them."""
    rows = db.execute(
        f"SELECT number, content_sha256, {', '.join(CONTENT_COLUMNS)} FROM versions WHERE article_key = ?", (article,)
    ).fetchall()
    contents = ((number, digest, Content(*columns)) for number, digest, *columns in rows)
    db.conn.executemany(
        "UPDATE revisions SET content_sha256 = ?, text_sha256 = ? WHERE article_key = ? AND number = ?",
        [
            (content.digest, digest_of_masked_text(content), article, number)
            for number, digest, content in contents
            if content.digest != digest
        ],
    )


def _of_documents(db: Database, article: object) -> None:
    rows = db.execute(
        "SELECT format, text, pages, is_cut_off, text_problems, position FROM attachments"
        " WHERE article_key = ? AND text_digest IS NOT NULL",
        (article,),
    ).fetchall()
    db.conn.executemany(
        "UPDATE attachments SET text_digest = ? WHERE article_key = ? AND position = ?",
        [(digest_of_text(*read), article, position) for *read, position in rows],
    )


def _of_list(db: Database, snapshot: object) -> None:
    rows = db.execute(
        "SELECT list_kind, heading, position, list_rows.url, title, listed_raw FROM list_rows"
        " JOIN list_snapshots USING (snapshot) WHERE snapshot = ? ORDER BY position",
        (snapshot,),
    ).fetchall()
    db.execute("UPDATE list_snapshots SET rows_sha256 = ? WHERE snapshot = ?", (digest_of_rows(rows), snapshot))


def _of_problem(db: Database, problem: object) -> None:
    """Two problems may differ in a number alone: what it stood as, and when, tells them apart then."""
    row = db.execute(
        "SELECT request_key, stage, reason, raw, first_at, last_at, rowid FROM problems WHERE problem_key = ?",
        (problem,),
    ).fetchone()
    key = digest_of("\n".join(map(str, row)).encode())
    db.execute("UPDATE problems SET problem_key = ? WHERE problem_key = ?", (key, problem))
    db.execute(
        "UPDATE masked SET row_key = ? WHERE in_table = 'problems' AND row_key = ?",
        (as_json([key]), as_json([problem])),
    )


def _forget_words_of_indexes(db: Database) -> None:
    """The triggers of a search index have put the masked texts in; what was taken out goes once it is merged anew."""
    indexes = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%'"
    ).fetchall()
    for (name,) in indexes if db["masked"].count else []:
        db.execute(f'INSERT INTO "{name}" ("{name}") VALUES (\'optimize\')')
