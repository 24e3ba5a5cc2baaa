"""One process that crawls one portal: asked to end when its time is over, and ended if it does not listen."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from archiver.clock import Clock
from archiver.crawling.report import Ending, from_values
from archiver.supervising.errands import Errand


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a process is waited for."""

    beyond_deadline: float = 45.0  # seconds: it begins, and waits for the request under way, by itself
    after_asking: float = 45.0  # seconds to end in when it was asked to


class Child:
    """A process in a session of its own: what is meant for the supervisor does not reach it by itself."""

    def __init__(self, errand: Errand, clock: Clock, patience: Patience) -> None:
        self.errand, self.clock, self.patience = errand, clock, patience
        self.began = clock.monotonic()
        self.asked_at: float | None = None
        with ExitStack() as files:
            # Not pipes: nobody has to read along, and whatever is said too much fills no memory.
            self.out, self.err = (files.enter_context(tempfile.TemporaryFile()) for _ in range(2))
            self.process = subprocess.Popen(  # noqa: S603  our own command
                errand.line, stdin=subprocess.DEVNULL, stdout=self.out, stderr=self.err, start_new_session=True
            )
            self.files = files.pop_all()

    def look(self) -> Ending | None:
        """How it ended, if it has; one whose time is over is asked to end, then killed."""
        if self.process.poll() is None:
            now = self.clock.monotonic()
            if self.asked_at is not None and now - self.asked_at > self.patience.after_asking:
                self.kill()
            elif now - self.began > self.errand.seconds + self.patience.beyond_deadline:
                self.ask_to_end()
            return None
        self.kill()  # whatever it started
        return self._ending()

    def ask_to_end(self) -> None:
        """As Ctrl-C does. Once: a second time would mean at once."""
        if self.asked_at is None:
            self.asked_at = self.clock.monotonic()
            self.process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """End it and all that it started, now."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:  # nothing of it is left
            return

    def end(self) -> None:
        """Kill it if it still runs, and let go of what it said."""
        self.kill()
        self.process.wait()
        self.files.close()

    def said(self) -> str:
        """What it wrote to standard error."""
        self.err.seek(0)
        return self.err.read().decode("utf-8", "replace")

    def _ending(self) -> Ending:
        """Its own account; of one that gave none, what is known of it from outside."""
        self.out.seek(0)
        for line in reversed(self.out.read().decode("utf-8", "replace").splitlines()):
            values = _object(line)
            if values.get("portal") == self.errand.portal and {"status", "reason", "checks"} <= values.keys():
                return from_values(values)
        return self._unaccounted()

    def _unaccounted(self) -> Ending:
        if self.asked_at is not None:
            return Ending("failed", "it did not end when its time was over, and was killed")
        if self.process.returncode < 0:
            return Ending("failed", f"it was killed by {signal.Signals(-self.process.returncode).name}")
        lines = self.said().strip().splitlines() or ["it said nothing"]
        return Ending("failed", f"its process ended with {self.process.returncode}: {lines[-1]}")


def _object(line: str) -> dict[str, Any]:
    """The JSON object that stands on a line; an empty one where none does."""
    try:
        values = json.loads(line)
    except ValueError:  # a line for people, or half of one
        return {}
    return values if isinstance(values, dict) else {}
