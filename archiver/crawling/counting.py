"""What one run did, counted answer by answer."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.crawling.judging import Verdict
from archiver.store.evidence.captures import Answer
from archiver.store.evidence.frontier import Wanted
from archiver.store.evidence.statuses import MISSING, SHOWING

MOST_FILE_BYTES = 1024**3  # of all files that one run fetches


@dataclass(slots=True)
class Counts:
    """What one run did."""

    requests: int = 0
    answered: int = 0
    failed: int = 0
    missing: int = 0
    files: int = 0
    file_bytes: int = 0
    pages_read: int = 0
    home_answered: int = 0

    def count(self, wanted: Wanted, answer: Answer, verdict: Verdict) -> None:
        """Count an answer, and what is to be done with it."""
        self.requests += 1
        self.answered += verdict == "read"
        self.failed += verdict == "give up"
        self.home_answered += wanted.role == "home" and answer.status in SHOWING
        if wanted.role == "file":
            self.files += 1
            self.file_bytes += len(answer.body or b"")
        elif wanted.role != "feed":
            self.missing += answer.status in MISSING

    def has_room_for_files(self, budget: int) -> bool:
        """Whether another picture or document may be fetched, of so many."""
        return self.files < budget and self.file_bytes < MOST_FILE_BYTES
