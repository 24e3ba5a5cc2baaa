"""How days, moments and what became of articles are said in a reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from archiver.clock import local_day
from archiver.site.languages import Translator, catalogue, number, shown_day, shown_moment
from archiver.store.runs.dueness import Why, parts_of
from archiver.store.runs.growth import Growth

_REASONS = {
    "the page says so": "missing.says_so",
    "answers with a list": "missing.answers_list",
    "redirects to the home page": "missing.to_home",
    "redirects to a list": "missing.to_list",
}
_FAR = 3650  # days; what is foretold beyond them is no day
_UNITS = ("B", "kB", "MB", "GB", "TB")
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

    def span(self, length: timedelta) -> str:
        """A length of time in the two largest units that matter.

        >>> from archiver.site.languages import translator
        >>> vi, en = (Words(translator(language), language) for language in ("vi", "en"))
        >>> vi.span(timedelta(minutes=130)), en.span(timedelta(days=1)), vi.span(timedelta(hours=50))
        ('2 giờ 10 phút', '1 d', '2 ngày 2 giờ')
        """
        return " ".join(self.t(f"span.{unit}", count=count) for count, unit in parts_of(length))

    def number(self, count: int) -> str:
        """A count with its thousands set apart."""
        return number(count, self.language)

    def bytes(self, count: int) -> str:
        """A number of bytes, in units of a thousand as disks are sold, with one decimal where it says something.

        >>> from archiver.site.languages import translator
        >>> vi, en = (Words(translator(language), language) for language in ("vi", "en"))
        >>> vi.bytes(1_500_000), en.bytes(20_000_000), en.bytes(999), en.bytes(0), en.bytes(999_960)
        ('1,5 MB', '20 MB', '999 B', '0 B', '1 MB')
        """
        unit, amount = 0, float(count)
        while round(amount, 1) >= 1000 and unit < len(_UNITS) - 1:
            unit, amount = unit + 1, amount / 1000
        shown = f"{amount:.1f}".removesuffix(".0")
        return f"{shown.replace('.', ',') if self.language == 'vi' else shown} {_UNITS[unit]}"

    def room(self, at: str, growth: Growth) -> str:
        """How large both files were at a moment, how they grew, and how long the disk would last so: sentences."""
        sizes = self.t(
            "growth.sizes",
            at=self.moment(at),
            captures=self.bytes(growth.captures_size),
            archive=self.bytes(growth.archive_size),
            free=self.bytes(growth.free),
        )
        if growth.per_day is None:
            return f"{sizes} {self.t('growth.young')}"
        pace = self.t("growth.pace", days=growth.measured_days, size=self.bytes(growth.per_day))
        return f"{sizes} {pace} {self._lasts(at, growth)}"

    def _lasts(self, at: str, growth: Growth) -> str:
        floor = self.bytes(growth.floor)
        if growth.days_left is None:
            return self.t("growth.still")
        if growth.days_left > _FAR:
            return self.t("growth.long", floor=floor)
        day = date.fromisoformat(self.local_day(at)) + timedelta(days=growth.days_left)
        return self.t("growth.lasts", day=self.day(day), days=growth.days_left, floor=floor)

    def value(self, value: float) -> str:
        """The value of a check: a share, or a count.

        >>> from archiver.site.languages import translator
        >>> words = Words(translator("vi"), "vi")
        >>> words.value(0.9125), words.value(1.0), words.value(1234.0)
        ('0,9125', '1', '1234')
        """
        return f"{value:.10g}".replace(".", "," if self.language == "vi" else ".")

    def due(self, why: Why) -> str:
        """Why a portal is due when it is."""
        return self.t(f"due.{why.kind.replace(' ', '_')}", length=self.span(why.length), count=why.count)

    def stage(self, stage: str) -> str:
        """Where a problem came up; as it is where we have no word for it."""
        key = f"problem.{stage}"
        return self.t(key) if key in catalogue() else stage

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
