"""Abbreviations in what was typed, and full words that are abbreviated elsewhere: what else has to be looked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from archiver.vietnamese.abbreviations import ABBREVIATIONS, DOCUMENTS
from archiver.vietnamese.search_forms import exact, folded, words
from archiver.vietnamese.search_typed import Words

Form = Callable[[str], str]  # exact or folded

_SYLLABLE = re.compile(r"([bcdghklmnpqrstvx]|ch|gh|gi|kh|ng|ngh|nh|ph|qu|th|tr)?[aeiouy]{1,3}(c|ch|m|n|ng|nh|p|t)?")


@dataclass(frozen=True, slots=True)
class Expansion:
    """An abbreviation that was typed and what it was taken for too; or full words and their abbreviation."""

    typed: str
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that were typed, and what else they may stand for."""

    words: Words  # as typed
    others: tuple[str, ...] = ()  # full words of an abbreviation, or an abbreviation

    @property
    def expansion(self) -> Expansion | None:
        """What to tell of it; null where nothing else is meant."""
        return Expansion(" ".join(self.words), self.others) if self.others else None


def stretches(typed: Words, form: Form, *, capitals_count: bool = True) -> Iterator[Stretch]:
    """The words that were typed in stretches, each with what it may stand for, longest first.

    `capitals_count` if capitals tell an abbreviation: `TU` is one then, `tu` a word; `ubnd` is one either way.

    >>> [stretch.others for stretch in stretches(("UBND", "thị", "xã", "họp"), exact)]
    [('Ủy ban nhân dân',), ('TX',), ()]
    """
    at = 0
    while at < len(typed):
        stretch = next(filter(None, _known(typed, at, form, capitals_count)), Stretch(typed[at : at + 1]))
        yield stretch
        at += len(stretch.words)


def _known(typed: Words, at: int, form: Form, capitals_count: bool) -> Iterator[Stretch | None]:
    for length in range(min(_longest(), len(typed) - at), 0, -1):
        part = typed[at : at + length]
        yield _abbreviation(part, capitals_count) or _full_words(part, form)


def _abbreviation(typed: Words, capitals_count: bool) -> Stretch | None:
    short = _by_letters().get(_key(typed))
    if short is None or (_reads_as_word(typed) and not (capitals_count and typed[0].isupper())):
        return None
    as_typed = tuple(map(exact, typed)) == tuple(words(exact(short)))
    return Stretch(typed, ABBREVIATIONS[short] if as_typed else (short, *ABBREVIATIONS[short]))


def _full_words(typed: Words, form: Form) -> Stretch | None:
    short = _by_full_words(form).get(tuple(map(form, typed)))
    return Stretch(typed, (short,)) if short else None


def is_abbreviation(word: str) -> bool:
    """Whether a word is an abbreviation, however it is written.

    >>> is_abbreviation("hdnd"), is_abbreviation("họp")
    (True, False)
    """
    return (folded(word),) in _by_letters()


def _reads_as_word(typed: Words) -> bool:
    return len(typed) == 1 and _SYLLABLE.fullmatch(folded(typed[0])) is not None


def _key(typed: Words) -> Words:
    return tuple(map(folded, typed))


@cache
def _by_letters() -> dict[Words, str]:
    return {tuple(words(folded(short))): short for short in ABBREVIATIONS}


@cache
def _by_full_words(form: Form) -> dict[Words, str]:
    """Full words by which their abbreviation is looked for: one that stands for nothing else, and is no word either."""
    alone = [(meanings[0], short) for short, meanings in ABBREVIATIONS.items() if len(meanings) == 1]
    return {
        tuple(words(form(full))): short
        for full, short in reversed(alone)
        if short not in DOCUMENTS and not _reads_as_word((short,))
    }


@cache
def _longest() -> int:
    return max(len(words(text)) for meanings in ABBREVIATIONS.values() for text in meanings)
