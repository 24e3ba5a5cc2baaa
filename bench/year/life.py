"""What befalls a portal in a year: decided before it begins, by a seed, and by nothing that an archive does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from archiver.demo import Story, compose
from archiver.demo.sections import SECTIONS
from archiver.vietnamese.dates import INDOCHINA_TIME

FIRST_DAY = date(2027, 7, 1)  # a year with a leap day in it
TET = (date(2028, 1, 24), date(2028, 2, 1))  # nothing is published; the new year is 26 January 2028
_FIRST_NUMBER = 5000  # of stories that are not there at the beginning


@dataclass(frozen=True, slots=True)
class Publish:
    """A story comes up."""

    story: Story


@dataclass(frozen=True, slots=True)
class Edit:
    """A story that is up is changed without a word, or for some hours only. `pick` chooses it, 0 for the newest."""

    pick: float
    kind: int
    lasts: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """A story goes, for ever or for some days."""

    pick: float
    returns_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """The portal answers otherwise from now on: "503", "captcha", "slow", "closed", "silent"; null as it should."""

    kind: str | None


@dataclass(frozen=True, slots=True)
class Redesign:
    """All pages get another dress, with a block that was not there."""


@dataclass(frozen=True, slots=True)
class ChangeOfAddress:
    """All pages stand at other addresses; the old ones lead there."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that happens at a moment."""

    at: datetime
    what: Publish | Edit | Remove | Trouble | Redesign | ChangeOfAddress


@dataclass(frozen=True, slots=True)
class Calendar:
    """On which days of a life, counted from its first, what happens to the portal as a whole."""

    days: int
    unanswered: tuple[int, int]  # first day, days: 503
    captcha: tuple[int, int]
    slow: tuple[int, int]
    redesign: int
    move: int | None
    closed: int | None  # a page says so, for a week; then nothing answers


A_YEAR = Calendar(
    days=366, unanswered=(137, 7), captcha=(172, 3), slow=(228, 2), redesign=100, move=253, closed=337
)  # fmt: skip
A_WEEK = Calendar(days=9, unanswered=(3, 1), captcha=(5, 1), slow=(6, 1), redesign=2, move=None, closed=None)
A_MONTH = Calendar(days=30, unanswered=(12, 3), captcha=(17, 1), slow=(20, 1), redesign=8, move=None, closed=None)


def life(seed: int, calendar: Calendar) -> list[Deed]:
    """All deeds, in the order of their times."""
    dice = Random(f"{seed} life")
    deeds = [*_publications(dice, calendar), *_edits(dice, calendar), *_removals(dice, calendar), *_whole(calendar)]
    return sorted(deeds, key=lambda deed: deed.at)


def moment_of(day: int, hour: float = 0) -> datetime:
    """A moment of a day of the life, in the portal's time."""
    return datetime.combine(FIRST_DAY, time(), INDOCHINA_TIME) + timedelta(days=day, hours=hour)


def _publications(dice: Random, calendar: Calendar) -> Iterator[Deed]:
    number = _FIRST_NUMBER
    for day in range(calendar.days):
        for minute in sorted(dice.sample(range(7 * 60, 17 * 60), _how_many(dice, day))):
            at = moment_of(day) + timedelta(minutes=minute)
            yield Deed(at, Publish(compose(number, dice.choice(SECTIONS).key, at)))
            number += 1


def _how_many(dice: Random, day: int) -> int:
    """Stories of a day: few on weekends, none at Tết, many now and then, one at least on 29 February."""
    today = FIRST_DAY + timedelta(days=day)
    if TET[0] <= today <= TET[1]:
        return 0
    if (today.month, today.day) == (2, 29):
        return 2
    if dice.random() < 0.01:
        return 12
    return int(dice.random() < 0.1) if today.weekday() >= 5 else dice.choice((0, 0, 1, 1, 1, 2, 3))


def _edits(dice: Random, calendar: Calendar) -> Iterator[Deed]:
    """Every third day one that stays, mostly of what is new; now and then one for some hours."""
    for day in range(1, calendar.days):
        if dice.random() < 0.35:
            pick = dice.random() ** 3
            yield Deed(moment_of(day, dice.uniform(7, 17)), Edit(pick, dice.randrange(4)))
        if dice.random() < 0.05:
            hours = timedelta(hours=dice.uniform(1, 5))
            yield Deed(moment_of(day, dice.uniform(7, 17)), Edit(dice.random() ** 3, dice.randrange(4), hours))


def _removals(dice: Random, calendar: Calendar) -> Iterator[Deed]:
    for day in range(2, calendar.days):
        if dice.random() < 0.05:
            back = timedelta(days=dice.uniform(5, 40)) if dice.random() < 0.4 else None
            yield Deed(moment_of(day, dice.uniform(7, 17)), Remove(dice.random(), back))


def _whole(calendar: Calendar) -> Iterator[Deed]:
    for kind, (first, days) in (
        ("503", calendar.unanswered),
        ("captcha", calendar.captcha),
        ("slow", calendar.slow),
    ):
        yield Deed(moment_of(first), Trouble(kind))
        yield Deed(moment_of(first + days), Trouble(None))
    yield Deed(moment_of(calendar.redesign, 3), Redesign())
    if calendar.move is not None:
        yield Deed(moment_of(calendar.move, 3), ChangeOfAddress())
    if calendar.closed is not None:
        yield Deed(moment_of(calendar.closed), Trouble("closed"))
        yield Deed(moment_of(calendar.closed + 7), Trouble("silent"))
