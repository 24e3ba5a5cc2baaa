"""From the lines of a printed page to its paragraphs, by where they stand.

A PDF knows no paragraphs. A line was broken because it was full if the next line's first word would not have fitted
behind it; then the two are one. Any other line ends where its author ended it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_SPACE = 0.25  # of a line's height: a space's width
_INDENT = 0.5  # of a line's height: what sets a first line apart
_APART = 1.3  # times the usual leading: space between paragraphs


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. Places are in points, from the page's left and from its bottom."""

    text: str
    left: float
    right: float
    bottom: float  # of its first character
    last_bottom: float  # of its last, for a line whose end was joined to it at a hyphen
    height: float
    first_word: float  # width
    is_row: bool  # wide gaps part it into cells


def paragraphs(lines: list[Line]) -> list[str]:
    """The blocks of a page: paragraphs in one line each, lines that stand close together by a newline."""
    if not lines:
        return []
    margin = max(line.right for line in lines)
    leadings = [_leading(one, other) for one, other in pairwise(lines)]
    usual = median([leading for leading in leadings if leading > 0] or [0.0])
    text = lines[0].text
    for (one, other), leading in zip(pairwise(lines), leadings, strict=True):
        text += _between(one, other, leading, usual, margin) + other.text
    return text.split("\n\n")


def _leading(one: Line, other: Line) -> float:
    return one.last_bottom - other.bottom


def _between(one: Line, other: Line, leading: float, usual: float, margin: float) -> str:
    """What parts two lines: a space, a newline, or a blank line."""
    if leading <= 0 or leading > _APART * max(usual, one.height):
        return "\n\n"
    if one.is_row or other.is_row:
        return "\n"
    if one.right + _SPACE * other.height + other.first_word > margin:
        return " "
    return "\n\n" if other.left > one.left + _INDENT * other.height else "\n"
