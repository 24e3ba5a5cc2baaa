"""Dates that cannot be read from their line alone: `4 giờ trước`, `hôm qua`, `16/06 16:30`.

What counts backwards is counted from the moment at which the page was captured, and is as exact as its unit: hours give
no minute, and no day where they may reach over midnight. Weeks and months give no day. A year is never supplied.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from archiver.vietnamese.dates import INDOCHINA_TIME, NO_YEAR, DateReading, Precision
from archiver.vietnamese.text import clean

NO_CAPTURE_TIME = "counts backwards from a moment that is not known"
COUNTED_DAYS = "days counted backwards"
MAY_BE_THE_DAY_BEFORE = "hours counted backwards over midnight"
TOO_COARSE = "weeks, months or years counted backwards"
MACHINES_SAY_OTHERWISE = "machines are told another time"
CONFIRMED = "as machines are told"
FLAGS = frozenset((NO_CAPTURE_TIME, COUNTED_DAYS, MAY_BE_THE_DAY_BEFORE, TOO_COARSE, NO_YEAR))

_LABEL = r"(?:(?:[đð]ăng|cập\s+nhật|gửi)(?:\s+(?:lúc|tải))?\s*:?\s*|(?P<since>cách\s+đây)\s+|khoảng\s+)?"
_CLOCK = r"\d{1,2}:\d{2}"
_SPOKEN_CLOCK = r"\d{1,2}(?::\d{2}|\s?(?:h|giờ\s)\s?\d{1,2}(?:'|\s?phút)?)"
_COUNTED = (
    rf"{_LABEL}(?P<count>\d{{1,3}})\s*(?P<unit>giây|phút|giờ|tiếng|h|ngày|tuần|tháng|năm)"
    r"(?:\s+(?P<minutes>\d{1,2})\s*phút)?(?(since)(?:\s+trước)?|\s+trước(?:\s+đây)?)"
)
_NAMED = (
    rf"{_LABEL.replace('(?P<since>', '(?:')}(?:(?P<clock_before>{_SPOKEN_CLOCK})\s*,?\s*)?"
    rf"(?P<day>hôm\s+(?:nay|qua|kia))(?:\s*,?\s*(?:lúc\s+)?(?P<clock>{_SPOKEN_CLOCK}))?"
)
_YEARLESS = rf"(?:\d{{1,2}}[/-]\d{{1,2}}\s*,?\s+{_CLOCK}|{_CLOCK}\s*,?\s+\d{{1,2}}[/-]\d{{1,2}})"
_LINE = re.compile(
    rf"(?:[^\d|]{{1,40}}\s[|–-]\s*)?(?P<raw>[(\[]?\s*(?:{_COUNTED}|{_NAMED}|(?P<yearless>{_YEARLESS}))\s*[)\]]?)"
    r"(?:\s*\|\s*[^\d|]{1,40})?",
    re.IGNORECASE,
)
MAY_BE = re.compile(rf"\btrước\b|\bcách\s+đây\b|\bhôm\s+(?:nay|qua|kia)\b|\b{_YEARLESS}", re.IGNORECASE)
"""What every such line holds."""
LONGEST_LINE = 80  # characters
_MINUTES = {"giây": 0, "phút": 1}
_HOURS = ("giờ", "tiếng", "h")
_SPANS = {  # the least and the most that a unit stands for, and by how much both may be missed
    "giây": (timedelta(seconds=1), timedelta(seconds=1), timedelta(minutes=2)),
    "phút": (timedelta(minutes=1), timedelta(minutes=1), timedelta(minutes=2)),
    "ngày": (timedelta(days=1), timedelta(days=1), timedelta(days=1)),
    "tuần": (timedelta(days=7), timedelta(days=7), timedelta(days=7)),
    "tháng": (timedelta(days=28), timedelta(days=31), timedelta(days=31)),
    "năm": (timedelta(days=365), timedelta(days=366), timedelta(days=366)),
} | dict.fromkeys(_HOURS, (timedelta(hours=1), timedelta(hours=1), timedelta(hours=1)))
_DAYS_AGO = {"nay": 0, "qua": 1, "kia": 2}


def read_relative_date(text: str, captured_at: datetime | None) -> DateReading | None:
    """The date of a line that is nothing but such a date, beside at most a section or an author.

    `captured_at` is aware; null where nobody knows it, and then so is what counts backwards.

    >>> read_relative_date("36 phút trước", datetime(2023, 6, 9, 10, 20, tzinfo=INDOCHINA_TIME)).at.isoformat()
    '2023-06-09T09:44:00+07:00'
    >>> read_relative_date("4 giờ trước|Xã hội", datetime(2023, 6, 9, 10, 20, tzinfo=INDOCHINA_TIME)).precision
    'hour'
    >>> read_relative_date("2 ngày trước bầu cử", None) is None
    True
    """
    if len(text) > LONGEST_LINE or not MAY_BE.search(text):
        return None
    match = _LINE.fullmatch(clean(text))
    if match is None:
        return None
    if match["yearless"]:
        return _unread(match, NO_YEAR)
    if captured_at is None:
        return _unread(match, NO_CAPTURE_TIME)
    now = captured_at.astimezone(INDOCHINA_TIME).replace(microsecond=0)
    return _counted(match, now) if match["count"] else _named(match, now)


def confirmed(date: DateReading, told: DateReading, captured_at: datetime | None) -> DateReading:
    """A date that counts backwards or lacks its year, beside a time that machines are told of it.

    Where the words, resolved against the capture, agree with that time, it is what they mean, if it is finer than they
    are. Where they do not, the words stand, and a flag says so. Without a capture nothing can agree.

    >>> now = datetime(2023, 6, 9, 10, 20, tzinfo=INDOCHINA_TIME)
    >>> told = DateReading("", now.date(), now.replace(hour=8, minute=3), "minute", (), 0, 0)
    >>> confirmed(read_relative_date("2 giờ trước", now), told, now).at.isoformat()
    '2023-06-09T08:03:00+07:00'
    >>> confirmed(read_relative_date("5 giờ trước", now), told, now).flags
    ('machines are told another time',)
    """
    match = _LINE.fullmatch(date.raw)
    if match is None or told.on is None or (captured_at is None and not match["yearless"]):
        return date
    if not _agrees(match, told, captured_at):
        return replace(date, flags=(*date.flags, MACHINES_SAY_OTHERWISE))
    if told.at is None and date.at is not None:
        return date
    return replace(date, on=told.on, at=told.at, precision=told.precision, flags=(CONFIRMED,))


def _agrees(match: re.Match[str], told: DateReading, captured_at: datetime | None) -> bool:
    if match["yearless"] or captured_at is None:
        return _is_same_but_for_the_year(match["yearless"], told)
    now = captured_at.astimezone(INDOCHINA_TIME)
    if not match["count"]:
        return _is_named(match, told, now)
    least, most, missed = _SPANS[match["unit"].lower()]
    first, last = now - int(match["count"]) * most - missed, now - int(match["count"]) * least + missed
    if told.at is None:
        return told.on is not None and first.date() <= told.on <= last.date()
    return first <= told.at <= min(last, now + timedelta(minutes=1))


def _is_named(match: re.Match[str], told: DateReading, now: datetime) -> bool:
    named = _named(match, now)
    if named.at is None or told.at is None:
        return named.on == told.on
    return named.at == told.at.replace(second=0)


def _is_same_but_for_the_year(words: str, told: DateReading) -> bool:
    day, month = re.findall(r"(?<!:)\b(\d{1,2})[/-](\d{1,2})\b", words)[0]
    hour, minute = re.findall(r"(\d{1,2}):(\d{2})", words)[0]
    if told.on is None or (told.on.day, told.on.month) != (int(day), int(month)):
        return False
    return told.at is None or (told.at.hour, told.at.minute) == (int(hour), int(minute))


def _counted(match: re.Match[str], now: datetime) -> DateReading:
    count, unit = int(match["count"]), match["unit"].lower()
    if match["minutes"] and unit in _HOURS:
        apart = timedelta(hours=count, minutes=int(match["minutes"]))
        return _read(match, (now - apart).replace(second=0), "minute")
    if unit in _MINUTES:
        return _read(match, (now - timedelta(minutes=count * _MINUTES[unit])).replace(second=0), "minute")
    if unit in _HOURS:
        latest = now - timedelta(hours=count)
        if (latest - timedelta(hours=1)).date() != latest.date():
            return _unread(match, MAY_BE_THE_DAY_BEFORE)
        return _read(match, latest.replace(minute=0, second=0), "hour")
    if unit == "ngày":
        return _read(match, now - timedelta(days=count), "day", () if count == 0 else (COUNTED_DAYS,))
    return _unread(match, TOO_COARSE)


def _named(match: re.Match[str], now: datetime) -> DateReading:
    day = now - timedelta(days=_DAYS_AGO[match["day"].lower().split()[-1]])
    clock = match["clock"] or match["clock_before"]
    if clock is None:
        return _read(match, day, "day")
    hour, minute = map(int, re.findall(r"\d+", clock))
    if hour > 23 or minute > 59:
        return _read(match, day, "day")
    return _read(match, datetime.combine(day.date(), time(hour, minute), INDOCHINA_TIME), "minute")


def _read(match: re.Match[str], at: datetime, precision: Precision, flags: tuple[str, ...] = ()) -> DateReading:
    moment = None if precision == "day" else at
    return DateReading(match["raw"].strip(), at.date(), moment, precision, flags, match.start("raw"), match.end("raw"))


def _unread(match: re.Match[str], flag: str) -> DateReading:
    return DateReading(match["raw"].strip(), None, None, None, (flag,), match.start("raw"), match.end("raw"))
