"""A reference in words, after the bibliographies of the Chicago Manual, in English and in Vietnamese."""

from __future__ import annotations

from archiver.site.citing.reference import Reference, year_month_day

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ENDS = tuple(".?!…")
_INNER_QUOTES = str.maketrans("“”", "‘’")


def plain(reference: Reference, language: str) -> str:
    """One line of a bibliography; `language` is vi or en."""
    return _vietnamese(reference) if language == "vi" else _english(reference)


def _english(reference: Reference) -> str:
    title = reference.title.translate(_INNER_QUOTES)
    day = _english_day(reference.published_on) if reference.published_on else "n.d."
    archived = _english_day(reference.archived_on)
    return " ".join(
        (
            *_by(", and ".join(reference.authors) if len(reference.authors) == 2 else ", ".join(reference.authors)),
            f"“{_ended(title)}”",
            _ended(f"{reference.publisher}, {day}"),
            f"{reference.url}.",
            f"Archived {archived}, at {reference.permalink} (revision {reference.revision}).",
        )
    )


def _vietnamese(reference: Reference) -> str:
    title = reference.title.translate(_INNER_QUOTES)
    day = _vietnamese_day(reference.published_on) if reference.published_on else "không ghi ngày"
    archived = _vietnamese_day(reference.archived_on)
    return " ".join(
        (
            *_by(", ".join(reference.authors)),
            f"“{title}”.",
            f"{reference.publisher}, {day}.",
            f"{reference.url}.",
            f"Bản lưu {archived} tại {reference.permalink} (bản thứ {reference.revision}).",
        )
    )


def _by(names: str) -> tuple[str, ...]:
    return (_ended(names),) if names else ()


def _ended(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."


def _english_day(day: str) -> str:
    year, month, day_of_month = year_month_day(day)
    return f"{_MONTHS[month - 1]} {day_of_month}, {year}"


def _vietnamese_day(day: str) -> str:
    year, month, day_of_month = year_month_day(day)
    return f"ngày {day_of_month} tháng {month} năm {year}"
