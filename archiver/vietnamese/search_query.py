"""What somebody typed into a search box, as an expression for the full-text index; nothing that is typed is an error.

Words are all to be found, in any order. Quotes make a phrase, a star behind a word (or phrase) takes any way in which
it goes on, a minus before it excludes. What stands together without a space (1051/QĐ-UBND) is a phrase too. If no mark
is typed, every spelling is meant, and y for i and i for y where it is the whole rime; if any is, only these marks are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby, islice, product

from archiver.vietnamese.search_forms import beginnings, exact, folded, spellings, words
from archiver.vietnamese.search_typed import Note, Piece, Words, pieces_of
from archiver.vietnamese.search_widening import Expansion, Form, Stretch, is_abbreviation, stretches

NOTHING = '""'  # an expression that finds nothing
_MOST_SPELLINGS = 24  # of one phrase: each word may have two, each abbreviation several


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side, in one of the two forms; the last may go on if `is_begin`."""

    words: Words
    is_begin: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """What has to be found, or must not be: any one of the alternatives, and all phrases of that one."""

    alternatives: tuple[tuple[Phrase, ...], ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, and what it was understood to mean."""

    typed: str
    is_marked: bool  # whether a mark was typed in what is wanted: then only these marks are meant
    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]
    expansions: tuple[Expansion, ...]
    notes: tuple[Note, ...]


def read_query(typed: str, *, marks: bool = True, abbreviations: bool = True) -> Query:
    """What was typed, understood. Without `marks`: as if none had been typed in what is wanted.

    >>> query = read_query("UBND -covid")
    >>> query.is_marked, query.expansions
    (False, (Expansion(typed='UBND', means=('Ủy ban nhân dân',)),))
    >>> read_query("-covid").notes
    ('nothing but exclusions',)
    """
    pieces, notes = pieces_of(typed)
    wanted, unwanted = ([piece for piece in pieces if piece.is_unwanted == is_so] for is_so in (False, True))
    is_marked = any(piece.is_marked for piece in wanted)
    reader = _Reader(is_marked and marks, abbreviations, is_marked or not _is_shouted(wanted))
    terms = tuple(dict.fromkeys(reader.terms(wanted)))
    if unwanted and not terms:
        notes.append("nothing but exclusions")
    return Query(
        typed,
        is_marked,
        terms,
        tuple(_Reader(is_marked or piece.is_marked, False).phrase(piece) for piece in unwanted),
        tuple(dict.fromkeys(reader.expansions)),
        tuple(notes),
    )


def match_expression(query: Query, exact_columns: str, folded_columns: str) -> str:
    """The query in the language of FTS5, for an index that holds the two forms in columns of their own.

    >>> match_expression(read_query("mỹ hào"), "title body", "title_folded body_folded")
    '{title body} : ("mỹ" AND "hào")'
    >>> match_expression(read_query("my hao"), "title body", "title_folded body_folded")
    '{title_folded body_folded} : (("my" OR "mi") AND "hao")'
    >>> match_expression(read_query('"bộ đội" -chu*'), "e", "f")
    '{e} : ("bộ đội") NOT {e} : ("chu" *)'
    >>> match_expression(read_query(") OR ("), "e", "f"), match_expression(read_query("*"), "e", "f")
    ('{f} : ("or")', '""')
    """
    if not query.wanted:
        return NOTHING
    columns = {True: exact_columns, False: folded_columns}
    parts = [f"{{{columns[query.wanted[0].is_exact]}}} : ({' AND '.join(map(_as_text, query.wanted))})"]
    parts += [f"{{{columns[term.is_exact]}}} : ({_as_text(term)})" for term in query.unwanted]
    return " NOT ".join(parts)


def _as_text(term: Term) -> str:
    each = [" AND ".join(map(_phrase_as_text, phrases)) for phrases in term.alternatives]
    return each[0] if len(each) == 1 else f"({' OR '.join(f'({one})' if ' AND ' in one else one for one in each)})"


def _phrase_as_text(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"' + (" *" if phrase.is_begin else "")


def _is_shouted(pieces: Iterable[Piece]) -> bool:
    """Whether all is in capitals, so that they do not tell an abbreviation from a word."""
    lettered = [word for piece in pieces for word in piece.words if not word.isdigit()]
    return all(word.isupper() for word in lettered) and not all(map(is_abbreviation, lettered))


@dataclass(slots=True)
class _Reader:
    """Makes terms of pieces, in one of the two forms, and notes which abbreviations widened them."""

    is_exact: bool
    widens: bool
    capitals_count: bool = True
    expansions: list[Expansion] = field(default_factory=list)

    @property
    def form(self) -> Form:
        return exact if self.is_exact else folded

    def terms(self, pieces: Iterable[Piece]) -> Iterator[Term]:
        """Plain words next to one another may be the full words of an abbreviation; all else stands for itself."""
        for is_plain, group in groupby(pieces, key=lambda piece: piece.is_plain):
            if is_plain:
                run = tuple(chain.from_iterable(piece.words for piece in group))
                yield from (self._words(stretch) for stretch in self._stretches(run))
            else:
                yield from map(self.phrase, group)

    def phrase(self, piece: Piece) -> Term:
        """Words side by side, in any spelling, with every abbreviation as it is and in full."""
        if piece.is_begin:
            *first, last = map(self.form, piece.words)
            lasts = beginnings(last) if self.is_exact else (last,)
            return self._term((Phrase((*first, each), is_begin=True),) for each in lasts)
        parts = list(self._stretches(piece.words))
        if not piece.is_quoted and len(parts) > 1:  # the number of a document: 1051/QĐ-UBND
            parts = [Stretch(piece.words)]
        self.expansions += filter(None, (part.expansion for part in parts))
        choices = [list(chain(self._spelled(part.words), *map(self._full, part.others))) for part in parts]
        return self._term((Phrase(tuple(chain.from_iterable(each))),) for each in product(*choices))

    def _words(self, stretch: Stretch) -> Term:
        """Words anywhere; what they stand for too is a phrase."""
        if stretch.expansion:
            self.expansions.append(stretch.expansion)
        typed = (tuple(Phrase((word,)) for word in each) for each in self._spelled(stretch.words))
        others = ((Phrase(each),) for other in stretch.others for each in self._full(other))
        return self._term(chain(typed, others))

    def _stretches(self, typed: Words) -> Iterator[Stretch]:
        if self.widens:
            return stretches(typed, self.form, capitals_count=self.capitals_count)
        return (Stretch((word,)) for word in typed)

    def _full(self, text: str) -> Iterator[Words]:
        return self._spelled(tuple(words(text)))

    def _spelled(self, typed: Words) -> Iterator[Words]:
        """The spellings of words, the typed one first."""
        each = ((exact(word),) if self.is_exact else spellings(folded(word)) for word in typed)
        return islice(product(*each), _MOST_SPELLINGS)

    def _term(self, alternatives: Iterable[tuple[Phrase, ...]]) -> Term:
        few = dict.fromkeys(islice(alternatives, 2 * _MOST_SPELLINGS))
        return Term(tuple(few)[:_MOST_SPELLINGS], self.is_exact)
