"""How a run ended, in numbers and in words."""

from __future__ import annotations

import platform
import resource
import sqlite3
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Literal

from archiver import __version__
from archiver.store.runs.health import RunCheck

EndStatus = Literal["finished", "degraded", "failed", "interrupted", "limited", "locked"]

_TOLD_APART = ("status", "reason", "exit_status", "checks")

EXIT_STATUSES: dict[EndStatus, int] = {
    "finished": 0,
    "limited": 0,
    "failed": 1,
    "interrupted": 1,
    "degraded": 3,
    "locked": 4,
}
_WORST_FIRST = (1, 4, 3, 0)
"""What failed hides behind nothing; what was not begun (locked) is worse than what was done and is degraded."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended, why, and what it did."""

    status: EndStatus
    reason: str
    summary: tuple[tuple[str, int], ...] = ()
    checks: tuple[RunCheck, ...] = ()

    @property
    def exit_status(self) -> int:
        """What the process says to whoever started it. A limited run stays one that goes on, though a check failed."""
        if self.status == "limited" and not all(check.passed for check in self.checks):
            return EXIT_STATUSES["degraded"]
        return EXIT_STATUSES[self.status]


def worst_exit_status(endings: Iterable[Ending]) -> int:
    """What the process says of several crawls that were asked for by name: the worst of 1, 4, 3 and 0, in this order.

    >>> ends = (("degraded", "failed"), ("locked", "degraded"))
    >>> [worst_exit_status(Ending(status, "") for status in each) for each in ends]
    [1, 4]
    """
    return min((each.exit_status for each in endings), key=_WORST_FIRST.index, default=0)


def versions() -> dict[str, str]:
    """What this run is made with: what a reading may depend on."""
    packages = ("scrapy", "twisted", "lxml", "beautifulsoup4", "sqlite-utils", "zstandard")
    return {
        "archiver": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in packages},
    }


def peak_memory_mb() -> float:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


def as_values(ending: Ending) -> dict[str, object]:
    """The end of a run for other programs."""
    return {
        "status": ending.status,
        "reason": ending.reason,
        "exit_status": ending.exit_status,
        **{name.replace(" ", "_"): value for name, value in ending.summary},
        "checks": [check.as_json() for check in ending.checks],
    }


def from_values(values: dict[str, Any]) -> Ending:
    """The end of a run as `as_values` told it."""
    told = {name: value for name, value in values.items() if name not in ("portal", *_TOLD_APART)}
    checks = tuple(RunCheck(each["name"], each["value"], each["floor"]) for each in values["checks"])
    summary = tuple((name.replace("_", " "), value) for name, value in told.items())
    return Ending(values["status"], values["reason"], summary, checks)


def as_table(ending: Ending, portal: str) -> str:
    """The end of a run as a short table for people."""
    width = max((len(name) for name, _ in ending.summary), default=0)
    lines = [f"{portal}: {ending.status} - {ending.reason}"]
    lines += [f"  {name:<{width}}  {value:>7,}" for name, value in ending.summary]
    if ending.checks:
        passed = sum(check.passed for check in ending.checks)
        lines.append(f"  {'checks passed':<{width}}  {passed:>7} of {len(ending.checks)}")
    lines += [
        f"  FAILED: {check.name}: {check.value:g}, at least {check.floor:g}"
        for check in ending.checks
        if not check.passed
    ]
    return "\n".join(lines)
