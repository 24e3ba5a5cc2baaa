"""What is wrong with backups and snapshots: the last one failed, or the last good one is too old."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from archiver.alerting.conditions import Condition, for_how_long, shown
from archiver.alerting.copies import Copy
from archiver.clock import moment

_LOOKED_AT = "What happened: journalctl --unit archiver-{kind}, or its log."
_TIMER = "Does the timer run? (systemctl list-timers 'archiver-*', or the crontab)"
_SHORTEST_MEMORY = timedelta(days=2)
_ENDS = {"failed": "failed", "degraded": "is not whole", None: "was cut short"}


@dataclass(frozen=True, slots=True)
class Copies:
    """What was looked at."""

    now: datetime
    noted: tuple[Copy, ...]
    at_work: Collection[Copy]  # those that are being made at this moment
    first_run_at: str | None  # when the archive began; null where that is not known


def copy_conditions(copies: Copies, limits: Mapping[str, timedelta]) -> Iterator[Condition]:
    """All that is wrong; `limits` say by kind how old the last good one may be."""
    for kind, limit in limits.items():
        noted = [each for each in copies.noted if each.kind == kind]
        yield from _bad(kind, noted, copies, max(limit, _SHORTEST_MEMORY))
        yield from _old(kind, noted, copies, limit)


def _bad(kind: str, noted: list[Copy], copies: Copies, memory: timedelta) -> Iterator[Condition]:
    """The last one in any place. A place in which none was tried for long, as by a slip, counts no more."""
    tried = [each for each in noted if copies.now - moment(each.begun_at) <= memory]
    bad = [each for each in tried if each.outcome != "good" and each not in copies.at_work]
    if not bad:
        return
    yield Condition(
        f"copies/{kind}",
        f"the last {kind} {_ENDS[bad[0].outcome]}",
        (*map(_in_words, bad), _LOOKED_AT.format(kind=kind)),
        (kind, bad[0].place),
        "; ".join(sorted(f"{each.place}: {each.outcome}: {each.said}" for each in bad)),
        well=f"the last {kind} is good",
    )


def _in_words(copy: Copy) -> str:
    why = copy.said or "it ended without a word: it was killed, or the machine went down"
    return f"In {copy.place}, begun at {shown(copy.begun_at)}: {why}."


def _old(kind: str, noted: list[Copy], copies: Copies, limit: timedelta) -> Iterator[Condition]:
    """An archive without any backup is missed one; whether snapshots are wanted, only one that was tried tells."""
    good = max((each for each in noted if each.good_at), key=lambda each: each.good_at or "", default=None)
    tried = min((each.first_at for each in noted), default=copies.first_run_at if kind == "backup" else None)
    since = good.good_at if good else tried
    if since is None or copies.now - moment(since) <= limit:
        return
    last = f"The last good one, in {good.place}, began at {shown(since)}." if good else f"None since {shown(since)}."
    yield Condition(
        f"copies/{kind}-age",
        f"no good {kind} for {for_how_long(copies.now - moment(since))}",
        (last, _TIMER),
        (kind, good.place if good else noted[0].place if noted else "DEST"),
        well=f"there is a good {kind} again",
    )
