"""How dates are printed, as one pattern: a label, a weekday, a time before or behind the day, a zone, brackets."""

from __future__ import annotations

import re

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
MONTH_NAMES = {
    "mười hai": 12, "m. hai": 12, "mười một": 11, "m. một": 11, "mười": 10, "chín": 9, "tám": 8, "bảy": 7,
    "sáu": 6, "năm": 5, "tư": 4, "ba": 3, "hai": 2, "một": 1,
}  # fmt: skip


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
_MONTHS = r"\d{1,2}|" + "|".join(map(re.escape, MONTH_NAMES))
_WORDED_DAY = (
    rf"(?:m[ùồ]ng\s+)?(?P<day>\d{{1,2}})\s+(?:[-–]\s)?{_MONTH}(?P<month>{_MONTHS})"
    r"\s*(?:[,\-–]\s*)?(?:năm\s+)?(?P<worded_year>\d{4})"
)
_MONTH_FIRST = rf"{_MONTH}(?P<leading_month>{_MONTHS})\s+(?P<following_day>\d{{1,2}}),\s*(?P<last_year>\d{{4}})"
_ISO_DAY = r"(?P<iso_year>(?:19|20)\d\d)(?P<iso_mark>[-/])(?P<iso_month>\d\d)(?P=iso_mark)(?P<iso_day>\d\d)"
# What a date can begin with is looked at first: most letters of a text begin none, and there are many ways to try.
_BEGINNING = r"(?:(?<!\w)(?=[đðɖvtnglcxpm])|(?=[(\[\d]))"
DATE = re.compile(
    rf"{_BEGINNING}(?P<open>[(\[]\s*)?(?P<label>{_LABEL})?{_WEEKDAY}?"
    rf"(?:(?:lúc\s+)?{_clock('_before')}{_ZONE}?\s*[,|\-–]?\s*{_WEEKDAY}?)?"
    rf"(?:ngày\s+)?(?<![\d/.:])(?:{_NUMERIC_DAY}|{_WORDED_DAY}|{_ISO_DAY}|{_MONTH_FIRST})(?![\d/]|[.\-]\d)"
    rf"(?:\s*[,|\-–]?\s*(?:lúc\s+)?{_clock('_after')})?{_ZONE}?(?P<close>\s*[)\]])?",
    re.IGNORECASE,
)
