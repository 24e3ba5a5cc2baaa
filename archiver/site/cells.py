"""Datasette's tables lead to the site's pages: a title to its article, a key to what it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

Path = Callable[[str], str]


def linked(path: Path, row: Mapping[str, object], column: str, value: object) -> Markup | None:
    """A cell as a link; null for one that stays as it is. `path` puts the base of the site before an address.

    >>> linked(str, {"article_key": "ljqvjwndfd", "title": "Họp & bàn"}, "title", "Họp & bàn")
    Markup('<a href="/a/ljqvjwndfd" lang="vi">Họp &amp; bàn</a>')
    """
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
