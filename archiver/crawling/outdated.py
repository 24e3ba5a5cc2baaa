"""What goes before every crawl, whoever started it: an archive of another reader is read again first."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from archiver.store.rebuild.reading_changes import change_in_words
from archiver.store.rebuild.rereading import Listener, bring_up_to_date, tally_in_words

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class ReadingAgainFirst:
    """One for all crawls of a process: an interrupt of what goes before is meant for all of them."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.was_interrupted = False

    def __call__(self, folder: Path, at: str) -> None:
        """Bring a folder's archive up to date; `at` is the present. To be called before a portal's lock is taken.

        Raises KeyboardInterrupt for any signal that would end the crawl, and LockedError while a portal is crawled.
        """
        if self.was_interrupted:
            raise KeyboardInterrupt
        try:
            with _ended_by_signals():
                bring_up_to_date(folder, at, self.listener)
        except KeyboardInterrupt:
            self.was_interrupted = True
            raise


def told_in_log(logger: logging.LoggerAdapter[logging.Logger]) -> Listener:
    """For a crawl by Scrapy's own command: what reading again comes to stands in its log."""
    return Listener(
        outdated=lambda: logger.warning("Another reader made the archive, or it lacks a decision: all is read again."),
        read=lambda portal, tally: logger.warning("%s", tally_in_words(portal, tally)),
        changed=lambda change: logger.warning("%s", change_in_words(change)),
    )


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Scrapy ends a crawl between two answers; this is one long piece of work, and ends wherever it is."""
    handlers = {each: signal.signal(each, _interrupt) for each in SIGNALS}
    try:
        yield
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
