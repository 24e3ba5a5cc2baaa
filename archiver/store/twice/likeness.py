"""When two articles are the same news: what is compared, and from where on it counts.

Any two versions of the two articles count, not the latest alone: what a town corrected later may be what the province
took over. The kinds:

* `exact`: the same syllables in the same order, whatever the case, the marks and the signs between them
* `near`: half of all shingles (three syllables each) or more stand in both texts, and so do nine in ten of the numbers
  of the text that has fewer. In notices written on a template (power cuts, receptions, weather) it is the numbers that
  change; without that rule two thirds of what is found in the labelled texts of the tests are such notices
* `title_and_day`: the same title, of eight syllables or more, on the same day, where the texts are too short to be
  compared, or have numbers and one shingle in ten in common

Texts of fewer than 60 syllables are not compared: "see the attached file" is no news. A notice that two places filled
in with other names and the same numbers is `near`: that they are two is for a person to see. The figures that these
bounds were chosen by are in tests/store/twice/test_likeness.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from archiver.store.twice.texts import Text

Kind = Literal["exact", "near", "title_and_day"]

FEWEST_SYLLABLES = 60
NEAR = 0.5  # of all shingles
_LIKE = 0.1
_NUMBERS_THAT_MAY_DIFFER = 0.1  # of those of the text that has fewer
FEWEST_IN_TITLE = 8  # syllables


@dataclass(frozen=True, slots=True)
class Version:
    """A text, and the revision that showed it first."""

    number: int
    text: Text


@dataclass(frozen=True, slots=True)
class Told:
    """What of an article is compared."""

    article_key: str
    title: str  # its syllables
    day: date | None
    latest: int  # the number of its latest revision
    versions: tuple[Version, ...]  # with different texts of enough syllables, by number

    @property
    def title_and_day(self) -> str | None:
        """What it is known by where its text is too short; null for a title that many have."""
        return f"{self.day} {self.title}" if self.day and self.title.count(" ") + 1 >= FEWEST_IN_TITLE else None


@dataclass(frozen=True, slots=True)
class Likeness:
    """In what two articles are the same news."""

    kind: Kind
    similarity: float | None  # shared shingles of all; null where a text is too short
    revision: int  # of the one, and of the other, that show it
    other_revision: int

    @property
    def from_the_other(self) -> Likeness:
        """The same with the other article as the one."""
        return replace(self, revision=self.other_revision, other_revision=self.revision)


def likeness(one: Told, other: Told) -> Likeness | None:
    """In what two articles are the same news; null if they are not. Of several versions, those most alike."""
    alike = max(
        (found for a in one.versions for b in other.versions if (found := _of_texts(a, b))), key=_order, default=None
    )
    if alike is not None and alike.kind != "title_and_day":
        return alike
    if one.title_and_day is None or one.title_and_day != other.title_and_day:
        return None
    if one.versions and other.versions:
        return alike
    return Likeness("title_and_day", None, one.latest, other.latest)


def _order(each: Likeness) -> tuple[bool, float, int, int]:
    return each.kind == "exact", each.similarity or 0.0, -each.revision, -each.other_revision


def _of_texts(one: Version, other: Version) -> Likeness | None:
    """Of two texts alone; `title_and_day` stands for texts that are the same news if titles and days say so."""
    if one.text.digest == other.text.digest:
        return Likeness("exact", 1.0, one.number, other.number)
    shared = len(one.text.shingles & other.text.shingles)
    similarity = shared / (len(one.text.shingles) + len(other.text.shingles) - shared)
    if similarity < _LIKE or not _have_the_numbers(one.text, other.text):
        return None
    kind: Kind = "near" if similarity >= NEAR else "title_and_day"
    return Likeness(kind, round(similarity, 4), one.number, other.number)


def _have_the_numbers(one: Text, other: Text) -> bool:
    """Whether the numbers of the text that has fewer stand in the other too, but for one in ten.

    >>> from archiver.store.twice.texts import text_of
    >>> _have_the_numbers(text_of(None, "ngày 12/3, 40 hộ"), text_of(None, "ngày 13/3, 40 hộ"))
    False
    >>> _have_the_numbers(text_of(None, "ngày 12/3, 40 hộ"), text_of(None, "40 hộ, 3 thôn, ngày 12 tháng 3"))
    True
    """
    fewer, more = sorted((one.numbers, other.numbers), key=len)
    return len(fewer - more) <= _NUMBERS_THAT_MAY_DIFFER * len(fewer)
