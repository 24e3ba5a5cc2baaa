"""What is shown of the articles that a search found: their rows, and where in them the words stand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archiver.store.search.columns import COLUMNS, EXACT, FOLDED, PARTS, expression
from archiver.store.search.passages import MARK_BEGIN, MARK_END, SYLLABLES, Passage, best_passage
from archiver.vietnamese.search_query import Query

_SIGNS = f"char({ord(MARK_BEGIN)}), char({ord(MARK_END)})"
_LETTERS = 240  # of how an article begins
_SHOWN = ("article_key", "portal", "url", "title", "section", "published_on", "published_at", "web_status")
_AMONG_NUMBERS = "IN (SELECT value FROM json_each(:numbers))"

Parts = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found."""

    article_key: str
    portal: str
    url: str
    title: str | None
    section: str | None
    published_on: str | None
    published_at: str | None
    web_status: str
    marked_title: str | None  # in the letters of the source, with MARK_BEGIN and MARK_END around what was found
    snippet: str  # likewise
    snippet_from: str  # lead, body or files; where only the title was found, how the article begins


def marked_hits(connection: sqlite3.Connection, query: Query, numbers: Sequence[int]) -> tuple[Hit, ...]:
    """The articles with these search numbers, in that order. Files are long: they are looked into last."""
    found = _marked(connection, query, numbers, ("title", "lead", "body"))
    elsewhere = [number for number, parts in found.items() if not any(map(is_marked, parts.values()))]
    for number, parts in _marked(connection, query, elsewhere, ("files",)).items():
        found[number] |= parts
    return _hits(connection, numbers, found)


def first_lines(connection: sqlite3.Connection, numbers: Sequence[int]) -> tuple[Hit, ...]:
    """The articles with these search numbers, in that order, and how they begin: nothing was looked for."""
    rows = connection.execute(
        f"SELECT number, title, lead, substr(body, 1, {_LETTERS}) FROM articles_fts_source"
        f" WHERE number {_AMONG_NUMBERS}",
        {"numbers": json.dumps(numbers)},
    ).fetchall()
    return _hits(connection, numbers, _by_number(rows, ("title", "lead", "body")))


def is_marked(text: str | None) -> bool:
    """Whether something that was found stands in a text."""
    return text is not None and MARK_BEGIN in text


def _marked(
    connection: sqlite3.Connection, query: Query, numbers: Sequence[int], parts: Sequence[str]
) -> dict[int, Parts]:
    """Parts of articles with marks, by number.

    All that is found is gone through: article by article, FTS5 would begin the query anew for each.
    """
    if not numbers:
        return {}
    shown = ", ".join(_shown(part, is_exact=any(term.is_exact for term in query.wanted)) for part in parts)
    rows = connection.execute(
        f"SELECT rowid, {shown} FROM articles_fts WHERE articles_fts MATCH :match"
        f" AND rowid BETWEEN :low AND :high AND +rowid {_AMONG_NUMBERS}",
        {"match": expression(query), "low": min(numbers), "high": max(numbers), "numbers": json.dumps(numbers)},
    ).fetchall()
    return _by_number(rows, parts)


def _shown(part: str, *, is_exact: bool) -> str:
    column = COLUMNS.index((EXACT if is_exact else FOLDED)[PARTS.index(part)])
    if part == "files":  # long enough to be left to FTS5, which asks for many words, but not for neighbours
        return f"snippet(articles_fts, {column}, {_SIGNS}, '…', {SYLLABLES})"
    return f"highlight(articles_fts, {column}, {_SIGNS})"


def _by_number(rows: Sequence[Sequence[object]], parts: Sequence[str]) -> dict[int, Parts]:
    return {int(str(number)): dict(zip(parts, map(_text, texts), strict=True)) for number, *texts in rows}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _hits(connection: sqlite3.Connection, numbers: Sequence[int], texts: Mapping[int, Parts]) -> tuple[Hit, ...]:
    rows = connection.execute(
        f"SELECT search_number, {', '.join(_SHOWN)} FROM articles WHERE search_number {_AMONG_NUMBERS}",
        {"numbers": json.dumps(numbers)},
    ).fetchall()
    shown = {number: dict(zip(_SHOWN, values, strict=True)) for number, *values in rows}
    return tuple(_hit(shown[number], texts[number]) for number in numbers)


def _hit(row: Mapping[str, str], texts: Parts) -> Hit:
    snippet, part = _best_part(texts)
    return Hit(**row, marked_title=texts["title"], snippet=snippet, snippet_from=part)


def _best_part(parts: Parts) -> tuple[str, str]:
    """What to show of an article, and its name: the part with the best passage, of equals the first there is."""
    there = {name: _passage(name, text) for name, text in parts.items() if name != "title" and text}
    name = max(there, key=lambda each: there[each].worth, default="body")
    return (there[name].text if name in there else ""), name


def _passage(name: str, text: str) -> Passage:
    """Of what is cut already, the whole."""
    found = best_passage(text)
    return Passage(text, found.worth) if name == "files" else found
