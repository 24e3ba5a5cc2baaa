"""The columns of the search index: each part of an article twice, as it is written and without marks."""

from __future__ import annotations

from archiver.vietnamese.search_query import Query, match_expression

PARTS = ("title", "lead", "body", "files")
EXACT = PARTS
FOLDED = tuple(f"{part}_folded" for part in PARTS)
COLUMNS = (*EXACT, *FOLDED)

WEIGHTS = "1000, 100, 1, 0.3"
"""How much a word counts by where it stands. So much for a title means: there at all, however long the article is."""


def expression(query: Query) -> str:
    """A query in the language of FTS5, for these columns."""
    return match_expression(query, " ".join(EXACT), " ".join(FOLDED))
