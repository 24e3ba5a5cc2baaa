"""Datasette's tables lead to the site's pages: a title to its article, a key to what it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from datasette.utils import to_css_class
from markupsafe import Markup, escape

Path = Callable[[str], str]
_LINKED = frozenset({"article_key", "title", "capture_key"})


def table_cells(row: Iterable[Mapping[str, Any]]) -> Markup:
    """The cells of a row as Datasette shows them: "column", "value" (Markup, or text yet to be escaped), "value_type".

    >>> table_cells([{"column": "title", "value": "Họp & bàn", "value_type": "str"}])
    Markup('<td class="col-title type-str">Họp &amp; bàn</td>')
    """
    return Markup("").join(map(_cell, row))


def _cell(cell: Mapping[str, Any]) -> Markup:
    name = to_css_class(cell["column"])
    # A type's name and a name for style sheets hold nothing to escape; Markup.format takes ten times as long.
    return Markup(f'<td class="col-{name} type-{cell["value_type"]}">{escape(cell["value"])}</td>')  # noqa: S704


def linked(path: Path, row: Mapping[str, object], column: str, value: object) -> Markup | None:
    """A cell as a link; null for one that stays as it is. `path` puts the base of the site before an address.

    >>> linked(str, {"article_key": "ljqvjwndfd", "title": "Họp & bàn"}, "title", "Họp & bàn")
    Markup('<a href="/a/ljqvjwndfd" lang="vi">Họp &amp; bàn</a>')
    """
    if column not in _LINKED:  # said first: a page asks for each of a thousand cells
        return None
    key = row["article_key"] if "article_key" in row.keys() else None  # noqa: SIM118  rows of SQLite are no mappings
    if not isinstance(key, str) or not isinstance(value, str) or not value:
        return None
    link = Markup('<a href="{}">{}</a>')
    if column == "article_key":
        return link.format(path(f"/a/{key}"), value)
    if column == "title":
        return Markup('<a href="{}" lang="vi">{}</a>').format(path(f"/a/{key}"), value)
    if column == "capture_key":
        return link.format(path(f"/a/{key}/capture/{value}"), value)
    return None
