"""Vietnamese date lines, read strictly: what is not certainly a date and a time is null, with the raw text beside it.

The families are those that portals print, for instance

    Đăng ngày 28 - 12 - 2021                         Thứ ba - 27/06/2023 10:14
    Ngày đăng: 08/07/2024 11:38                      Thứ sáu, 18/11/2022 15:17 (GMT+7)
    Ngày đăng 09/09/2020 | 05:07 PM                  04:30 GMT+7, Thứ Ba, 27/9/2022
    09/02/2023 07:31:00 AM                           Thứ sáu: 15:00 ngày 09/02/2024
    (08/12/2021 9:24 SA)                             Thứ ba, ngày 24 tháng 1 năm 2023 | 10:31
    Chủ nhật, 16.10.2022 | 07:57:52                  12 Tháng Năm, 2020

Dates that count backwards (`4 giờ trước`) are in `archiver.vietnamese.relative_dates`, those written for machines in
`archiver.vietnamese.machine_dates`. All times are the portal's local time, seven hours ahead of UTC all year round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Literal

from archiver.vietnamese.changed_dates import without_change
from archiver.vietnamese.date_patterns import DATE, MONTH_NAMES
from archiver.vietnamese.text import clean

INDOCHINA_TIME = timezone(timedelta(hours=7))

Precision = Literal["day", "hour", "minute", "second"]  # "hour": give or take one, as what was counted backwards
Order = Literal["dmy", "mdy"]

# What can be wrong with a date or time that was recognised; `DateReading.flags` holds these words.
IMPOSSIBLE_DATE = "impossible date"
IMPOSSIBLE_TIME = "impossible time"
LUNAR_DATE = "lunar date"
CLOCK_OF_24_HOURS = "24-hour clock with SA/CH"
MIDNIGHT_PLACEHOLDER = "midnight stands for no time"
NO_YEAR = "no year"
BEFORE_PORTALS = "from before there were portals"


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date that stands in a text.

    `on` is null where the date is refused, `at` where no time is printed or the time is refused; `flags` says why.
    """

    raw: str  # as printed, with its label and brackets, without counters: "Đăng ngày 28 - 12 - 2021"
    on: date | None
    at: datetime | None  # with +07:00
    precision: Precision | None
    flags: tuple[str, ...]
    start: int  # where `raw` stands in the cleaned text
    end: int


_LUNAR = re.compile(r"âm\s+lịch|\bÂL\b|tháng\s+(?:giêng|chạp)", re.IGNORECASE)

_LUNAR_BESIDE = re.compile(  # what a day of our calendar is in the other one
    r"\s*[(,]?\s*(?:(?:tức|nhằm)\s+)?(?:ngày\s+)?"
    r"(?:\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?\s+(?:âm\s+lịch|ÂL)|(?:âm\s+lịch|ÂL)\s?:?\s?\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?)\s*\)?",
    re.IGNORECASE,
)
_LUNAR_BEFORE = re.compile(r"(?:âm\s+lịch|\bÂL)\s?:?\s?(?:ngày\s)?$", re.IGNORECASE)
_BESIDE = 30  # characters
_YEAR = re.compile(r"\d{4}")
_RANGE_BEFORE = re.compile(r"\d ?[-–] ?$")
_LONGEST_RANGE_MARK = 4  # characters of a cleaned text
_RANGE_AFTER = re.compile(r"\s*[-–]\s*\d{1,2}\s?[/.\-–]\s?\d")

_COUNTER = (
    r"(?:(?:số\s+)?(?:lượt\s+(?:xem|đọc|truy\s+cập)|đã\s+xem|view\s*count|views?|phản\s+hồi|bình\s+luận)"
    r"\s*:?\s*[\d.,]*|[\d.,]+\s*lượt\s+(?:xem|đọc))"
)
_TOOLS = r"(?:(?:xem\s+)?cỡ\s+chữ|in\s+(?:trang|bài(?:\s+viết)?)|gửi\s+(?:email|mail)|a[-+]|[-+]?\s*\d{2,3}\s?%\s*\+?)"
_FURNITURE = re.compile(rf"(?:{_COUNTER}|{_TOOLS}|[\s|,;:.()\[\]\-–])*+", re.IGNORECASE)
_TRAILING_COUNTS = re.compile(r"\s+\d{1,7}(?:\s+\d{1,7})?\s*")  # NukeViet: "… 19:43 35 0", views and comments
_NEIGHBOUR_BEFORE = re.compile(r"[^\d|]{1,40}\s*[|\-–]\s*")  # "Kinh tế - ", "N.ĐOAN | "
_NEIGHBOUR_AFTER = re.compile(r"\s*\|\s*[^\d|]{1,40}")  # " | Xã hội"
_NEIGHBOUR = re.compile(r"[^\d|]{1,40}")  # behind counters and a bar: "Tác giả: …"
_SECTION_BEFORE = re.compile(r"[^\W\d]+(?:\s[^\W\d]+){0,2}\s+")  # "Chính trị 28-05-2024"

FIRST_YEAR = 1990  # of any portal's news; the country has had the Internet since 1997

LONGEST_LINE = 160  # characters; no date line seen is half as long


@lru_cache(maxsize=2048)  # a page asks about the same few lines from several sides
def find_date(text: str, order: Order = "dmy") -> DateReading | None:
    """The first date in a text, wherever it stands; a range of dates is none.

    `order` is what the portal declares, never guessed from the numbers.

    >>> find_date("Lễ đúc chuông(20/07/2021 2:37 CH)").at.isoformat()
    '2021-07-20T14:37:00+07:00'
    >>> find_date("kỷ niệm 75 năm (02/9/1945-02/9/2020)") is None
    True
    """
    text = clean(text)
    if not _YEAR.search(text):
        return None
    return next((_reading(match, text, order) for match in DATE.finditer(text) if not _in_range(match, text)), None)


@lru_cache(maxsize=2048)
def find_date_at_end(text: str, order: Order = "dmy") -> DateReading | None:
    """The date that a text ends with.

    >>> find_date_at_end("Lễ kỷ niệm ngày 02/9/2021 (01/09/2021)").raw
    '(01/09/2021)'
    >>> find_date_at_end("Từ 01/09/2021 học trực tuyến") is None
    True
    """
    text = clean(text)
    last = None
    if not _YEAR.search(text):
        return None
    for match in DATE.finditer(text):
        last = match
    if last is None or last.end() < len(text) or _in_range(last, text):
        return None
    return believed(_reading(last, text, order))


@lru_cache(maxsize=2048)
def read_date_line(text: str, order: Order = "dmy") -> DateReading | None:
    """The date of a line that is nothing but a date line: label, date, counters, a section or an author beside it.

    >>> read_date_line("Kinh tế - Ngày đăng : 09:59, 18/01/2022").raw
    'Ngày đăng : 09:59, 18/01/2022'
    >>> read_date_line("Quyết định số 1051/QĐ-UBND ngày 04/3/2021 của UBND thị xã") is None
    True
    """
    text = clean(text)
    if len(text) > LONGEST_LINE:
        return None
    reading = find_date(text, order)
    if reading is None:
        return None
    if _stands_alone(text, reading):
        return believed(reading)
    rest = without_change(text)
    alone = read_date_line(rest, order) if rest else None
    start = text.find(alone.raw) if alone else -1
    return replace(alone, start=start, end=start + len(alone.raw)) if alone and start >= 0 else None


def _in_range(match: re.Match[str], text: str) -> bool:
    start = next(match.start(name) for name in ("first", "day", "iso_year", "leading_month") if match[name])
    mark = text[max(0, start - _LONGEST_RANGE_MARK) : start]
    return bool(_RANGE_BEFORE.search(mark)) or bool(_RANGE_AFTER.match(text, match.end()))


def _reading(match: re.Match[str], text: str, order: Order) -> DateReading:
    start, end = _whole_brackets(match)
    raw = text[start:end].strip()
    if _is_lunar(text, start, end):
        return DateReading(raw, None, None, None, (LUNAR_DATE,), start, end)
    on = _day(match, order)
    if on is None:
        return DateReading(raw, None, None, None, (IMPOSSIBLE_DATE,), start, end)
    suffix = "_before" if match["hour_before"] else "_after"
    if not match["hour" + suffix]:
        return DateReading(raw, on, None, "day", (), start, end)
    minute = match["minute" + suffix] or match["spoken" + suffix] or match["written" + suffix]
    if minute is None:
        return DateReading(raw, on, None, "day", (), start, end)
    at, flags = _time(match["hour" + suffix], minute, match["second" + suffix], match["half" + suffix])
    if at is None:
        return DateReading(raw, on, None, "day", flags, start, end)
    precision: Precision = "second" if match["second" + suffix] else "minute"
    return DateReading(raw, on, datetime.combine(on, at, INDOCHINA_TIME), precision, flags, start, end)


def _is_lunar(text: str, start: int, end: int) -> bool:
    """Whether the words beside a date say so; a title before a date in brackets may speak of other days."""
    if _LUNAR.search(text[end : end + _BESIDE]) and not _LUNAR_BESIDE.match(text, end):
        return True
    return text[start] not in "([" and _LUNAR_BEFORE.search(text[max(0, start - _BESIDE) : start]) is not None


def _whole_brackets(match: re.Match[str]) -> tuple[int, int]:
    """Brackets belong to the date only as a pair: not in "(Ngày đăng: 04/05/2025 Lượt xem: 11)"."""
    if match["open"] and match["close"]:
        return match.start(), match.end()
    return (match.end("open") if match["open"] else match.start()), (
        match.start("close") if match["close"] else match.end()
    )


def _day(match: re.Match[str], order: Order) -> date | None:
    if match["first"]:
        first, second, year = int(match["first"]), int(match["second_part"]), int(match["year"])
        day, month = (second, first) if order == "mdy" else (first, second)
    elif match["iso_year"]:
        year, month, day = (int(match[name]) for name in ("iso_year", "iso_month", "iso_day"))
    else:
        name = " ".join((match["month"] or match["leading_month"]).lower().split())
        day, year = int(match["day"] or match["following_day"]), int(match["worded_year"] or match["last_year"])
        month = MONTH_NAMES[name] if name in MONTH_NAMES else int(name)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(hour: str, minute: str, second: str | None, half: str | None) -> tuple[time | None, tuple[str, ...]]:
    """The time of day of a printed clock, and what is odd about it.

    12 CH is noon, 12 SA the first hour of the day. `15:00 CH` can only mean 15:00; `13:05 SA` and `0:30 CH` contradict
    themselves. Midnight sharp is what systems print that have a day only: `12:00 AM`, `12:00:00 SA`, `00:00`, `0:0`.
    """
    hours, minutes, seconds = int(hour), int(minute), int(second or 0)
    half = (half or "").upper().replace(".", "")
    flags: tuple[str, ...] = ()
    if half in ("SA", "AM"):
        hours = 0 if hours == 12 else hours if hours < 12 else 24
    elif half in ("CH", "PM"):
        flags = (CLOCK_OF_24_HOURS,) if hours > 12 else ()
        hours = hours if hours >= 12 else hours + 12 if hours else 24
    if (hours, minutes, seconds) == (0, 0, 0):
        return None, (MIDNIGHT_PLACEHOLDER,)
    try:
        return time(hours, minutes, seconds), flags
    except ValueError:
        return None, (IMPOSSIBLE_TIME,)


def believed(reading: DateReading) -> DateReading:
    """A date of a page, a row or a feed. 1 January of 1, 1900 or 1970 is what systems print and tell that know none."""
    if reading.on is None or reading.on.year >= FIRST_YEAR:
        return reading
    return replace(reading, on=None, at=None, precision=None, flags=(BEFORE_PORTALS,))


def _stands_alone(text: str, reading: DateReading) -> bool:
    before, after = text[: reading.start], text[reading.end :]
    return _is_beside_before(before, reading) and _is_beside_after(after)


def _is_beside_before(text: str, reading: DateReading) -> bool:
    if _FURNITURE.fullmatch(text) or _NEIGHBOUR_BEFORE.fullmatch(text):
        return True
    return reading.raw[0].isdigit() and _SECTION_BEFORE.fullmatch(text) is not None


def _is_beside_after(text: str) -> bool:
    if any(form.fullmatch(text) for form in (_FURNITURE, _TRAILING_COUNTS, _NEIGHBOUR_AFTER, _LUNAR_BESIDE)):
        return True
    counters = _FURNITURE.match(text)
    behind = text[counters.end() :] if counters else ""
    return text[: len(text) - len(behind)].rstrip().endswith("|") and _NEIGHBOUR.fullmatch(behind) is not None
