"""The form of a date line, with letters for its numbers, and what a page's dates prove of their order.

Whether `05/08/2023` is in May or in August no date says by itself; a number above twelve beside it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from archiver.vietnamese.text import clean

DayOrder = Literal["day first", "month first", "both", "not told"]

_NUMERIC = re.compile(r"(?<![\d/.:-])(\d{1,2})(\s?[/.\-–]\s?)(\d{1,2})(\s?[/.\-–]\s?)(\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_WORDED = re.compile(
    r"(\d{1,2})\s+(tháng)\s+(\d{1,2}|[^\W\d]+(?:\s(?:một|hai))?)(\s*,?\s*)(năm\s+)?(\d{4})", re.IGNORECASE
)
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d{1,2}(:\d{2})?(?![\d:])")
_WEEKDAY = re.compile(r"(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật)(?!\w)", re.IGNORECASE)
_HALF = re.compile(r"(?<!\w)(?:SA|CH|AM|PM)(?!\w)")
_COUNT = re.compile(r"\d+")
_LAST_MONTH = 12


def form_of(raw: str) -> str:
    """A date line as a pattern that other articles of a portal share.

    >>> form_of("Đăng ngày 28 - 12 - 2021"), form_of("Thứ ba - 27/06/2023 10:14")
    ('Đăng ngày D - M - Y', 'weekday - D/M/Y h:m')
    >>> form_of("(08/12/2021 9:24 SA)"), form_of("4 giờ trước"), form_of("02/15/2023 07:31:00 AM")
    ('(D/M/Y h:m SA/CH)', 'n giờ trước', 'M/D/Y h:m:s AM/PM')
    >>> form_of("Thứ ba, ngày 24 tháng 1 năm 2023 | 10:31"), form_of("2018-05-27 06:34:00")
    ('weekday, ngày D tháng M năm Y | h:m', 'Y-M-D h:m:s')
    """
    form = _ISO.sub("Y-M-D", clean(raw))
    form = _NUMERIC.sub(_numeric_form, form)
    form = _WORDED.sub(lambda day: f"D {day[2]} M{day[4]}{day[5] or ''}Y", form)
    form = _CLOCK.sub(lambda clock: "h:m:s" if clock[1] else "h:m", form)
    form = _WEEKDAY.sub("weekday", form)
    form = _HALF.sub(lambda half: "SA/CH" if half[0] in ("SA", "CH") else "AM/PM", form)
    return _COUNT.sub("n", form)


def order_of(raws: Iterable[str]) -> DayOrder:
    """What the dates of a page prove of their order, all together.

    >>> order_of(["05/08/2023", "05/28/2023"]), order_of(["05/08/2023"]), order_of(["28/05/2023", "05/08/2023"])
    ('month first', 'not told', 'day first')
    """
    days = [(int(match[1]), int(match[3])) for raw in raws for match in _NUMERIC.finditer(clean(raw))]
    day_first = any(first > _LAST_MONTH for first, _ in days)
    month_first = any(second > _LAST_MONTH for _, second in days)
    if day_first:
        return "both" if month_first else "day first"
    return "month first" if month_first else "not told"


def could_be_swapped(raw: str) -> bool:
    """Whether a date is another date with day and month exchanged.

    >>> could_be_swapped("05/08/2023"), could_be_swapped("28/05/2023"), could_be_swapped("08/08/2023")
    (True, False, False)
    """
    day = _NUMERIC.search(clean(raw))
    return day is not None and day[1] != day[3] and max(int(day[1]), int(day[3])) <= _LAST_MONTH


def _numeric_form(day: re.Match[str]) -> str:
    first, second = ("M", "D") if int(day[3]) > _LAST_MONTH else ("D", "M")
    return f"{first}{day[2]}{second}{day[4]}Y"
