"""What came of the last backups and snapshots: a small file beside the archive, from which it is told of them.

Whoever makes a copy notes that it begins and how it ended. One that was begun, has no end, and is not at work was cut
short: it was killed, or the machine went down.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

FILE = "copies.json"
Kind = Literal["backup", "snapshot"]
Outcome = Literal["good", "degraded", "failed"]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Copy:
    """The last copy of a kind in a place."""

    kind: str
    place: str
    first_at: str  # when one was begun there first
    begun_at: str
    ended_at: str | None = None
    outcome: str | None = None
    said: str = ""  # why it is not good
    good_at: str | None = None  # when the last one was begun that holds what it is for


def load_copies(folder: Path) -> tuple[Copy, ...]:
    """What is noted; nothing where that cannot be read, which the next copy notes anew."""
    try:
        return tuple(Copy(**each) for each in json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (ValueError, TypeError) as error:
        logger.warning(
            "%s cannot be read (%s): nothing is known of earlier backups and snapshots", folder / FILE, error
        )
        return ()


def begun(copies: tuple[Copy, ...], kind: Kind, place: str, at: str) -> tuple[Copy, ...]:
    """The same with a copy that begins now."""
    others, before = _parted(copies, kind, place)
    if before is None:
        return (*others, Copy(kind, place, at, at))
    return (*others, Copy(kind, place, before.first_at, at, good_at=before.good_at))


def ended(
    copies: tuple[Copy, ...], kind: Kind, place: str, at: str, outcome: Outcome, said: str = ""
) -> tuple[Copy, ...]:
    """The same with the end of the copy that was begun. One that is degraded holds what it is for: the evidence."""
    others, of_now = _parted(copies, kind, place)
    of_now = of_now or Copy(kind, place, at, at)
    good_at = of_now.good_at if outcome == "failed" else of_now.begun_at
    return (*others, replace(of_now, ended_at=at, outcome=outcome, said=said, good_at=good_at))


def taken_back(copies: tuple[Copy, ...], kind: Kind, place: str, before: tuple[Copy, ...]) -> tuple[Copy, ...]:
    """The same as if no copy had been begun there since."""
    others, _ = _parted(copies, kind, place)
    _, earlier = _parted(before, kind, place)
    return (*others, *([earlier] if earlier else []))


def save_copies(folder: Path, copies: tuple[Copy, ...]) -> None:
    """Keep what is noted, whole or not at all."""
    written = folder / f".{FILE}.new"
    with written.open("w", encoding="utf-8") as file:
        json.dump([asdict(each) for each in copies], file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    written.replace(folder / FILE)


def lock_of(kind: str, place: str) -> str:
    """What is held while a copy is made there."""
    return f"{kind}-{sha256(place.encode(errors='surrogateescape')).hexdigest()[:12]}"


def _parted(copies: tuple[Copy, ...], kind: str, place: str) -> tuple[list[Copy], Copy | None]:
    others = [each for each in copies if (each.kind, each.place) != (kind, place)]
    return others, next((each for each in copies if each not in others), None)


def copy_in_words(copy: Copy) -> str:
    """How the copies of a kind in a place stand, in a line.

    >>> begun_at, good_at = "2025-07-02T01:00:00.000000Z", "2025-07-01T01:00:00.000000Z"
    >>> copy_in_words(Copy("backup", "/mnt", good_at, begun_at, good_at=good_at))
    'backup to /mnt: last good one 2025-07-01T01:00Z; one begun 2025-07-02T01:00Z has no end'
    """
    good = f"last good one {_minute(copy.good_at)}" if copy.good_at else "never a good one"
    if copy.outcome == "good":
        return f"{copy.kind} to {copy.place}: {good}"
    if copy.ended_at is None:
        return f"{copy.kind} to {copy.place}: {good}; one begun {_minute(copy.begun_at)} has no end"
    return f"{copy.kind} to {copy.place}: {good}; {copy.outcome} {_minute(copy.ended_at)}: {copy.said}"


def _minute(stamped: str) -> str:
    return stamped[:16] + "Z"
