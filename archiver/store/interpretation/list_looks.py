"""Whether a list shows what it showed before: rows, and dates beside them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from archiver.items import Page

OWN = frozenset(("section", "home"))
"""Kinds of rows that are a list's own; others stand in boxes beside many pages."""


@dataclass(frozen=True, slots=True)
class ListLook:
    """One look at the first page of a list, and what any look up to then has shown."""

    had_rows: bool
    has_rows: bool
    had_dates: bool
    has_dates: bool


def has_own_rows(page: Page) -> bool:
    """Whether a page shows rows that are its own, not only those of boxes that stand beside many pages."""
    return any(row.list_kind in OWN for row in page.listed)


def showed_own_rows(archive: Database, request: str, at: str) -> bool:
    """Whether a page that was looked at showed rows of its own then: one with none is a frame around a box."""
    return not OWN.isdisjoint(_dated_kinds(archive, request, at, at))


def look_at_list(archive: Database, request: str, at: str) -> ListLook:
    """What a list showed at a time.

    A section that is empty may have a box of the newest articles beside it: once a list has shown rows of its own, only
    such count.
    """
    ever, now = _dated_kinds(archive, request, at, ""), _dated_kinds(archive, request, at, at)
    own = ever.keys() & OWN or ever.keys()
    return ListLook(
        bool(own), any(kind in now for kind in own), any(ever[kind] for kind in own), any(now.get(kind) for kind in own)
    )


def _dated_kinds(archive: Database, request: str, at: str, seen_to: str) -> dict[str, bool]:
    """The kinds of rows that a list has shown from some time to another, and whether any of them were dated."""
    rows = archive.execute(
        """
        SELECT list_kind, max(EXISTS (
          SELECT 1 FROM list_rows WHERE list_rows.snapshot = list_snapshots.snapshot AND listed_at IS NOT NULL))
        FROM list_snapshots WHERE request_key = ? AND seen_from <= ? AND seen_to >= ? GROUP BY list_kind
        """,
        (request, at, seen_to),
    ).fetchall()
    return {kind: bool(is_dated) for kind, is_dated in rows}
