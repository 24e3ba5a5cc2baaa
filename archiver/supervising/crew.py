"""Several processes at a time, each crawling one portal, until all errands are done."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

from archiver.clock import Clock
from archiver.crawling.report import Ending
from archiver.supervising.child import Child, Patience
from archiver.supervising.errands import Errand

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_BETWEEN_LOOKS = 0.1  # seconds, at the processes
BETWEEN_QUESTIONS = 30.0  # seconds, for what has become due meanwhile
BEFORE_AGAIN = 900.0  # seconds, from the beginning of what failed or was cut short: it may be due at once, for ever

Told = Callable[[Errand, Ending, str], None]
"""Called with every end of an errand, and with what its process wrote to standard error."""


class Crew:
    """Does errands, at most `jobs` at a time. Ctrl-C, SIGTERM and SIGHUP end all cleanly, a second one at once."""

    def __init__(self, jobs: int, clock: Clock, told: Told, patience: Patience | None = None) -> None:
        self.jobs, self.clock, self.told = jobs, clock, told
        self.patience = patience or Patience()
        self.waiting: deque[Errand] = deque()
        self.running: dict[str, Child] = {}
        self.endings: dict[str, Ending] = {}  # by portal, the worst of each
        self.latest: dict[str, tuple[float, Ending]] = {}  # by portal, when it last began, and how that ended
        self.signals = 0
        self.trouble: Exception | None = None  # with asking what has become due; it is raised at the end
        self.asked_at = clock.monotonic()

    def work(self, errands: Iterable[Errand], more: Callable[[], Iterable[Errand]] = tuple) -> dict[str, Ending]:
        """Do errands; returns how each ended.

        As long as anything is under way, those of `more` are done beside it in places that are free: a long crawl of
        one portal keeps no other waiting, not even one that was itself begun so. What did not come to a good end is
        begun again only after a while.
        """
        self.waiting.extend(errands)
        with self._heeding_signals():
            try:
                while self.waiting or self.running:
                    self._start()
                    self._look()
                    if self.running and not self.signals and self.trouble is None:
                        self._ask_for_more(more)
                    self.clock.sleep(_BETWEEN_LOOKS)
            finally:
                for child in self.running.values():
                    child.end()
        if self.trouble is not None:
            raise self.trouble
        return self.endings

    @property
    def was_interrupted(self) -> bool:
        """Whether somebody ended it."""
        return self.signals > 0

    def _start(self) -> None:
        while self.waiting and len(self.running) < self.jobs and not self.signals:
            errand = self.waiting.popleft()
            try:
                self.running[errand.portal] = Child(errand, self.clock, self.patience)
            except OSError as error:  # no memory, no more processes: that ends none of the others
                failed = Ending("failed", f"its process could not begin: {error}")
                self._end_of(errand, failed, "", self.clock.monotonic())

    def _look(self) -> None:
        """See who has ended."""
        if self.signals:
            self._end_all()
        ended = {portal: ending for portal, child in self.running.items() if (ending := child.look()) is not None}
        for portal, ending in ended.items():
            child = self.running.pop(portal)
            self._end_of(child.errand, ending, child.said(), child.began)
            child.end()

    def _end_of(self, errand: Errand, ending: Ending, said: str, began: float) -> None:
        self.latest[errand.portal] = began, ending
        before = self.endings.get(errand.portal)
        if before is None or severity(ending) > severity(before):
            self.endings[errand.portal] = ending
        self.told(errand, ending, said)

    def _end_all(self) -> None:
        self.waiting.clear()
        for child in self.running.values():
            child.ask_to_end()
            if self.signals > 1:
                child.kill()

    def _ask_for_more(self, more: Callable[[], Iterable[Errand]]) -> None:
        has_place = len(self.running) < self.jobs and not self.waiting
        if not has_place or self.clock.monotonic() - self.asked_at < BETWEEN_QUESTIONS:
            return
        self.asked_at = self.clock.monotonic()
        try:
            self.waiting.extend(each for each in more() if self._may_begin(each))
        except Exception as error:  # noqa: BLE001  raised when those that run have ended: it is no fault of theirs
            self.trouble = error

    def _may_begin(self, errand: Errand) -> bool:
        if errand.portal in self.running:
            return False
        began, ending = self.latest.get(errand.portal, (0.0, None))
        is_well = ending is None or ending.status == "finished"
        return is_well or self.clock.monotonic() - began >= BEFORE_AGAIN

    @contextmanager
    def _heeding_signals(self) -> Iterator[None]:
        handlers = {each: signal.signal(each, self._heed) for each in SIGNALS}
        try:
            yield
        finally:
            for each, handler in handlers.items():
                signal.signal(each, handler)

    def _heed(self, _: int, __: FrameType | None) -> None:
        self.signals += 1


def severity(ending: Ending) -> int:
    """How bad an end is: that another run holds the lock harms nothing, and a check that failed is no failure yet."""
    return {0: 0, 4: 0, 3: 1}.get(ending.exit_status, 2)


def worst(endings: Iterable[Ending]) -> int:
    """The exit status that the worst of some ends calls for."""
    worst_of_all = max(endings, key=severity, default=None)
    return worst_of_all.exit_status if worst_of_all is not None and severity(worst_of_all) else 0
