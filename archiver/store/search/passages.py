"""Which stretch of a text to show of it: the one with most of the words that were found, best next to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archiver.vietnamese.search_forms import folded

MARK_BEGIN, MARK_END = "\x02", "\x03"
"""What stands around found words in titles and snippets: a page escapes the text, then makes marks of them."""

SYLLABLES = 40  # of a passage
_BEFORE = 8  # of them, where the sentence begins farther ahead of what was found
_MOST_PLACES = 400  # that are looked at in one text: who finds a word more often than that has seen it by then
_SYLLABLE = re.compile(r"\S+")
_SENTENCE_ENDS = (".", ":", ";", "!", "?", "…")


class Worth(NamedTuple):
    """How much of what was looked for stands in a passage; the more, the better."""

    words: int  # different ones
    together: int  # the most that follow one another


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text, with marks, and with dots where it was cut."""

    text: str
    worth: Worth


class _Syllable(NamedTuple):
    begin: int
    end: int
    is_within: bool  # whether a mark that began before it still goes on
    goes_on: bool  # whether a mark goes on behind it
    found: str | None  # what was found in it, without marks of any kind


def best_passage(marked: str) -> Passage:
    """The best stretch of a text in which found words are marked; of equals the first.

    >>> best_passage("Bàn về \\x02hào\\x03 và \\x02mỹ\\x03.").worth, best_passage("\\x02Mỹ\\x03 \\x02Hào\\x03").worth
    (Worth(words=2, together=1), Worth(words=2, together=2))
    """
    syllables = list(_syllables(marked))
    places = [place for place, each in enumerate(syllables) if each.found is not None][:_MOST_PLACES] or [0]
    begins = [_begin(marked, syllables, place) for place in places]
    worths = [_worth(syllables[begin : begin + SYLLABLES]) for begin in begins]
    best = worths.index(max(worths))
    return Passage(_cut(marked, syllables, begins[best]), worths[best])


def _syllables(marked: str) -> Iterator[_Syllable]:
    is_within = False
    for match in _SYLLABLE.finditer(marked):
        text = match[0]
        begins, ends = text.rfind(MARK_BEGIN), text.rfind(MARK_END)
        goes_on = is_within if begins == ends else begins > ends
        found = folded(text.strip(".,:;!?…()“”\"'" + MARK_BEGIN + MARK_END)) if is_within or begins >= 0 else None
        yield _Syllable(match.start(), match.end(), is_within, goes_on, found)
        is_within = goes_on


def _begin(marked: str, syllables: Sequence[_Syllable], place: int) -> int:
    """Where to begin to show what stands at a place: with its sentence, if that is near."""
    for before in range(place, max(-1, place - 2 * _BEFORE), -1):
        if before == 0 or marked.endswith(_SENTENCE_ENDS, 0, syllables[before - 1].end):
            return before
    return place - _BEFORE


def _worth(syllables: Sequence[_Syllable]) -> Worth:
    together = longest = 0
    for each in syllables:
        together = together + 1 if each.found is not None else 0
        longest = max(longest, together)
    return Worth(len({each.found for each in syllables if each.found is not None}), longest)


def _cut(marked: str, syllables: Sequence[_Syllable], begin: int) -> str:
    own = syllables[begin : begin + SYLLABLES]
    if not own:
        return ""
    opened = ("…" if begin else "") + (MARK_BEGIN if own[0].is_within else "")
    closed = (MARK_END if own[-1].goes_on else "") + ("…" if begin + SYLLABLES < len(syllables) else "")
    return opened + marked[own[0].begin : own[-1].end] + closed
