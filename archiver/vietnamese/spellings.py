"""A name as it may be printed: with its marks, with wrong ones, with none, in capitals, with i for y."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product
from unicodedata import normalize

from archiver.vietnamese.search_forms import folded, words
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
_MOST_WORDS, _MOST_PHRASES = 12, 64  # that are looked up of a name; each i or y makes twice as many


def phrases(name: str) -> list[list[str]]:
    """What the words without marks of a text must hold for it to print a name: one phrase of each group.

    It lets a little more through than the name, and whatever prints it.

    >>> phrases("Đỗ Mỹ"), phrases("100%"), phrases("?")
    ([['do mi', 'do my']], [['100']], [])
    """
    groups: list[list[str]] = [[]]
    for word in words(folded(clean(name)))[:_MOST_WORDS]:
        if 2 ** sum(map(word.count, "iy")) > _MOST_PHRASES:  # no word of any language
            groups.append([])
            continue
        either = ["".join(letters) for letters in product(*(_ONE_OF[char] if char in "iy" else char for char in word))]
        if len(groups[-1]) * len(either) > _MOST_PHRASES:
            groups.append([])
        groups[-1] = [f"{begin} {each}" for begin, each in product(groups[-1], either)] or either
    return [group for group in groups if group]


def spellings(name: str, *texts: str | None) -> list[str]:
    """The ways in which texts print a name, each once, in the order in which they come, capitals made equal.

    >>> spellings("Mỹ Hào", "Thị xã MỸ HÀO", "thị xã Mỹ Hào, Mỹ Hao và Mĩ Hào; Mỹ Hàoo", None)
    ['Mỹ Hào', 'Mỹ Hao', 'Mĩ Hào']
    """
    if not clean(name):
        return []
    find = _pattern(name).findall
    return list(dict.fromkeys(_capitals_alike(match) for text in texts if text for match in find(text)))


@lru_cache(maxsize=4096)
def _capitals_alike(printed: str) -> str:
    return " ".join(word.capitalize() for word in printed.split())


@lru_cache(maxsize=64)
def _pattern(name: str) -> re.Pattern[str]:
    """It begins with a set of letters, and names both cases itself: so `re` skips fast to where the name may begin."""
    first, *others = (f"[{_any_case(char)}]" for char in _plain(name))
    return re.compile(rf"{first}(?<!\w.){''.join(others)}(?!\w)", re.DOTALL)


def _any_case(letter: str) -> str:
    """The letters that a plain one may stand for, as a set's inside."""
    alike = _marked(letter) if letter in _ONE_OF else letter
    return re.escape("".join(dict.fromkeys(alike + alike.upper() + alike.lower())))


@cache
def _marked(letter: str) -> str:
    return "".join(char for char in _MARKED if fold(char) in _ONE_OF[letter])


def _plain(name: str) -> str:
    return fold(clean(name)).lower()
