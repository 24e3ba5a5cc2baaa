"""When an article was published: what its page shows, completed by what the page tells machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archiver.reading.header import Header
from archiver.reading.metadata import Stated, alone, completed
from archiver.vietnamese.dates import DateReading
from archiver.vietnamese.relative_dates import CONFIRMED


@dataclass(frozen=True, slots=True)
class Published:
    """The date of an article, and who says so."""

    date: DateReading | None
    raw: str | None  # the date line; of a page that shows none, what it tells machines
    source: str | None  # "page", "page and meta" (the day and the minute or second of it), "meta", null for no date

    @property
    def on(self) -> str | None:
        """The day, YYYY-MM-DD."""
        return self.date.on.isoformat() if self.date and self.date.on else None

    @property
    def at(self) -> str | None:
        """The minute or second, +07:00. An hour that was counted backwards is no minute."""
        return self.date.at.isoformat() if self.date and self.date.at and self.date.precision != "hour" else None

    @property
    def precision(self) -> str | None:
        """Of what the archive keeps: day, minute, second."""
        if self.date is None:
            return None
        return "day" if self.date.precision == "hour" else self.date.precision


def published(head: Header | None, said: tuple[Stated, ...], captured_at: datetime | None) -> Published:
    """The date of the header. What only machines are told counts for a page that shows no date line at all.

    A date line that is refused or not understood is a date that the page shows: nothing is put in its place.
    """
    date, raw = (head.date, head.date_raw) if head else (None, None)
    title = head.title if head else None
    if date is not None and date.on is not None:
        better = completed(date, said, title)
        return Published(better or date, raw, "page and meta" if better or CONFIRMED in date.flags else "page")
    if head is None or raw is not None:
        return Published(date, raw, None)
    only = alone(said, title, captured_at)
    return Published(only, only.raw if only else None, "meta" if only else None)
