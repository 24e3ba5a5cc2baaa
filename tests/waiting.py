"""Waiting for what is meant, and holding back what shall not come yet: neither asks how fast the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from subprocess import Popen
from threading import Event
from typing import Any

PATIENCE = 120.0  # seconds after which what is waited for will not come; only a test that fails waits as long


def wait_until(condition: Callable[[], object], process: Popen[Any] | None = None, *, between: float = 0.002) -> None:
    """Look again every few milliseconds, as long as the process that is to bring it about runs."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert process is None or process.poll() is None or condition(), "it ended before that"
        assert time.monotonic() < end, f"it has not come about in {PATIENCE:g} seconds"
        time.sleep(between)


@contextmanager
def toil_within(seconds: float) -> Iterator[None]:
    """Fails if what is done meanwhile takes this process more of the processor's time: others may be busy beside it."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < seconds


class Gate:
    """Stands before a portal: holds answers back, so that a crawl is met where it is to be met, and cannot end before."""

    def __init__(self, portal: Any) -> None:
        self.respond, portal.respond = portal.respond, self
        self.asked = 0
        self.hold_at: int | None = None
        self.held, self.release = Event(), Event()

    def __call__(self, method: str, target: str, headers: Any = None, body: bytes = b"") -> Any:
        self.asked += 1
        answer = self.respond(method, target, headers, body)
        if self.hold_at is not None and self.asked >= self.hold_at:
            self.held.set()
            self.release.wait(PATIENCE)
        return answer

    def hold(self, at: int) -> None:
        """Hold back the answer to the request of that number, and all that are made behind it."""
        self.held.clear()
        self.release.clear()
        self.hold_at = at

    def open(self) -> None:
        """Let all pass, those that were held back too."""
        self.hold_at = None
        self.release.set()


def assert_apart(moments: list[float], pause: float) -> None:
    """Requests as a server saw them, in seconds: all the pauses between them were kept.

    One that arrives late looks as if the next had come early. So a single pause may look shorter, but two requests at
    once stand out; and all of them together are as long as they should be, but for how late the first was.
    """
    gaps = [later - sooner for sooner, later in pairwise(moments)]
    assert gaps
    assert min(gaps) >= pause / 2, gaps
    assert sum(gaps) >= (len(gaps) - 0.5) * pause, gaps


_RESTING = """
import sys, time
from functools import reduce
from importlib import import_module
from itertools import count
from pathlib import Path
from archiver.cli import main

*owners, name = {place!r}.split(".")
owner = reduce(getattr, owners, import_module({module!r}))
does, calls = getattr(owner, name), count(1)

def rests(*what, **how):
    if next(calls) == {call}:
        Path({sign!r}).touch()
        time.sleep({patience})
    return does(*what, **how)

setattr(owner, name, rests)
main()
"""


def resting(module: str, place: str, call: int, sign: Path) -> tuple[str, str]:
    """`archiver` as words behind `python`, resting where a function is called for so many times: `sign` is there then."""
    return "-c", _RESTING.format(module=module, place=place, call=call, sign=str(sign), patience=PATIENCE)
