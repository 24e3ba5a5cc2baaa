"""How far one run may go: its time, memory and requests. One that meets a limit ends cleanly, and the next goes on."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import Literal

from archiver.crawling.report import Ending, peak_memory_mb

Limit = Literal["deadline", "memory", "page budget"]
_STATM = Path("/proc/self/statm")
_HARD_FACTOR, _HARD_EXTRA_MB = 2, 512
_MB = 1024 * 1024


def met(limit: Limit, words: str) -> Ending:
    """The end of a run that met a limit; its reason begins with the limit's name."""
    return Ending("limited", f"{limit}: {words}; the next crawl goes on from here")


def is_met(ending: Ending, limit: Limit) -> bool:
    """Whether a run ended because of a limit.

    >>> is_met(met("deadline", "it ran for 60 s"), "deadline")
    True
    """
    return ending.status == "limited" and ending.reason.startswith(limit)


def memory_in_use_mb() -> float:
    """The memory that this process holds now; where the system does not tell, the most that it has held."""
    try:
        pages = int(_STATM.read_text(encoding="ascii").split()[1])
    except FileNotFoundError:
        return peak_memory_mb()
    return pages * resource.getpagesize() / _MB


def fence_in(memory_mb: int) -> None:
    """Let the kernel refuse this process, and those that it starts, far more memory than a run ends at.

    A run asks itself before every request, and ends cleanly long before; a single page may still run wild.
    """
    fence = (_HARD_FACTOR * memory_mb + _HARD_EXTRA_MB) * _MB
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (fence if most == resource.RLIM_INFINITY else min(fence, most), most))
