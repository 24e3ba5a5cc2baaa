"""Vietnamese date lines, read strictly: what is not certainly a date and a time is null, with the raw text beside it.

The families are those that portals print, for instance

    Đăng ngày 28 - 12 - 2021                         Thứ ba - 27/06/2023 10:14
    Ngày đăng: 08/07/2024 11:38                      Thứ sáu, 18/11/2022 15:17 (GMT+7)
    Ngày đăng 09/09/2020 | 05:07 PM                  04:30 GMT+7, Thứ Ba, 27/9/2022
    09/02/2023 07:31:00 AM                           Thứ sáu: 15:00 ngày 09/02/2024
    (08/12/2021 9:24 SA)                             Thứ ba, ngày 24 tháng 1 năm 2023 | 10:31
    Chủ nhật, 16.10.2022 | 07:57:52                  12 Tháng Năm, 2020

Dates that count backwards (`4 giờ trước`) are in `archiver.vietnamese.relative_dates`. All times are the portal's local
time, seven hours ahead of UTC the whole year round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Literal

from archiver.vietnamese.changed_dates import without_change
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


_LABEL = (
    r"(?:(?:được\s+)?[đðɖ]ăng\s+(?:ngày|lúc|tải)|(?:được\s+)?(?:[đðɖ]ăng|viết|tạo)\s?(?=:)"
    r"|(?:ngày|giờ|thời\s+gian)\s+(?:[đðɖ]ăng(?:\s+(?:tin|bài))?|gửi|cập\s+nhật|xuất\s+bản|phát\s+hành|tạo|viết)"
    r"|(?:được\s+)?(?:gửi|tạo|viết)\s+(?:lúc|ngày)"
    r"|(?:lần\s+)?cập\s+nhật(?:\s+(?:lần\s+)?cuối)?(?:\s+(?:lúc|ngày))?|xuất\s+bản(?:\s+(?:lúc|ngày))?"
    r"|publish(?:ed)?\s+date|posted\s+on)\s*:?\s*"
)
_WEEKDAY = (
    r"(?:(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật|cn"
    r"|(?<!\w)(?:t[2-7]|t\.\s?(?:hai|ba|tư|năm|sáu|bảy|[2-7])))\s*[,:\-–]?\s*)"
)
_ZONE = r"(?:\s*\(?\s*(?:GMT|UTC)\s*\+\s*0?7(?::?00)?(?!\d)\s*\)?|\s\+07:?00)"
# Longest first: "mười hai" begins with "mười". NukeViet abbreviates "Tháng M. một".
_MONTH_NAMES = {
    "mười hai": 12, "m. hai": 12, "mười một": 11, "m. một": 11, "mười": 10, "chín": 9, "tám": 8, "bảy": 7,
    "sáu": 6, "năm": 5, "tư": 4, "ba": 3, "hai": 2, "một": 1,
}  # fmt: skip
_LUNAR = re.compile(r"âm\s+lịch|\bÂL\b|tháng\s+(?:giêng|chạp)", re.IGNORECASE)

_LUNAR_BESIDE = re.compile(  # what a day of our calendar is in the other one
    r"\s*[(,]?\s*(?:(?:tức|nhằm)\s+)?(?:ngày\s+)?"
    r"(?:\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?\s+(?:âm\s+lịch|ÂL)|(?:âm\s+lịch|ÂL)\s?:?\s?\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?)\s*\)?",
    re.IGNORECASE,
)
_LUNAR_BEFORE = re.compile(r"(?:âm\s+lịch|\bÂL)\s?:?\s?(?:ngày\s)?$", re.IGNORECASE)
_BESIDE = 30  # characters


def _clock(suffix: str) -> str:
    """`9:24 SA`, `15:42:27`, `7h05'`, `7 giờ 5 phút`, `8h`."""
    return (
        rf"(?P<hour{suffix}>\d{{1,2}})"
        rf"(?:[:：](?P<minute{suffix}>\d{{1,2}})(?:[:：](?P<second{suffix}>\d{{2}}))?'?"
        rf"|\s?(?:h|g(?=\d)|giờ)(?!\w)(?:\s(?P<spoken{suffix}>\d{{1,2}})(?:'|\s?phút)?)?"
        rf"|\s?[hg](?P<written{suffix}>\d{{1,2}})(?:'|\s?phút)?)"
        rf"(?:\s*(?P<half{suffix}>SA|CH|[AP]M|[AP]\.M\.?)(?!\w))?(?![\d:])"
    )


_MARK = r"[/.\-–‐‑—−／－]"
_NUMERIC_DAY = rf"(?P<first>\d{{1,2}})\s?(?P<mark>{_MARK})\s?(?P<second_part>\d{{1,2}})\s?(?P=mark)\s?(?P<year>\d{{4}})"
_MONTH = r"(?:tháng\s+|thg?\.?\s?(?=\d))"  # "Th7" of WordPress, "thg 7" of browsers
_MONTHS = r"\d{1,2}|" + "|".join(map(re.escape, _MONTH_NAMES))
_WORDED_DAY = (
    rf"(?:m[ùồ]ng\s+)?(?P<day>\d{{1,2}})\s+(?:[-–]\s)?{_MONTH}(?P<month>{_MONTHS})"
    r"\s*(?:[,\-–]\s*)?(?:năm\s+)?(?P<worded_year>\d{4})"
)
_MONTH_FIRST = rf"{_MONTH}(?P<leading_month>{_MONTHS})\s+(?P<following_day>\d{{1,2}}),\s*(?P<last_year>\d{{4}})"
_ISO_DAY = r"(?P<iso_year>(?:19|20)\d\d)(?P<iso_mark>[-/])(?P<iso_month>\d\d)(?P=iso_mark)(?P<iso_day>\d\d)"
# What a date can begin with is looked at first: most letters of a text begin none, and there are many ways to try.
_BEGINNING = r"(?:(?<!\w)(?=[đðɖvtnglcxpm])|(?=[(\[\d]))"
_DATE = re.compile(
    rf"{_BEGINNING}(?P<open>[(\[]\s*)?(?P<label>{_LABEL})?{_WEEKDAY}?"
    rf"(?:(?:lúc\s+)?{_clock('_before')}{_ZONE}?\s*[,|\-–]?\s*{_WEEKDAY}?)?"
    rf"(?:ngày\s+)?(?<![\d/.:])(?:{_NUMERIC_DAY}|{_WORDED_DAY}|{_ISO_DAY}|{_MONTH_FIRST})(?![\d/]|[.\-]\d)"
    rf"(?:\s*[,|\-–]?\s*(?:lúc\s+)?{_clock('_after')})?{_ZONE}?(?P<close>\s*[)\]])?",
    re.IGNORECASE,
)
_MACHINE_DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?", re.ASCII
)
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

_FIRST_YEAR = 1990  # of any portal's news; the country has had the Internet since 1997

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
    return next((_reading(match, text, order) for match in _DATE.finditer(text) if not _in_range(match, text)), None)


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
    for match in _DATE.finditer(text):
        last = match
    if last is None or last.end() < len(text) or _in_range(last, text):
        return None
    return _published(_reading(last, text, order))


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
        return _published(reading)
    rest = without_change(text)
    alone = read_date_line(rest, order) if rest else None
    start = text.find(alone.raw) if alone else -1
    return replace(alone, start=start, end=start + len(alone.raw)) if alone and start >= 0 else None


def read_machine_date(text: str) -> DateReading | None:
    """A date written for machines: `2025-10-22T19:25:52+07:00`, `…+07`, `…+0700`, `…Z`, `2018-05-27 06:34:00`.

    Without an offset the time is the portal's. Midnight sharp there is what systems write that know the day alone.
    """
    match = _MACHINE_DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
    raw = match[0]
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=_offset(match[7])).astimezone(INDOCHINA_TIME)
    except (ValueError, OverflowError):
        return DateReading(raw, None, None, None, (IMPOSSIBLE_DATE,), 0, len(raw))
    if at.time() == time(0):
        flags = (MIDNIGHT_PLACEHOLDER,) if match[4] else ()
        return DateReading(raw, at.date(), None, "day", flags, 0, len(raw))
    return DateReading(raw, at.date(), at, "second" if match[6] else "minute", (), 0, len(raw))


def _offset(text: str | None) -> timezone:
    if text is None:
        return INDOCHINA_TIME
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    distance = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-distance if text[0] == "-" else distance)


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
        month = _MONTH_NAMES[name] if name in _MONTH_NAMES else int(name)
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


def _published(reading: DateReading) -> DateReading:
    """A date of a page or a row. `01/01/0001`, `01/01/1900`, `01/01/1970` are what systems print that know none."""
    if reading.on is None or reading.on.year >= _FIRST_YEAR:
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
