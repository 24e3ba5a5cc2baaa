"""What the archive's feeds say: entries of rows, in a reader's language, wherever the rows come from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from archiver.site.feeds.atom import Entry, name_of
from archiver.site.wording import Words

Row = Mapping[str, Any]
Link = Callable[[str], str]  # a path of the site, such as "/a/ljqvjwndfd", to its whole address


def article_entries(rows: Iterable[Row], words: Words, link: Link) -> list[Entry]:
    """New articles: article_key, title, lead, section, author, published_on, first_captured_at of each row."""
    return [
        Entry(
            id=name_of("article", row["article_key"]),
            title=row["title"] or words.t("untitled"),
            link=link(f"/a/{row['article_key']}"),
            updated=row["first_captured_at"],
            summary=row["lead"] or words.t("feed.published_on", day=words.day(row["published_on"]) or "?"),
            author=row["author"],
            category=row["section"],
        )
        for row in rows
    ]


def edit_entries(rows: Iterable[Row], words: Words, link: Link) -> list[Entry]:
    """Edits: the rows of the view "edits"."""
    return [
        Entry(
            id=name_of("edit", row["article_key"], row["capture_after"]),
            title=words.t("feed.edited", title=row["title"] or words.t("untitled")),
            link=link(f"/a/{row['article_key']}/history"),
            updated=row["first_seen_after_at"],
            summary=(
                "; ".join(filter(None, (words.fields(json.loads(row["changed_fields"] or "[]")), words.chars(row))))
                + f". {words.between(row['last_seen_before_at'], row['first_seen_after_at'])}"
            ),
        )
        for row in rows
    ]


def missing_entries(rows: Iterable[Row], words: Words, link: Link) -> list[Entry]:
    """Disappearances: the rows of the view "missing_articles". One that was suspect and is gone is the same entry.

    `changed_at` is the time of its latest event, where the rows have it.
    """
    return [
        Entry(
            id=name_of("missing", row["article_key"], row["first_missing_at"]),
            title=f"{words.t('status.' + row['web_status'])}: {row['title'] or words.t('untitled')}",
            link=link(f"/a/{row['article_key']}"),
            updated=row.get("changed_at") or row["first_missing_at"],
            summary=f"{words.why_missing(row)}. {words.between(row['last_ok_at'], row['first_missing_at'])}",
        )
        for row in rows
        if row["first_missing_at"]
    ]


def coverage_entries(rows: Iterable[Row], words: Words, link: Link) -> list[Entry]:
    """Days that were not seen: the rows of the saved query "coverage_spells". Its entry grows while a spell goes on."""
    return [
        Entry(
            id=name_of("coverage", row["portal"], row["status"], row["first_day"]),
            title=f"{row['portal']}: {words.kind(row['status'])}, {words.days(row['first_day'], row['last_day'])}",
            link=link("/coverage"),
            updated=f"{row['last_day']}T23:59:59+07:00",
            summary=row["reason"] or words.kind(row["status"]),
        )
        for row in rows
        if row["status"] != "seen"
    ]
