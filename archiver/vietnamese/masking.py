"""Numbers that name a person: citizen numbers, telephones, bank accounts. Found in a text, and masked digit by digit.

What is masked: citizen numbers of 9 and 12 digits (CMND, CCCD), also in groups; Vietnamese telephone numbers, of
mobiles and land lines, of today and of before 2017, with +84 or 0; the numbers of accounts behind a word that says so.
What is not: years, dates, amounts, areas, numbers of documents, tax codes of firms, service numbers (1900 …, 113), and
a number of another length that no word speaks of. A text keeps its length, so that places in it stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise

from archiver.vietnamese.masking_rules import RULES, Around, Kind, preference
from archiver.vietnamese.masking_shapes import Run, ascii_digits
from archiver.vietnamese.masking_words import Context, Words, counts_people, counts_something

MASK = "•"
_SPACES = r" \u00a0\u2009\u202f"
_CLUSTER = re.compile(rf"\d+(?:[{_SPACES}.\-‐‑–()]{{1,4}}\d+)*")
_CANDIDATE = re.compile(rf"(?:\d[{_SPACES}.\-‐‑–()]{{0,4}}){{6}}")
_GROUP = re.compile(r"\d+")
_DIGIT = re.compile(r"\d")
# In an address %20 is a space, and no figure.
_CLUSTER_IN_ADDRESS = re.compile(r"(?<!%)(?<!%[0-9A-Fa-f])\d+(?:(?:[-_.+]|%20)\d+)*")
_GROUP_IN_ADDRESS = re.compile(r"(?<!%)(?<!%2)\d+")
_DIGIT_IN_ADDRESS = re.compile(r"(?<!%)(?<!%[0-9A-Fa-f])\d")
_MOST_GROUPS = 8
_LONGEST = 24  # digits
_LONGEST_ADDRESS = 200  # characters
_PERSONAL = ("citizen", "phone", "account")
_ABBREVIATIONS = re.compile(r"(?:đt|sđt|dt|sdt|đtdđ|tel|cmnd|cmt|cccd|tk|stk|số|so|fax|zalo)$", re.IGNORECASE)
LONG_ENOUGH = 9  # digits of a number that is known again wherever it stands


@dataclass(frozen=True, slots=True)
class Found:
    """A number that names a person: where it stands, and its digits."""

    start: int
    end: int
    kind: Kind | None  # null where it is only known again
    digits: str
    is_in_address: bool = False


def masked(text: str) -> str:
    """The text with every digit of such a number as •.

    >>> masked("CCCD số 033 085 001 234, ĐT: 0912.345.678, sinh năm 1985")
    'CCCD số ••• ••• ••• •••, ĐT: ••••.•••.•••, sinh năm 1985'
    >>> masked("STK 2409205123456 tại Agribank; ủng hộ 1.500.000 đồng theo Quyết định số 1051/QĐ-UBND ngày 05/6/2021")
    'STK ••••••••••••• tại Agribank; ủng hộ 1.500.000 đồng theo Quyết định số 1051/QĐ-UBND ngày 05/6/2021'
    """
    return masked_with(text)[0]


def masked_with(text: str) -> tuple[str, list[Found]]:
    """The text masked, and what was masked in it. Where numbers stand glued together one look may not be enough."""
    everything: list[Found] = []
    while found := found_in(text):
        text = blotted(text, found)
        everything += found
    return text, everything


def found_in(text: str) -> list[Found]:
    """Every number of a text that names a person, in reading order, at one look.

    >>> [(each.kind, each.digits) for each in found_in("Ông A, CMND 145678912; đt 02213942225")]
    [('citizen', '145678912'), ('phone', '02213942225')]
    """
    if _CANDIDATE.search(text) is None:
        return []
    found: list[Found] = []
    words = Words(text)
    for cluster in _CLUSTER.finditer(text):
        if sum(char.isdigit() for char in cluster[0]) >= 6:
            found += _Cluster(words, cluster, found).numbers()
    return found


def found_again(text: str, known: Collection[str]) -> list[Found]:
    """Numbers that are known from another place to name a person, whatever the words around them.

    >>> blotted(text := "Tổng 0912 345 678", found_again(text, {"0912345678"}))
    'Tổng •••• ••• •••'
    """
    return [each for cluster in _CLUSTER.finditer(text) for each in _known(text, _groups(cluster), known)]


def found_in_address(url: str, known: Collection[str]) -> list[Found]:
    """The same in an address, where the words of a title stand with hyphens.

    >>> url = "https://anthuan.example/tin-sdt-0912-345%20678.aspx"
    >>> blotted(url, found_in_address(url, {"0912345678"}))
    'https://anthuan.example/tin-sdt-••••-•••%20•••.aspx'
    """
    found: list[Found] = []
    for cluster in _CLUSTER_IN_ADDRESS.finditer(url):
        groups = [
            (cluster.start() + each.start(), cluster.start() + each.end())
            for each in _GROUP_IN_ADDRESS.finditer(cluster[0])
        ]
        found += (replace(each, is_in_address=True) for each in _known(url, groups, known))
    return found


def blotted(text: str, found: Collection[Found]) -> str:
    """The text with the digits of what was found as •."""
    if not found:
        return text
    pieces, end = [], 0
    for each in found:
        digit = _DIGIT_IN_ADDRESS if each.is_in_address else _DIGIT
        pieces += [text[end : each.start], digit.sub(MASK, text[each.start : each.end])]
        end = each.end
    return "".join([*pieces, text[end:]])


def _groups(cluster: re.Match[str]) -> list[tuple[int, int]]:
    return [(cluster.start() + each.start(), cluster.start() + each.end()) for each in _GROUP.finditer(cluster[0])]


def _known(text: str, groups: list[tuple[int, int]], known: Collection[str]) -> Iterator[Found]:
    place = 0
    while place < len(groups):
        for last in range(place, min(place + _MOST_GROUPS, len(groups))):
            digits = "".join(ascii_digits(text[start:end]) for start, end in groups[place : last + 1])
            if digits in known:
                yield Found(groups[place][0], groups[last][1], None, digits)
                place = last
                break
        place += 1


class _Cluster:
    """Groups of digits that stand together, and the text that they stand in."""

    def __init__(self, words: Words, cluster: re.Match[str], before: list[Found]) -> None:
        self.words, self.text = words, words.text
        self.spans = _groups(cluster)
        self.groups = [ascii_digits(self.text[start:end]) for start, end in self.spans]
        self.found: list[Found] = []
        self.end_before = before[-1].end if before else -1

    @cached_property
    def context(self) -> Context:
        """What the words before it say; between its groups stand none."""
        return self.words.before(self.spans[0][0])

    def numbers(self) -> list[Found]:
        """What in it names a person, from left to right."""
        place = 0
        while place < len(self.spans):
            taken = self._number_at(place) if self._is_worth_a_look(place) else None
            if taken is None:
                place += 1
                continue
            kind, count = taken
            start, end = self.spans[place][0], self.spans[place + count - 1][1]
            self.found.append(Found(start, end, kind, self._run(place, count).digits))
            place += count
        return self.found

    def _is_worth_a_look(self, place: int) -> bool:
        """Most figures are short, begin with no nought, and have no word before them that speaks of numbers."""
        group = self.groups[place]
        return group[0] == "0" or group.startswith("84") or len(group) >= 8 or self.context.about in _PERSONAL

    def _number_at(self, place: int) -> tuple[Kind, int] | None:
        """What begins with a group, and how many groups it takes."""
        runs = self._runs(place)
        if not runs or any(run.is_date for run in runs) or not self._may_begin(place):
            return None
        looked_at = [(run, self._around(place, run)) for run in sorted(runs, key=preference)]
        for rule in RULES:
            for run, around in looked_at:
                kind = rule(run, self.context, around)
                if kind is not None:
                    return kind, len(run.groups)
        return None

    def _runs(self, place: int) -> list[Run]:
        """What begins with a group and is as long as such numbers are."""
        counts = range(1, min(_MOST_GROUPS, len(self.groups) - place) + 1)
        lengths = accumulate(map(len, self.groups[place : place + _MOST_GROUPS]))
        return [self._run(place, count) for count, size in zip(counts, lengths, strict=True) if 6 <= size <= _LONGEST]

    def _may_begin(self, place: int) -> bool:
        """Not the end of a word, of a decimal fraction, or of a number in thousands."""
        start = self.spans[place][0]
        before = self.text[max(0, start - 6) : start]
        if before[-1:].isalpha() or before.endswith("_"):
            return _ABBREVIATIONS.search(before) is not None
        if before.endswith(",") and before[-2:-1].isdigit():
            return self.end_before == start - 1
        return True

    def _run(self, place: int, count: int) -> Run:
        spans = self.spans[place : place + count]
        between = (self.text[one[1] : other[0]] for one, other in pairwise(spans))
        return Run(tuple(self.groups[place : place + count]), tuple(between))

    def _around(self, place: int, run: Run) -> Around:
        start, end = self.spans[place][0], self.spans[place + len(run.groups) - 1][1]
        was_masked = bool(self.found) and self.found[-1].end >= start - 1
        return Around(
            is_international=self.text[max(0, start - 2) : start].strip("( ").endswith("+"),
            goes_on_before=not was_masked and re.search(r"\d\.$", self.text[max(0, start - 2) : start]) is not None,
            goes_on_after=re.match(r"[.,]\d", self.text[end : end + 2]) is not None,
            is_glued=re.match(r"[A-Za-z_]", self.text[end : end + 1]) is not None,
            is_code=re.match(r"/[^\W\d_]", self.text[end : end + 2]) is not None,
            is_in_address="://" in self.text[max(0, start - _LONGEST_ADDRESS) : start].rpartition(" ")[2],
            is_counted=counts_something(self.text, end),
            is_of_people=counts_people(self.text, end),
        )
