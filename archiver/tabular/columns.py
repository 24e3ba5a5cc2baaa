"""What a column holds, so that a file of types can say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "real", "moment", "day"]
"""A moment is text in ISO 8601 with its zone, a day YYYY-MM-DD; both are null where nothing is known."""

_DECLARED: dict[str, Kind] = {"INTEGER": "integer", "FLOAT": "real", "REAL": "real"}
_DAYS = ("published_on", "withheld_on", "day", "dated")
_MOMENTS = ("at", "seen_from", "seen_to", "entered_after", "left_before")
_MINUTE_OR_DAY = ("listed_at",)  # as exact as the list prints it: no moment


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, a view or a query."""

    name: str
    kind: Kind


def declared(name: str, sql_type: str) -> Column:
    """A column as its table declares it; times are text in SQLite, and told by their names.

    >>> declared("revision_count", "INTEGER").kind, declared("captured_at", "TEXT").kind, declared("title", "").kind
    ('integer', 'moment', 'text')
    >>> declared("published_on", "TEXT").kind, declared("listed_at", "TEXT").kind
    ('day', 'text')
    """
    if sql_type in _DECLARED:
        return Column(name, _DECLARED[sql_type])
    if name in _MINUTE_OR_DAY:
        return Column(name, "text")
    if name in _DAYS:
        return Column(name, "day")
    return Column(name, "moment" if name.endswith("_at") or name in _MOMENTS else "text")


def met(names: Sequence[str], rows: Sequence[Sequence[object]]) -> list[Column]:
    """Columns of a query, which declares nothing: numbers where all values are, else text.

    >>> [column.kind for column in met(["a", "b", "c"], [(1, 1, "x"), (None, 2.5, None)])]
    ['integer', 'real', 'text']
    """
    return [Column(name, _kind_of({type(row[place]) for row in rows})) for place, name in enumerate(names)]


def _kind_of(types: set[type]) -> Kind:
    known = types - {type(None)}
    if known == {int}:
        return "integer"
    return "real" if known and known <= {int, float} else "text"
