"""Date lines that say when an article was changed, beside the day on which it was published."""

from __future__ import annotations

import re

_CHANGED = r"(?:(?:ngày|giờ|thời\s+gian|lần)\s+)?(?:cập\s+nhật|(?:chỉnh\s+)?sửa)\b"
_MAY_BE = re.compile(r"nhật|sửa", re.IGNORECASE)
_BEGINS_SO = re.compile(rf"[(\[\s]*{_CHANGED}", re.IGNORECASE)
_PUBLISHED = re.compile(r"[đðɖ]ăng|xuất\s+bản|publish|posted", re.IGNORECASE)
_DAY_OF_CHANGE = re.compile(
    rf"[\s|,;(\[–-]*{_CHANGED}(?:\s+(?:lần\s+)?cuối)?(?:\s+(?:lúc|ngày|vào))*\s*:?\s*"
    r"\d[\d\s/:.,|–-]{6,30}(?:(?:SA|CH|AM|PM)\b)?[\s)\]|,;–-]*",
    re.IGNORECASE,
)


def tells_change(date: str) -> bool:
    """Whether a date, as printed with its label, is that of a change.

    >>> tells_change("Cập nhật lúc 17/05/2024"), tells_change("Ngày đăng: 17/05/2024")
    (True, False)
    """
    return _BEGINS_SO.match(date) is not None


def without_change(line: str) -> str | None:
    """A line without the day of a change that stands beside one of publishing; null where there are not both.

    >>> without_change("Ngày đăng: 08/07/2024 11:38 | Cập nhật: 20/11/2026 08:00")
    'Ngày đăng: 08/07/2024 11:38'
    >>> without_change("Cập nhật: 20/11/2026 8:00 SA - Đăng ngày 08/07/2024"), without_change("Cập nhật: 20/11/2026")
    ('Đăng ngày 08/07/2024', None)
    """
    if not _MAY_BE.search(line):
        return None
    rest, changes = _DAY_OF_CHANGE.subn(" ", line)
    return rest.strip() if changes == 1 and _PUBLISHED.search(rest) else None
