"""A name as it may be printed: with its marks, with wrong ones, with none, in capitals, with i for y."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from archiver.vietnamese.text import clean, fold

_ONE_OF = {letter: letter for letter in "aeoud"} | {
    "i": "iy",
    "y": "iy",
}  # the letters that bear marks, or are mixed up
_MARKED = "".join(
    normalize("NFC", letter + shape + tone)
    for letter, shapes in {
        "a": ("", "\u0302", "\u0306"), "e": ("", "\u0302"), "i": ("",), "o": ("", "\u0302", "\u031b"),
        "u": ("", "\u031b"), "y": ("",),
    }.items()
    for shape in shapes
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) + "dđ"  # fmt: skip


def any_marks(name: str) -> str:
    """A pattern for SQL's LIKE with ESCAPE '\\\\': the name between anything, any letter where one may be marked.

    It finds a little more than the name, and is fast.

    >>> any_marks("Đỗ Mỹ"), any_marks("100%")
    ('%__ m_%', '%100\\\\%%')
    """
    letters = ("_" if char in _ONE_OF else f"\\{char}" if char in "\\%_" else char for char in _plain(name))
    return f"%{''.join(letters)}%"


def spellings(name: str, *texts: str | None) -> list[str]:
    """The ways in which texts print a name, each once, in the order in which they come, capitals made equal.

    >>> spellings("Mỹ Hào", "Thị xã MỸ HÀO", "thị xã Mỹ Hào, Mỹ Hao và Mĩ Hào; Mỹ Hàoo", None)
    ['Mỹ Hào', 'Mỹ Hao', 'Mĩ Hào']
    """
    if not clean(name):
        return []
    found = (match for text in texts for match in _pattern(name).findall(text or ""))
    return list(dict.fromkeys(" ".join(word.capitalize() for word in match.split()) for match in found))


@lru_cache(maxsize=64)
def _pattern(name: str) -> re.Pattern[str]:
    classes = (f"[{_marked(char)}]" if char in _ONE_OF else re.escape(char) for char in _plain(name))
    return re.compile(rf"(?<!\w){''.join(classes)}(?!\w)", re.IGNORECASE)


def _marked(letter: str) -> str:
    return "".join(char for char in _MARKED if fold(char) in _ONE_OF[letter])


def _plain(name: str) -> str:
    return fold(clean(name)).lower()
