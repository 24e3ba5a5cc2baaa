"""What a process of ours costs: processor time and peak memory, as the kernel counts them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {"ARCHIVER_CONTACT": "bench@localhost"}  # or the crawl would look up this machine's name
BETWEEN_LOOKS = 0.25  # seconds


@dataclass(frozen=True, slots=True)
class Spent:
    """One process, from its start to its end."""

    seconds: float  # of a processor, user and system
    peak_mb: float
    elapsed: float  # seconds on the wall
    said: str


def spend(command: Sequence[str], meanwhile: Callable[[], None] = lambda: None) -> Spent:
    """Run a command to its end, doing something now and then meanwhile; raises RuntimeError if it fails."""
    started = monotonic()
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | ENVIRONMENT, stdout=subprocess.PIPE, text=True) as child:
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            meanwhile()
            sleep(BETWEEN_LOOKS)
        child.returncode = os.waitstatus_to_exitcode(status)
        said = child.stdout.read() if child.stdout else ""
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}: {said}")
    peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Spent(usage.ru_utime + usage.ru_stime, peak, monotonic() - started, said)
