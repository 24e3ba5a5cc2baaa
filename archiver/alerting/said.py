"""What was told, and to whom: a small file beside the archive, which is neither evidence nor read in it.

Whoever is told is called by the digest of the address, which is a secret. A kill between telling and noting has it told
once more, and nothing left untold.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from archiver.alerting.conditions import ARCHIVE, CONFIGURATION, DISK, Condition

FILE = "alerts.json"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """A condition as somebody was told of it."""

    state: str
    level: int
    since: str  # when it was told first
    well: str  # what to say once it is over


@dataclass(slots=True)
class Said:
    """All that was told and is not over, by the digest of the address and the key of the condition."""

    targets: dict[str, dict[str, Told]] = field(default_factory=dict)
    since: dict[str, str] = field(default_factory=dict)  # by portal: since when it is looked after

    def to(self, target: str) -> dict[str, Told]:
        """What one was told."""
        return self.targets.get(target, {})

    @property
    def known(self) -> frozenset[str]:
        """The keys of all that anybody was told of."""
        return frozenset(key for told in self.targets.values() for key in told)


@dataclass(frozen=True, slots=True)
class News:
    """What one is to be told."""

    begun: tuple[Condition, ...] = ()
    changed: tuple[Condition, ...] = ()
    over: tuple[tuple[str, Told], ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.begun or self.changed or self.over)


def news(now: Iterable[Condition], told: dict[str, Told]) -> News:
    """What differs from what was told. While something cannot be looked into, nothing within it is well again."""
    wrong = {each.key: each for each in now}
    begun = tuple(each for key, each in wrong.items() if key not in told)
    changed = tuple(each for key, each in wrong.items() if key in told and _differs(each, told[key]))
    seen = {CONFIGURATION} if CONFIGURATION in wrong else {DISK, ARCHIVE, CONFIGURATION} if ARCHIVE in wrong else told
    over = tuple((key, each) for key, each in told.items() if key in seen and key not in wrong)
    return News(begun, changed, over)


def _differs(condition: Condition, told: Told) -> bool:
    return condition.state != told.state or condition.level > told.level


def noted(told: dict[str, Told], of: News, at: str) -> dict[str, Told]:
    """What somebody knows who was told so."""
    known = {key: each for key, each in told.items() if key not in dict(of.over)}
    for each in (*of.begun, *of.changed):
        since = known[each.key].since if each.key in known else at
        known[each.key] = Told(each.state, each.level, since, each.well)
    return known


def name_of(address: str) -> str:
    """What an address is called where it must not be shown."""
    return sha256(address.encode(errors="surrogateescape")).hexdigest()[:12]


def load(folder: Path) -> Said:
    """What was told; nothing, where that cannot be read: better told twice than not."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        targets = {name: {key: Told(**each) for key, each in told.items()} for name, told in kept["targets"].items()}
        return Said(targets, {str(key): str(at) for key, at in kept["since"].items()})
    except FileNotFoundError:
        return Said()
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        logger.warning("%s cannot be read (%s): all that is wrong is told anew", folder / FILE, error)
        return Said()


def save(folder: Path, said: Said) -> None:
    """Keep what was told, whole or not at all. Where the disk refuses, it is logged: nobody goes untold for it."""
    try:
        _save(folder, said)
    except OSError as error:
        logger.error("what was told cannot be noted, and is told again at the next look: %s", error)  # noqa: TRY400


def _save(folder: Path, said: Said) -> None:
    written = folder / f".{FILE}.new"
    with written.open("w", encoding="utf-8") as file:
        json.dump(asdict(said), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    written.replace(folder / FILE)
