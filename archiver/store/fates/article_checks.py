"""What each capture of an article's address found: the article, that it is missing, that it moved, or nothing.

Refusals, errors, firewalls and captchas say nothing of the page, and nothing counts while the portal was not well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store.fates.destinations import destination
from archiver.store.fates.moves import is_same_article
from archiver.store.fates.portal_checks import Health
from archiver.store.fates.telling import ArticleCheck
from archiver.store.interpretation.confirming import LOOKS, SHOWN


@dataclass(frozen=True, slots=True)
class _Answer:
    """One capture of an article's address."""

    at: str
    capture_key: str
    answer: str  # of a 304, what it confirms
    status: int | None
    redirects_to: str | None  # the key of a request
    revision: int | None  # of the article that it shows


@dataclass(frozen=True, slots=True)
class Address:
    """An article, and the request that asks for it."""

    article_key: str
    request_key: str


def checks_of(db: Database, portal: Portal, address: Address, health: Health) -> Iterator[ArticleCheck]:
    """What each capture of an article's address found, from the first that showed it on."""
    seen: int | None = None
    for answer in _answers(db, address):
        if answer.revision is not None:
            seen = answer.revision
            yield ArticleCheck(answer.at, answer.capture_key, "well")
        elif seen is not None:
            yield _check(db, portal, address, answer, seen, health)


def _answers(db: Database, address: Address) -> list[_Answer]:
    rows = db.execute(
        f"SELECT asked.captured_at, asked.capture_key, {SHOWN}, asked.status, asked.redirects_to_key, asked.revision"
        f" FROM {LOOKS} WHERE asked.request_key = ? ORDER BY asked.captured_at, asked.capture_key",
        (address.request_key,),
    ).fetchall()
    return [_Answer(*row) for row in rows]


def _check(db: Database, portal: Portal, address: Address, answer: _Answer, seen: int, health: Health) -> ArticleCheck:
    if answer.answer == "redirect":
        return _behind_redirect(db, portal, address, answer, seen, health)
    reasons = {"missing": f"HTTP {answer.status}", "says missing": "the page says so", "list": "answers with a list"}
    return _missing(answer, reasons.get(answer.answer), health)


def _behind_redirect(
    db: Database, portal: Portal, address: Address, answer: _Answer, seen: int, health: Health
) -> ArticleCheck:
    """What an address means that sends elsewhere.

    To the same article: it moved. To another one, as to the home page, a list or a missing page: what was asked for is
    not there, and the portal does not say so; that is a soft 404, which patience judges like any.
    """
    place = destination(db, portal, address.request_key, answer.redirects_to, answer.at)
    if place.kind == "article" and is_same_article(db, address.article_key, seen, place.article_key):
        return ArticleCheck(answer.at, answer.capture_key, "moved", target=place.article_key)
    reasons = {
        "home": "redirects to the home page",
        "list": "redirects to a list",
        "article": "redirects to another article",
        "missing": "redirects to a page that is not there",
    }
    return _missing(answer, reasons.get(place.kind), health)


def _missing(answer: _Answer, reason: str | None, health: Health) -> ArticleCheck:
    """A bad check, if there is a reason and the portal itself was well at that time."""
    is_bad = reason is not None and health.is_well(answer.at)
    return ArticleCheck(answer.at, answer.capture_key, "missing" if is_bad else "nothing", reason or "")
