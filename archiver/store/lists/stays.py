"""How long a list showed an article, told from looks at the list: between two looks nothing is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """What the top of a list showed at one moment: article keys in reading order."""

    at: str
    shown: tuple[str, ...]
    stood_on: str | None = None  # the article on whose page the box stood; it may be left out of its own box


@dataclass(slots=True)
class Stay:
    """One time that a list showed an article, from the first look that showed it to the last in a row."""

    article_key: str
    entered_after: str | None  # the last look without it; null if the very first look showed it
    first_seen_at: str
    last_seen_at: str
    left_before: str | None  # the first look without it; null if the very last look shows it
    looks: int
    first_position: int
    last_position: int


def stays(looks: Iterable[Look]) -> Iterator[Stay]:
    """Every stay in a list, of looks in the order of their times.

    >>> looks = [Look("1", ("a",)), Look("2", ("b", "a")), Look("3", ("b",))]
    >>> for stay in stays(looks): print(stay.article_key, stay.entered_after, stay.left_before, stay.last_position)
    a None 3 2
    b 1 None 1
    """
    present: dict[str, Stay] = {}
    before: str | None = None
    for look in looks:
        for key in present.keys() - set(look.shown) - {look.stood_on}:
            present[key].left_before = look.at
            yield present.pop(key)
        for position, key in enumerate(look.shown, 1):
            if key in present:
                _seen_again(present[key], look.at, position)
            else:
                present[key] = Stay(key, before, look.at, look.at, None, 1, position, position)
        before = look.at
    yield from present.values()


def _seen_again(stay: Stay, at: str, position: int) -> None:
    stay.last_seen_at = at
    stay.last_position = position
    stay.looks += 1
