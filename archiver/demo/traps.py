"""Pages without end: a calendar of empty months, and a relative link that leads one step deeper each time."""

from __future__ import annotations

import re

from archiver.demo.plain_pages import static_page
from archiver.demo.shell import CALENDAR

FIRST_MONTH = (2024, 7)
LANGUAGES = re.compile(r"/(?:(?:en|vi)/)+")


def month_asked(text: str) -> tuple[int, int]:
    """Year and month in `?thang=`.

    >>> month_asked("1998-12"), month_asked("13")
    ((1998, 12), (2024, 7))
    """
    found = re.fullmatch(r"(\d{1,6})-(0[1-9]|1[0-2])", text, re.ASCII)
    return (int(found[1]), int(found[2])) if found else FIRST_MONTH


def moved(year: int, month: int, by: int) -> str:
    """The month before or after, for ever; before year 0 it stays.

    >>> moved(2024, 12, 1), moved(2024, 1, -1)
    ('2025-01', '2023-12')
    """
    months = max(0, year * 12 + month - 1 + by)
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def calendar_page(asked: str) -> str:
    """A month in which nothing happens, between two others."""
    year, month = month_asked(asked)
    days = "".join(f"<tr><td>{day:02d}/{month:02d}/{year}</td><td>&nbsp;</td></tr>" for day in range(1, 29))
    links = (
        f'<a href="{CALENDAR}?thang={moved(year, month, -1)}">« Tháng trước</a> '
        f'<a href="{CALENDAR}?thang={moved(year, month, 1)}">Tháng sau »</a>'
    )
    title = f"Lịch công tác tháng {month} năm {year}"
    return static_page(title, "lich-cong-tac.aspx", f"<div>{links}</div><table>{days}</table>")


def language_page(path: str) -> str:
    """A page that links to the other language, relative to itself."""
    other, name = ("vi", "Tiếng Việt") if path.endswith("/en/") else ("en", "English")
    return f'<!DOCTYPE html>\n<html><body><p>Updating</p><a href="{other}/">{name}</a></body></html>\n'
