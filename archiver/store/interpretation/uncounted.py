"""What of a page is no content: counters of its readers, and what only keeps a cache from giving out an old file.

Published texts stay as they are; versions are compared without these.
"""

from __future__ import annotations

import json
import re
from typing import Any

from archiver.portals.addresses import is_file_address

_LONGEST_COUNTER = 60  # characters
_COUNTED = r"(?:xem|đọc|truy\s*cập|tải(?:\s*(?:về|xuống))?|nghe|chia\s*sẻ)"
_NAME = (
    rf"(?:(?:số|tổng(?:\s*số)?)\s+)?(?:lượt|lần)\s+{_COUNTED}(?:\s+(?:tin|bài(?:\s+viết)?))?|đã\s+(?:xem|đọc)|views?"
)
_NUMBER = r"\d[\d.,]*"
_COUNTER = re.compile(
    rf"\W*(?:(?:{_NAME})\s*:?\s*\(?{_NUMBER}(?:\s*(?:lượt|lần)(?:\s+{_COUNTED})?)?"
    rf"|{_NUMBER}\s*(?:(?:lượt|lần)\s+{_COUNTED}|views?))\W*",
    re.IGNORECASE,
)
_BUSTERS = frozenset(
    ("_", "t", "ts", "time", "timestamp", "v", "ver", "version", "rev", "rnd", "rand", "random", "nocache", "cb",
     "token", "sig", "signature", "expires")
)  # fmt: skip


def is_counter(line: str) -> bool:
    """Whether a line says how often something was read, and nothing else.

    >>> [is_counter(line) for line in ("Lượt xem: 1.228", "Số lần đọc: 7", "(Đã xem: 12)", "305 lượt xem", "Tin 2")]
    [True, True, True, True, False]
    >>> is_counter("Lượt truy cập: 1.228.000, tăng 5% so với năm trước"), is_counter("Lượt xem:")
    (False, False)
    """
    return len(line) <= _LONGEST_COUNTER and _COUNTER.fullmatch(line) is not None


def without_counters(text: str | None) -> str | None:
    r"""A text without the lines that are counters; paragraphs are two line breaks apart.

    >>> without_counters("Xã họp.\n\nLượt xem: 5"), without_counters("Lượt xem: 5"), without_counters(None)
    ('Xã họp.', None, None)
    """
    if not text or not any(map(is_counter, text.split("\n"))):
        return text
    paragraphs = ("\n".join(line for line in each.split("\n") if not is_counter(line)) for each in text.split("\n\n"))
    return "\n\n".join(filter(None, paragraphs)) or None


def file_itself(url: str) -> str:
    """The address of a file without what changes from look to look; that of anything else as it is.

    >>> file_itself("https://x.vn/a.jpg?w=300&t=17"), file_itself("https://x.vn/a.pdf?token=x")
    ('https://x.vn/a.jpg?w=300', 'https://x.vn/a.pdf')
    >>> file_itself("https://x.vn/tai-ve.aspx?token=x")
    'https://x.vn/tai-ve.aspx?token=x'
    """
    path, mark, query = url.partition("?")
    if not mark or not is_file_address(url):
        return url
    kept = [each for each in query.split("&") if each.partition("=")[0].lower() not in _BUSTERS]
    return path + ("?" + "&".join(kept) if kept else "")


def files_themselves(column: str) -> str:
    """A column of images or attachments (JSON), each address without what changes from look to look."""
    if "?" not in column:
        return column
    files: list[dict[str, Any]] = json.loads(column)
    return json.dumps([each | {"url": file_itself(each["url"])} for each in files], ensure_ascii=False)
