"""What became of an article, and of a portal: told from what each check found, in the order of their times.

Nothing here looks into a database: checks in, status and events out, so that the same captures always tell the same
story, whenever and in whatever order they arrived.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from archiver.clock import moment

Found = Literal["well", "missing", "moved", "nothing"]
ArticleStatus = Literal["live", "suspect", "gone", "moved"]
PortalFound = Literal["well", "refused", "no answer", "another site"]  # refused: to us, by a firewall or a notice
PortalStatus = Literal["up", "unreachable", "closed", "replaced"]


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long something must be missing before it is called gone."""

    checks: int = 3
    days: int = 14

    def is_over(self, checks: int, first: str, last: str) -> bool:
        """Whether so many checks from the first to the last are enough."""
        return checks >= self.checks and moment(last) - moment(first) >= timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class ArticleCheck:
    """What one capture found of an article. "nothing" says nothing about it: no answer, a firewall, a captcha."""

    at: str
    capture_key: str
    found: Found
    reason: str = ""  # "HTTP 404", "redirects to the home page" …
    target: str = ""  # where to, of an article that moved


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, and the capture that shows it."""

    at: str
    event: str
    capture_key: str
    detail: str = ""


@dataclass(slots=True)
class ArticleFate:
    """How an article stands after its last check."""

    status: ArticleStatus = "live"
    first_missing_at: str | None = None
    events: tuple[Event, ...] = ()


@dataclass(slots=True)
class PortalFate:
    """How a portal stands after its last check."""

    status: PortalStatus = "up"
    events: tuple[Event, ...] = ()


def article_fate(checks: Iterable[ArticleCheck], patience: Patience) -> ArticleFate:
    """The story of an article from its first good capture on.

    A first bad check makes it suspect; it is gone once its patience is over, and live again at any good one. Checks
    that found it missing while the portal itself was not well are to be handed in as "nothing".
    """
    fate, missing = ArticleFate(), 0
    for check in checks:
        if check.found == "well":
            if fate.status != "live":
                _tell(fate, check, "returned")
            fate.status, fate.first_missing_at, missing = "live", None, 0
        elif check.found == "moved":
            if fate.status != "moved":
                _tell(fate, check, "moved", check.target)
            fate.status, fate.first_missing_at = "moved", fate.first_missing_at or check.at
        elif check.found == "missing":
            missing += 1
            _is_missing(fate, check, missing, patience)
    return fate


def _is_missing(fate: ArticleFate, check: ArticleCheck, missing: int, patience: Patience) -> None:
    if fate.status == "live":
        fate.status = "suspect"
        _tell(fate, check, "suspect", check.reason)
    fate.first_missing_at = fate.first_missing_at or check.at
    if fate.status == "suspect" and patience.is_over(missing, fate.first_missing_at, check.at):
        fate.status = "gone"
        _tell(fate, check, "gone", check.reason)


@dataclass(frozen=True, slots=True)
class PortalCheck:
    """What one run found of a portal as a whole."""

    at: str
    capture_key: str
    found: PortalFound
    reason: str = ""


def portal_fate(checks: Iterable[PortalCheck], patience: Patience) -> PortalFate:
    """The story of a portal: unreachable at the first bad run, closed or replaced once patience is over.

    That it refuses us proves nothing about what others see: it may be unreachable for ever, but is not closed by that.
    """
    fate, bad = PortalFate(), list[PortalCheck]()
    for check in checks:
        if check.found == "well":
            if fate.status != "up":
                _tell(fate, check, "up")
            fate.status, bad = "up", []
            continue
        if check.found != "refused":
            bad.append(check)
        if fate.status == "up":
            fate.status = "unreachable"
            _tell(fate, check, "unreachable", check.reason)
        elif bad and check is bad[-1] and patience.is_over(len(bad), bad[0].at, check.at):
            _is_over(fate, check)
    return fate


def _is_over(fate: PortalFate, check: PortalCheck) -> None:
    status: PortalStatus = "replaced" if check.found == "another site" else "closed"
    if fate.status != status:
        fate.status = status
        _tell(fate, check, status, check.reason)


def _tell(fate: ArticleFate | PortalFate, check: ArticleCheck | PortalCheck, event: str, detail: str = "") -> None:
    fate.events = (*fate.events, Event(check.at, event, check.capture_key, detail))
