"""Whether a run of digits names a person: by its shape, by the words before it, and by what stands right around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archiver.vietnamese.masking_shapes import Run
from archiver.vietnamese.masking_words import Context

Kind = Literal["citizen", "phone", "account"]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands right before and behind a run of digits."""

    is_international: bool  # a + before it
    goes_on_before: bool  # as a number in thousands does
    goes_on_after: bool
    is_glued: bool  # to a letter
    is_in_address: bool  # of a page: numbers there are mostly of pages and pictures
    is_code: bool  # 123456789/QĐ
    is_counted: bool  # đồng, m2 …
    is_of_people: bool  # lượt, người …


def preference(run: Run) -> tuple[bool, int]:
    """One group that is long enough stands for itself; else the longer run."""
    return (not (run.is_one_group and len(run.digits) >= 8), -len(run.digits))


def as_account(run: Run, context: Context, around: Around) -> Kind | None:
    if context.about != "account" or around.is_counted or run.are_years:
        return None
    if around.is_of_people and not context.is_near:
        return None
    if run.is_in_thousands and not context.is_near:
        return None
    return "account" if all(len(each) == 1 for each in run.between) else None


def as_international(run: Run, context: Context, around: Around) -> Kind | None:
    """+84 912 345 678, 0084…, +84 (0) 912…; without a sign only a mobile's."""
    digits = run.digits.removeprefix("00")
    rest = digits.removeprefix("84").removeprefix("0")
    if not digits.startswith("84") or not 8 <= len(rest) <= 10:
        return None
    is_marked = around.is_international or digits != run.digits or context.about == "phone"
    is_mobile = run.is_one_group and len(rest) == 9 and rest[0] in "35789"
    return "phone" if is_marked or is_mobile else None


def as_citizen(run: Run, context: Context, around: Around) -> Kind | None:
    size = len(run.digits)
    if context.about == "citizen":
        is_long = size in (9, 12) or (run.is_one_group and 8 <= size <= 13)
        return "citizen" if is_long and run.is_evenly_parted and not run.is_moment else None
    if run.is_parted_citizen and not run.is_one_group:
        return None if around.goes_on_before or around.goes_on_after else "citizen"
    if not run.is_one_group or size not in (9, 12) or around.is_glued or around.goes_on_before:
        return None
    is_amount = around.is_counted or around.goes_on_after or run.is_round or context.about == "amount"
    is_amount = is_amount or around.is_code or around.is_in_address
    return None if run.is_moment or (is_amount and not run.digits.startswith("0")) else "citizen"


def as_phone(run: Run, context: Context, around: Around) -> Kind | None:
    is_phone = run.is_domestic_phone or (
        context.about == "phone" and run.digits[0] == "0" and len(run.digits) in (10, 11)
    )
    if not is_phone or around.goes_on_before or (context.about == "tax" and run.is_one_group):
        return None
    return "phone" if context.about == "phone" or not around.is_glued else None


def as_local_phone(run: Run, context: Context, around: Around) -> Kind | None:
    """A number without its area code: only behind a word for telephones."""
    if (
        context.about != "phone"
        or around.is_counted
        or around.is_of_people
        or not 7 <= len(run.digits) <= 9
        or run.digits[0] in "01"
    ):
        return None
    if (run.is_in_thousands and not context.is_near) or run.are_years or not run.is_evenly_parted:
        return None
    return "phone" if run.is_one_group or context.is_near else None


RULES = (as_account, as_international, as_citizen, as_phone, as_local_phone)
"""In the order in which they are asked."""
