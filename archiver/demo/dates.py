"""Dates as the portal prints them."""

from __future__ import annotations

from datetime import datetime

WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


def page_date(day: datetime) -> str:
    """The date line of an article.

    >>> page_date(datetime(2024, 5, 17))
    'Đăng ngày 17 - 05 - 2024'
    """
    return f"Đăng ngày {day:%d - %m - %Y}"


def list_date(at: datetime) -> str:
    """The minute behind a row: SA before noon, CH from noon on, the hour not padded.

    >>> list_date(datetime(2021, 12, 8, 9, 24)), list_date(datetime(2021, 10, 4, 12, 5))
    ('(08/12/2021 9:24 SA)', '(04/10/2021 12:05 CH)')
    >>> list_date(datetime(2021, 12, 8, 0, 15))
    '(08/12/2021 12:15 SA)'
    """
    return f"({at:%d/%m/%Y} {(at.hour - 1) % 12 + 1}:{at:%M} {'SA' if at.hour < 12 else 'CH'})"


def today_line(now: datetime) -> str:
    """Today's date and a clock, as page heads show them.

    >>> today_line(datetime(2025, 6, 30, 8, 0, 9))
    'Thứ hai, ngày 30 tháng 6 năm 2025 | 08:00:09'
    """
    return f"{WEEKDAYS[now.weekday()]}, ngày {now.day} tháng {now.month} năm {now.year} | {now:%H:%M:%S}"
