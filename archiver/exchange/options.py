"""What a person can say about fetching from a web archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from archiver.crawling.options import FILE_BUDGET, LONGEST_DELAY, LOOPBACK, POLITE_DELAY, UsageError, is_address

INTERNET_ARCHIVE = "https://web.archive.org/cdx/search/cdx"


@dataclass(frozen=True, slots=True)
class WaybackOptions:
    """What a person can say about one run."""

    source: str = INTERNET_ARCHIVE
    first: str | None = None  # YYYY, YYYYMM or YYYYMMDD
    last: str | None = None
    delay: float = POLITE_DELAY  # seconds between two requests
    file_budget: int = FILE_BUDGET  # copies of pictures and documents in one run

    def checked(self) -> WaybackOptions:
        """The same options; raises UsageError if they cannot be meant."""
        if not is_address(self.source):
            raise UsageError(f"--source must begin with http:// or https:// and name a host, not {self.source!r}")
        for name, text in (("--from", self.first), ("--to", self.last)):
            if text is not None and not _is_day(text):
                raise UsageError(f"{name} is a year, month or day: YYYY, YYYYMM or YYYYMMDD, not {text!r}")
        if self.first and self.last and _comes_after(self.first, self.last):
            raise UsageError(f"--from {self.first} comes after --to {self.last}")
        if self.file_budget < 0:
            raise UsageError(f"--file-budget counts pictures and documents, not {self.file_budget}")
        if not 0 <= self.delay <= LONGEST_DELAY:
            raise UsageError(f"--delay counts seconds, at most {LONGEST_DELAY:g}, not {self.delay}")
        if self.delay < POLITE_DELAY and not self.is_on_loopback:
            raise UsageError(f"--delay {self.delay:g} is less than an archive can be asked to bear: at least 1 second")
        return self

    @property
    def is_on_loopback(self) -> bool:
        """Whether the archive is on this machine."""
        return (urlsplit(self.source).hostname or "") in LOOPBACK


def _is_day(text: str) -> bool:
    """Whether a text is a year, a month or a day.

    >>> [_is_day(text) for text in ("2023", "202306", "20230609", "202313", "20230631", "23", "2023-06")]
    [True, True, True, False, False, False, False]
    """
    if not (text.isascii() and text.isdecimal() and len(text) in (4, 6, 8)):
        return False
    try:
        date(int(text[:4]), int(text[4:6] or 1), int(text[6:8] or 1))
    except ValueError:
        return False
    return True


def _comes_after(first: str, last: str) -> bool:
    """Whether nothing lies between two times, of which one may be shorter.

    >>> _comes_after("2024", "202312"), _comes_after("202306", "2023")
    (True, False)
    """
    both = min(len(first), len(last))
    return first[:both] > last[:both]
