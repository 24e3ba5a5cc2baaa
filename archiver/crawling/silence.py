"""Whether a portal has stopped answering. It may have many broken pages and be well: its home page tells."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.crawling.judging import Verdict
from archiver.store.evidence.frontier import Wanted

_MOST_FAILURES = 12  # answers in a row that are none, after which the home page is asked
_MOST_HOME_TRIES = 8


@dataclass(slots=True)
class Silence:
    """For how long nothing was answered."""

    failures: int = 0  # in a row
    home_tries: int = 0  # how often the home page was asked for since another page was answered

    def heed(self, wanted: Wanted, verdict: Verdict) -> None:
        """Take an answer into account."""
        self.failures = 0 if verdict == "read" else self.failures + 1
        if verdict == "read" and wanted.role != "home":
            self.home_tries = 0

    @property
    def is_for_home_to_break(self) -> bool:
        """Whether the home page is to be asked next."""
        return self.failures == _MOST_FAILURES and self.home_tries < _MOST_HOME_TRIES

    @property
    def is_final(self) -> bool:
        """Whether so many requests went unanswered in a row, and the home page too, that going on makes no sense."""
        return self.failures > _MOST_FAILURES or (
            self.failures == _MOST_FAILURES and self.home_tries >= _MOST_HOME_TRIES
        )
