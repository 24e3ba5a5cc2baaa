"""What somebody typed into a search box, piece by piece: words, phrases, and the signs that belong to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from archiver.vietnamese.search_forms import exact, folded, words
from archiver.vietnamese.text import clean, fold

Words = tuple[str, ...]
Note = Literal["too many words", "too many stars", "a star behind too few letters", "nothing but exclusions"]

_MOST_WORDS = 64
_MOST_STARS = 3  # each may begin thousands of words, which are all looked up
# Before a star: `ng` and `th` alone begin a tenth of all words, and nobody means these.
_ENOUGH = re.compile(r"(?=.*[aeiouy0-9]).{2,}|.{4,}")

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_PIECE = re.compile(r'(?P<minus>-*)(?:"(?P<quoted>[^"]*)(?:"(?P<star>\*?)|$)|(?P<plain>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Piece:
    """One word or phrase, without its signs."""

    words: Words  # in the letters in which they were typed
    is_quoted: bool = False
    is_begin: bool = False  # a star: the last word may go on
    is_unwanted: bool = False  # a minus

    @property
    def is_plain(self) -> bool:
        """Whether it is a single wanted word without any sign."""
        return len(self.words) == 1 and not (self.is_quoted or self.is_begin or self.is_unwanted)

    @property
    def is_marked(self) -> bool:
        """Whether any mark was typed in it."""
        return any(exact(word) != folded(word) for word in self.words)


def pieces_of(typed: str) -> tuple[list[Piece], list[Note]]:
    """The pieces in the order in which they were typed, and what was not taken as it was typed.

    Quotes may be missing at the end, signs may stand alone, and what has no letter or digit is no piece.

    >>> [(piece.words, piece.is_quoted) for piece in pieces_of('ngày “hội đọc” 1051/QĐ-UBND - (')[0]]
    [(('ngày',), False), (('hội', 'đọc'), True), (('1051', 'QĐ', 'UBND'), False)]
    >>> pieces_of("chuyển*")[0] == [Piece(("chuyển",), is_begin=True)], pieces_of("-họp")[0][0].is_unwanted
    (True, True)
    """
    pieces, notes, left, stars = list[Piece](), dict[Note, None](), _MOST_WORDS, _MOST_STARS
    for match in _PIECE.finditer(clean(typed.translate(_QUOTES))):
        found = words(match["quoted"] or match["plain"] or "")
        if len(found) > left:
            notes["too many words"] = None
        if not (found := found[:left]):
            continue
        piece = _piece(match, found)
        if piece.is_begin and (refused := _refused(found[-1], stars)):
            notes[refused] = None
            piece = replace(piece, is_begin=False)
        left, stars = left - len(found), stars - piece.is_begin
        pieces.append(piece)
    return pieces, list(notes)


def _piece(match: re.Match[str], found: list[str]) -> Piece:
    is_quoted = match["quoted"] is not None
    is_begin = (match["quoted"] or match["plain"]).rstrip().endswith("*") or bool(match["star"])
    return Piece(tuple(found), is_quoted, is_begin, is_unwanted=bool(match["minus"]))


def _refused(word: str, stars: int) -> Note | None:
    """Why a star behind a word does not count; null if it does."""
    if not _ENOUGH.fullmatch(folded(word)):
        return "a star behind too few letters"
    return None if stars else "too many stars"


def without_marks(typed: str) -> str:
    """The same as it is typed without marks; what is excluded stays as it is.

    >>> without_marks("Đào Quang Minh -Mình")
    'Dao Quang Minh -Mình'
    """
    return _PIECE.sub(lambda match: match[0] if match["minus"] else fold(match[0]), clean(typed.translate(_QUOTES)))
