"""What a citation of an archived article says, whatever its form."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BETWEEN_NAMES = re.compile(r"\s*[,;&]\s*|\s+[-–—]\s+|\s+và\s+")
_NAME_WORDS = range(2, 6)


@dataclass(frozen=True, slots=True)
class Reference:
    """One article, as its latest revision shows it."""

    portal: str  # short name
    key: str  # article_key
    title: str
    authors: tuple[str, ...]  # as signed: family name first, or an office; never taken apart
    publisher: str  # the portal as it calls itself
    published_on: str | None  # YYYY-MM-DD, the portal's day
    url: str  # where it was published
    permalink: str  # where it is archived
    archive: str  # what this archive is called
    archived_on: str  # YYYY-MM-DD in Vietnam, of the capture
    capture_key: str
    sha256: str | None  # of the captured bytes
    revision: int

    @property
    def name(self) -> str:
        """What the reference is called in a list of them: letters, digits and a hyphen."""
        return f"{self.portal}-{self.key}"

    @property
    def proof(self) -> str:
        """Which capture the words were read in."""
        digest = f", SHA-256 {self.sha256}" if self.sha256 else ""
        return f"revision {self.revision}, capture {self.capture_key}{digest}"


def authors_of(signed: str | None) -> tuple[str, ...]:
    """Who signs, one by one: parted only where each part is plainly a name, since offices have commas and "và" too.

    >>> authors_of("Hoài Thương – Diễm Hường"), authors_of("Phòng Văn hóa và Thông tin"), authors_of(None)
    (('Hoài Thương', 'Diễm Hường'), ('Phòng Văn hóa và Thông tin',), ())
    """
    if not signed or not signed.strip():
        return ()
    parts = tuple(part for part in _BETWEEN_NAMES.split(signed.strip()) if part)
    return parts if len(parts) > 1 and all(map(_is_name, parts)) else (signed.strip(),)


def _is_name(text: str) -> bool:
    words = text.split()
    return len(words) in _NAME_WORDS and all(word.isalpha() and word[0].isupper() for word in words)


def year_month_day(day: str) -> tuple[int, int, int]:
    """The parts of a day.

    >>> year_month_day("2021-12-28")
    (2021, 12, 28)
    """
    year, month, day_of_month = day.split("-")
    return int(year), int(month), int(day_of_month)
