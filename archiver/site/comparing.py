"""Two versions of a text beside each other: paragraph by paragraph, word by word, with nothing left out of either."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Literal

Kind = Literal["same", "gone", "new"]

_WORDS = re.compile(r"\s+|[\w\u0300-\u036f]+|.", re.DOTALL)
_ALIKE = 0.4  # of two paragraphs' words: from there on, one is the other, reworded
_MOST_PARAGRAPHS = 2_000  # of a changed stretch that are looked for in one another
_MOST_LIKENESSES = 2_500  # of paragraphs that changed side by side: each takes some ten microseconds
_MOST_WORK = 20_000_000  # pairs of words that one comparison looks at: a second or two


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one version that the other has too, or has not."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph before and after; an empty side has none there."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed in it."""
        return self.before == self.after


class Patience:
    """How much work a comparison may still take; what goes beyond it is shown as changed from end to end."""

    def __init__(self, pairs: int = _MOST_WORK) -> None:
        self.pairs = pairs

    def suffices(self, one: Sequence[str], other: Sequence[str]) -> bool:
        """Whether two texts of so many words can still be compared; if so, that is counted."""
        work = len(one) * len(other)
        if work > self.pairs:
            return False
        self.pairs -= work
        return True


def compared(before: str | None, after: str | None, patience: Patience | None = None) -> list[Pair]:
    """The paragraphs of two versions, paired; what is null has none."""
    patience = patience or Patience()
    old, new = _paragraphs(before), _paragraphs(after)
    pairs: list[Pair] = []
    for one, other in _aligned(old, new):
        pairs.append(_pair(one, other, patience))
    return pairs


def stretches(pairs: Sequence[Pair]) -> list[tuple[bool, list[Pair]]]:
    """The same pairs, parted into what is to be read and what may be folded: unchanged, and not beside a change.

    One that would be folded alone is not: to say so takes as much room.
    """
    is_near = [any(not pair.is_same for pair in pairs[max(0, at - 1) : at + 2]) for at in range(len(pairs))]
    runs = [
        (not near, [pair for _, pair in run]) for near, run in groupby(zip(is_near, pairs, strict=True), itemgetter(0))
    ]
    return [(is_far and len(run) > 1, run) for is_far, run in runs]


def _paragraphs(text: str | None) -> list[str]:
    return text.split("\n\n") if text else []


def _aligned(old: list[str], new: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Paragraphs that belong together; equal ones, and between them those that are alike."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    yield from zip(old[:start], new[:start], strict=True)
    yield from _aligned_between(old[start : len(old) - end], new[start : len(new) - end])
    yield from zip(old[len(old) - end :], new[len(new) - end :], strict=True)


def _aligned_between(old: list[str], new: list[str]) -> Iterator[tuple[str | None, str | None]]:
    if max(len(old), len(new)) > _MOST_PARAGRAPHS:
        yield from ((one, None) for one in old)
        yield from ((None, other) for other in new)
        return
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, first, last, other_first, other_last in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(old[first:last], new[other_first:other_last], strict=True)
        else:
            yield from _most_alike(old[first:last], new[other_first:other_last])


def _most_alike(old: list[str], new: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Changed paragraphs in their order, so paired that they share most; one that resembles none stands alone."""
    if len(old) == len(new) == 1 or len(old) * len(new) > _MOST_LIKENESSES:
        yield from zip_longest(old, new)
        return
    likeness = [[_likeness(one, other) for other in map(_bag, new)] for one in map(_bag, old)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]  # of what is left from here on
    for row in range(len(old) - 1, -1, -1):
        for column in range(len(new) - 1, -1, -1):
            paired = likeness[row][column] + best[row + 1][column + 1]
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    row = column = 0
    while row < len(old) or column < len(new):
        left = best[row][column] if row < len(old) and column < len(new) else 0.0
        if left and left == likeness[row][column] + best[row + 1][column + 1]:
            yield old[row], new[column]
            row, column = row + 1, column + 1
        elif row < len(old) and (column == len(new) or left == best[row + 1][column]):
            yield old[row], None
            row += 1
        else:
            yield None, new[column]
            column += 1


def _bag(text: str) -> Counter[str]:
    return Counter(text.split())


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """How many of the words of two paragraphs are shared, from 0 to 1; 0 for too few."""
    shared = 2 * (one & other).total() / max(one.total() + other.total(), 1)
    return shared if shared >= _ALIKE else 0.0


def _pair(before: str | None, after: str | None, patience: Patience) -> Pair:
    if before is None or after is None:
        return Pair(_whole("gone", before), _whole("new", after))
    if before == after:
        return Pair(_whole("same", before), _whole("same", after))
    return _by_words(_WORDS.findall(before), _WORDS.findall(after), patience)


def _whole(kind: Kind, text: str | None) -> tuple[Piece, ...]:
    return (Piece(kind, text),) if text is not None else ()


def _by_words(old: list[str], new: list[str], patience: Patience) -> Pair:
    before: list[Piece] = []
    after: list[Piece] = []
    for kind, first, last, other_first, other_last in _steps(old, new, patience):
        is_same = kind == "equal"
        before.append(Piece("same" if is_same else "gone", "".join(old[first:last])))
        after.append(Piece("same" if is_same else "new", "".join(new[other_first:other_last])))
    return Pair(_joined(before), _joined(after))


_Step = tuple[str, int, int, int, int]


def _steps(old: list[str], new: list[str], patience: Patience) -> list[_Step]:
    """How one list of words becomes the other. A space alone between two changes belongs to them."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    one, other = old[start : len(old) - end], new[start : len(new) - end]
    if patience.suffices(one, other):
        found = difflib.SequenceMatcher(a=one, b=other, autojunk=False).get_opcodes()
    else:
        found = [("replace", 0, len(one), 0, len(other))]
    inner = [(kind, a + start, b + start, c + start, d + start) for kind, a, b, c, d in found]
    steps: list[_Step] = [
        ("equal", 0, start, 0, start),
        *inner,
        ("equal", len(old) - end, len(old), len(new) - end, len(new)),
    ]
    return [
        ("replace", *step[1:]) if _is_gap(steps, place) and not "".join(old[step[1] : step[2]]).strip() else step
        for place, step in enumerate(steps)
    ]


def _is_gap(steps: list[_Step], place: int) -> bool:
    """Whether a step stands between two others."""
    return steps[place][0] == "equal" and 1 < place < len(steps) - 2


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same with neighbours of a kind as one, and without empty ones."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many elements two sequences begin with together."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
