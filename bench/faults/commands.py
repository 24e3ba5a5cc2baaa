"""The real command in a process of its own, to be watched, killed, or let go on to its end."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

from bench.children import ENVIRONMENT, ROOT
from bench.faults.program import World

PATIENCE = 120.0  # seconds, for whatever takes a few


@dataclass(frozen=True, slots=True)
class Ran:
    """One process, from its start to its end."""

    status: int  # negative: the signal that ended it
    said: str  # on both standard output and standard error
    seconds: float

    @property
    def was_killed(self) -> bool:
        """Whether the kill met it alive."""
        return self.status < 0

    @property
    def is_plain(self) -> bool:
        """Whether it says in plain words that it failed, as a person can bear to read."""
        return self.status == 1 and bool(self.said.strip()) and "Traceback" not in self.said


@dataclass(frozen=True, slots=True)
class Command:
    """`archiver` with some arguments, in some world."""

    arguments: Sequence[str]
    world: World = field(default_factory=dict)
    largest_file: int | None = None  # bytes, beyond which no file of the process grows

    def start(self) -> Running:
        """Begin, and go on."""
        line = [sys.executable, "-m", "bench.faults.program", json.dumps(self.world), *self.arguments]
        process = subprocess.Popen(
            line,
            cwd=ROOT,
            env=os.environ | ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=self._limit if self.largest_file is not None else None,
        )
        return Running(process, monotonic())

    def run(self) -> Ran:
        """Begin, and wait for the end."""
        return self.start().end()

    def _limit(self) -> None:
        """Python ignores the signal that would end it: a write beyond the limit fails."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.largest_file or 0, resource.RLIM_INFINITY))


@dataclass(frozen=True, slots=True)
class Running:
    """A process that has begun."""

    process: subprocess.Popen[str]
    started: float

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def end(self) -> Ran:
        """Wait for its end."""
        try:
            said, _ = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            said, _ = self.process.communicate()
            said += f"\nkilled after {PATIENCE:.0f} seconds, in which it did not end"
        return Ran(self.process.returncode, said, monotonic() - self.started)

    def kill_at(self, seconds: float) -> Ran:
        """SIGKILL so long after its start, unless it has ended by then."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, self.started + seconds - monotonic()))
        return self.kill()

    def kill(self) -> Ran:
        """SIGKILL now."""
        self.process.kill()
        return self.end()
