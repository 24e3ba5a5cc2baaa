"""A text in the form in which texts are compared: its syllables without marks, in threes, and the numbers in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from archiver.store.ground.keys import digest_of
from archiver.vietnamese.text import fold

_AT_A_TIME = 3  # syllables
_LONGEST_REMEMBERED = 20_000  # characters; the shingles of a text take thirty times its own memory
_SYLLABLE = re.compile(r"[^\W_]+")
# 12/3/2024, 12-3, ngày 12 tháng 3 năm 2024
_DATE = re.compile(r"\b0?(\d{1,2})(?: ?[/.-] ?| thang )0?(\d{1,2})(?:(?: ?[/.-] ?| nam )(\d{4}))?(?![\d/])")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Text:
    """What of a text is compared."""

    digest: str  # of its syllables in their order
    syllables: int
    shingles: frozenset[str]  # each three syllables that follow one another
    numbers: frozenset[str]


def text_of(lead: str | None, body: str | None) -> Text:
    """Lead and text are one: what sets the lead apart in one place may not in another. The title is no part of it.

    >>> text_of("HOÀ BÌNH", "hòa bình thế giới").digest == text_of(None, "Hòa bình. Hoà bình thế giới!").digest
    True
    """
    text = "\n".join(filter(None, (lead, body)))
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _text_of(text)


def _text_of(text: str) -> Text:
    plain = fold(text).lower()
    found = _SYLLABLE.findall(plain)
    return Text(
        digest_of(" ".join(found).encode()),
        len(found),
        frozenset(map(" ".join, zip(*(found[start:] for start in range(_AT_A_TIME)), strict=False))),
        frozenset(_numbers(plain)),
    )


_remembered = lru_cache(maxsize=128)(_text_of)  # notices on a template are compared with the same others, one by one


def syllables(text: str) -> str:
    """The syllables of a text, without marks, parted by single spaces.

    >>> syllables("Đảng uỷ – UBND thị xã MỸ HÀO: họp!")
    'dang uy ubnd thi xa my hao hop'
    """
    return " ".join(_SYLLABLE.findall(fold(text).lower()))


def _numbers(plain: str) -> Iterator[str]:
    """The numbers of a folded text. Day and month are one, however they are written; the year is another.

    >>> sorted(set(_numbers("ngay 05 thang 3 nam 2024, 5/3, 1.500 ho, tang 12,5%")))
    ['1.500', '12,5', '2024', '5/3']
    """
    for day, month, year in _DATE.findall(plain):
        yield f"{day}/{month}"
        if year:
            yield year
    yield from _NUMBER.findall(_DATE.sub(" ", plain))
