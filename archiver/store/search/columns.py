"""The columns of the search index: each part of an article twice, as it is written and without marks."""

from __future__ import annotations

from archiver.vietnamese.search_query import NOTHING, Query, match_expression
from archiver.vietnamese.spellings import phrases

PARTS = ("title", "lead", "body", "files")
EXACT = PARTS
FOLDED = tuple(f"{part}_folded" for part in PARTS)
COLUMNS = (*EXACT, *FOLDED)

WEIGHTS = "1000, 100, 1, 0.3"
"""How much a word counts by where it stands. So much for a title means: there at all, however long the article is."""


def expression(query: Query) -> str:
    """A query in the language of FTS5, for these columns."""
    return match_expression(query, " ".join(EXACT), " ".join(FOLDED))


def name_expression(name: str) -> str:
    """What finds every article whose title, lead or text may print a name, however it is spelt.

    >>> name_expression("Mỹ Hào"), name_expression("?")
    ('{title_folded lead_folded body_folded} : (("mi hao" OR "my hao"))', '""')
    """
    groups = (" OR ".join(f'"{phrase}"' for phrase in group) for group in phrases(name))
    together = " AND ".join(f"({group})" for group in groups)
    return f"{{{' '.join(FOLDED[:-1])}}} : ({together})" if together else NOTHING
