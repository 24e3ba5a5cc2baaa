"""Which run an event belongs to: whatever is begun for it, and by what that begins, knows its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class RunName:
    """A portal, and the key of its run in `crawls` as soon as that is written down."""

    portal: str
    crawl_key: str | None = None


_current: ContextVar[RunName | None] = ContextVar("run", default=None)


@contextmanager
def in_run_of(portal: str) -> Iterator[RunName]:
    """What begins within this belongs to a run of a portal."""
    run = RunName(portal)
    token = _current.set(run)
    try:
        yield run
    finally:
        _current.reset(token)


def belong_to_run_of(portal: str) -> None:
    """All that begins from here on belongs to a run of a portal: for a program that crawls that one and ends."""
    _current.set(RunName(portal))


def current_run() -> RunName | None:
    """The run that is at work here; null outside of any."""
    return _current.get()


def named(crawl_key: str) -> None:
    """The run at work has its key now; outside of any there is nobody to tell."""
    run = _current.get()
    if run is not None:
        run.crawl_key = crawl_key
