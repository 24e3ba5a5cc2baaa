"""How far a long piece of work is: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
from typing import Any

import click
from tqdm import tqdm

from archiver.clock import Clock

_BETWEEN_LINES = 10.0  # seconds


class Progress:
    """Shows one piece of work on standard error. Silent if it is told to be."""

    def __init__(self, name: str, unit: str, clock: Clock, *, silent: bool = False) -> None:
        self.name, self.unit, self.clock, self.silent = name, unit, clock, silent
        self.bar: tqdm[Any] | None = None
        self.last_line = clock.monotonic()

    def show(self, done: int, total: int, words: str = "") -> None:
        """So much is done, of so much that is known of."""
        if self.silent:
            return
        if sys.stderr.isatty():
            self._draw(done, total, words)
        elif self.clock.monotonic() - self.last_line >= _BETWEEN_LINES:
            self.last_line = self.clock.monotonic()
            click.echo(f"{self.name}: {done:,} of {total:,} {self.unit}{', ' if words else ''}{words}", err=True)

    def end(self) -> None:
        """Leave the line to whoever writes next; if there is more to show after that, it is shown on a new one."""
        if self.bar is not None:
            self.bar.close()
            self.bar = None

    def _draw(self, done: int, total: int, words: str) -> None:
        if self.bar is None:
            self.bar = tqdm(unit=f" {self.unit}", desc=self.name, dynamic_ncols=True, leave=False)
        self.bar.total = total
        self.bar.set_postfix_str(words, refresh=False)
        self.bar.update(done - self.bar.n)


class Stages:
    """Shows a piece of work that has several stages, each with its own count. Silent if it is told to be."""

    def __init__(self, clock: Clock, *, silent: bool = False) -> None:
        self.clock, self.silent = clock, silent
        self.doing: str | None = None
        self.progress: Progress | None = None

    def show(self, doing: str, unit: str, done: int, total: int) -> None:
        """How far a stage has come; another stage begins a new count."""
        if doing != self.doing or self.progress is None:
            self.end()
            self.doing, self.progress = doing, Progress(doing, unit, self.clock, silent=self.silent)
        self.progress.show(done, total)

    def end(self) -> None:
        """Whatever is said next stands on a line of its own."""
        if self.progress is not None:
            self.progress.end()
