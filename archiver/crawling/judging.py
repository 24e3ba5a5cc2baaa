"""What an answer is worth: to be read, to be asked for again, or to be given up."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

from archiver.store.evidence.captures import Answer

Verdict = Literal["read", "again", "give up"]

MOST_ATTEMPTS = 4
TOO_LARGE = "the answer is too large"  # it would be the next time too
LONGEST_PAUSE = timedelta(minutes=2)  # that a crawl waits out; a portal that asks for more is left alone
_SHORTEST_BACKOFF = 1.0  # seconds
_PASSING = frozenset((408, 425, 429))  # and all of 5xx: they say nothing about the page


def judge(answer: Answer, attempts: int) -> Verdict:
    """What to do with the answer to an attempt, the first being 1. Nothing is read from one that is to pass."""
    if answer.error is not None and answer.error.startswith(TOO_LARGE):
        return "read"
    if answer.status is not None and answer.status < 500 and answer.status not in _PASSING:
        return "read"
    return "again" if attempts < MOST_ATTEMPTS else "give up"


def complaint(answer: Answer) -> str:
    """Why an answer is none, in a few words."""
    return f"HTTP {answer.status}" if answer.error is None else answer.error.partition(":")[0]


def backoff(attempts: int, delay: float) -> timedelta:
    """How long to wait after an attempt that failed: four times longer after each.

    >>> [backoff(attempts, 1.0).total_seconds() for attempts in (1, 2, 3)]
    [2.0, 8.0, 32.0]
    """
    return timedelta(seconds=max(_SHORTEST_BACKOFF, 2 * delay) * 4 ** (attempts - 1))


def retry_after(answer: Answer, now: datetime) -> timedelta | None:
    """How long the portal asks to be left alone: `Retry-After` in seconds or as a date."""
    value = (answer.header("Retry-After") or "").strip()
    if answer.status not in (429, 503) or not value:
        return None
    if value.isdecimal():
        return timedelta(seconds=min(int(value), 10**8))
    try:
        return max(parsedate_to_datetime(value) - now, timedelta())
    except (ValueError, TypeError):  # no date, or one without a zone
        return None
