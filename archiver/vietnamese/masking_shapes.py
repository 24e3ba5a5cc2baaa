"""What a run of digits can be by its shape alone: how many, in which groups, with what between them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])([.\- ]+)(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d")
_MOMENT = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d")  # as in file names
_YEAR = re.compile(r"(?:19|20)\d\d")
_OLD_MOBILE = re.compile(r"01[2689]\d{8}")  # until 2018
_TWO_DIGIT_CODES = ("04", "08")  # Hà Nội and Hồ Chí Minh City until 2017
_SHORT_GROUP_AFTER = re.compile(r"\(?0\d{2,3}\)?")


@dataclass(frozen=True)
class Run:
    """Some neighbouring groups of digits: the groups, and what stands between them."""

    groups: tuple[str, ...]  # digits 0-9
    between: tuple[str, ...]  # one fewer

    @cached_property
    def digits(self) -> str:
        """All of them."""
        return "".join(self.groups)

    @property
    def is_one_group(self) -> bool:
        """Whether nothing stands between them."""
        return len(self.groups) == 1

    @property
    def is_date(self) -> bool:
        """Whether they are a day: 05.06.2021, 5 - 6 - 2021."""
        parts = (group + after for group, after in zip(self.groups, (*self.between, ""), strict=True))
        return _DATE.fullmatch("".join(parts)) is not None

    @property
    def is_moment(self) -> bool:
        """Whether they are year, month, day, hour and minute in one."""
        return self.is_one_group and _MOMENT.fullmatch(self.digits) is not None

    @property
    def are_years(self) -> bool:
        """Whether each group is a year."""
        return all(_YEAR.fullmatch(group) for group in self.groups)

    @property
    def is_in_thousands(self) -> bool:
        """Whether they are set like a large number: 1.500.000, 1 500 000."""
        first, *others = self.groups
        return bool(others) and len(first) <= 3 and not first.startswith("0") and all(len(each) == 3 for each in others)

    @property
    def is_round(self) -> bool:
        """Whether they end as amounts do."""
        return self.digits.endswith("000") and not self.digits.startswith("0")

    @property
    def is_evenly_parted(self) -> bool:
        """Whether the same stands between all groups; after the first (an area code) something else may."""
        return len({each.replace("\xa0", " ").replace("–", "-") for each in self.between[1:]}) <= 1

    @property
    def is_domestic_phone(self) -> bool:
        """Whether they are a telephone number with its area code, of today or of before 2017."""
        if not self.is_evenly_parted or not self._has_groups_of_a_phone:
            return False
        size, digits = len(self.digits), self.digits
        if size == 10:
            return digits[0] == "0" and digits[1] in "23456789"
        return size == 11 and (bool(_OLD_MOBILE.fullmatch(digits)) or (digits[0] == "0" and digits[1] in "2345678"))

    @property
    def _has_groups_of_a_phone(self) -> bool:
        first, *others = self.groups
        if not others:
            return True
        if len(first) == 2:
            return first in _TWO_DIGIT_CODES and all(len(each) >= 3 for each in others) and not self._ends_in_years
        short = others[1:] if _SHORT_GROUP_AFTER.fullmatch(first) else others
        return len(first) >= 3 and all(len(each) >= 2 for each in short)

    @property
    def _ends_in_years(self) -> bool:
        return all(_YEAR.fullmatch(group) for group in self.groups[1:])

    @property
    def is_parted_citizen(self) -> bool:
        """Whether they are a citizen's number in groups: it begins with a nought, as no amount does."""
        is_long = all(len(each) >= 3 for each in self.groups)
        return len(self.digits) in (9, 12) and self.digits[0] == "0" and is_long and self.is_evenly_parted


def ascii_digits(text: str) -> str:
    """The digits of a text as 0-9, whatever script they are of.

    >>> ascii_digits("０９1")
    '091'
    """
    return text if text.isascii() else "".join(str(unicodedata.digit(char)) for char in text)
