"""The other end of the portal's process."""

from __future__ import annotations

import json
import subprocess
import sys
from types import TracebackType
from typing import NamedTuple, Self

from bench.children import ROOT


class Asked(NamedTuple):
    """One request as the portal saw it."""

    method: str
    target: str
    status: int


class PortalProcess:
    """Serves a portal of so many stories; ends with its `with` block."""

    def __init__(self, stories: int) -> None:
        self.stories = stories
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.portal_server", str(stories)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.base_url = self._read_line().strip()

    def new_requests(self) -> list[Asked]:
        """What was asked since this was last called."""
        if self.process.stdin is None:
            raise RuntimeError("the portal cannot be spoken to")
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return [Asked(*each) for each in json.loads(self._read_line())]

    def _read_line(self) -> str:
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise RuntimeError("the portal has ended")
        return line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.communicate()  # closes its input
