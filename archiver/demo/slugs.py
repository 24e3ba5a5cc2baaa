"""File names of articles, as the platform makes them: the title without marks, cut short, and a random tail."""

from __future__ import annotations

import re
from random import Random
from string import ascii_letters
from unicodedata import combining, normalize

LONGEST = 50


def slug_of(title: str, index: int, dice: Random) -> str:
    """A name that no other index gets: its tail is letters and the index. Some keep their Vietnamese letters."""
    name = hyphenated(title if index % 23 == 4 else bare(title))
    tail = "".join(dice.choices(ascii_letters, k=dice.randint(1, 9)))
    return f"{name[:LONGEST]}{tail}{index:04d}"


def hyphenated(text: str) -> str:
    """Words joined by hyphens, signs left out.

    >>> hyphenated("Phòng trừ rầy nâu, sâu cuốn lá: 5 không")
    'Phòng-trừ-rầy-nâu-sâu-cuốn-lá-5-không'
    """
    return "-".join(re.findall(r"\w+", text))


def bare(text: str) -> str:
    """Letters without their marks.

    >>> bare("Đẩy mạnh đổi mới")
    'Day manh doi moi'
    """
    marked = normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in marked if not combining(letter))
