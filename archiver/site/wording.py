"""How days, moments and what became of articles are said in a reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from archiver.clock import local_day
from archiver.site.languages import Translator, catalogue, shown_day, shown_moment

_REASONS = {
    "the page says so": "missing.says_so",
    "answers with a list": "missing.answers_list",
    "redirects to the home page": "missing.to_home",
    "redirects to a list": "missing.to_list",
}
_FIELDS = ("title", "lead", "body", "section", "author_raw", "published_raw", "images", "attachments")


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    t: Translator
    language: str

    def day(self, day: date | str | None) -> str:
        """A day as people write it; "" for none."""
        return shown_day(day.isoformat() if isinstance(day, date) else day, self.language)

    def days(self, first: date | str, last: date | str) -> str:
        """A few days in a row, or one."""
        return self.day(first) if first == last else f"{self.day(first)} – {self.day(last)}"

    def month(self, month: int) -> str:
        """A month's short name.

        >>> from archiver.site.languages import translator
        >>> Words(translator("vi"), "vi").month(7), Words(translator("en"), "en").month(7)
        ('Th7', 'Jul')
        """
        return f"Th{month}" if self.language == "vi" else f"{date(2000, month, 1):%b}"

    def moment(self, stamp: str | None) -> str:
        """A moment of ours (UTC) as the portals' clocks show it; "" for none.

        >>> from archiver.site.languages import translator
        >>> Words(translator("vi"), "vi").moment("2025-07-01T18:02:49.000000Z")
        '02/07/2025 01:02'
        """
        return shown_moment(stamp, self.language)

    def local_day(self, stamp: str) -> str:
        """The portals' day of a moment of ours, YYYY-MM-DD."""
        return local_day(stamp)

    def between(self, before: str | None, after: str | None) -> str:
        """When something happened that two looks enclose."""
        return self.t("edits.between", before=self.moment(before) or "?", after=self.moment(after) or "?")

    def kind(self, kind: str) -> str:
        """A kind of day, as plots ("not-asked") or "coverage_days" call it."""
        return self.t(f"plot.{kind.replace('-', '_').replace(' ', '_')}")

    def run(self, what: str, value: str) -> str:
        """The kind of a run, or its status; as it is where we have no word for it.

        >>> from archiver.site.languages import translator
        >>> Words(translator("vi"), "vi").run("status", "limited"), Words(translator("vi"), "vi").run("status", "new")
        ('dừng ở giới hạn', 'new')
        """
        key = f"run.{what}.{value}"
        return self.t(key) if key in catalogue() else value

    def chars(self, edit: Mapping[str, Any]) -> str:
        """How many characters an edit added and removed; "" where it changed none, but pictures or files."""
        added, removed = edit["chars_added"], edit["chars_removed"]
        return self.t("edit.chars", added=added, removed=removed) if added or removed else ""

    def fields(self, names: Iterable[str]) -> str:
        """What was changed in an article."""
        return ", ".join(self.t(f"edits.field.{name}") if name in _FIELDS else name for name in names)

    def why_missing(self, row: Mapping[str, Any]) -> str:
        """Why an article counts as missing: a row of "missing_articles"."""
        detail = row["detail"] or ""
        if row["web_status"] == "moved":
            return self.t("missing.moved_to", article=detail)
        return self.t(_REASONS[detail]) if detail in _REASONS else detail or self.t("status." + row["web_status"])
