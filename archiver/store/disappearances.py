"""Articles that went, came back or moved: told anew from all captures whenever a run is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.portals.addresses import canonical, is_on
from archiver.store.events import write_events
from archiver.store.fates import ArticleCheck, ArticleFate, Patience, article_fate
from archiver.store.keys import article_key, request_key
from archiver.store.portal_checks import Health, HomeLook


@dataclass(frozen=True, slots=True)
class _Answer:
    """One capture of an article's address."""

    at: str
    capture_key: str
    answer: str
    status: int | None
    redirects_to: str | None


def settle_articles(db: Database, portal: Portal, looks: list[HomeLook]) -> None:
    """Say of a portal's articles how they stand, and what happened when. Belongs into a transaction."""
    patience = Patience(portal.gone_after_checks, portal.gone_after_days)
    health = Health(looks)
    _forget_fates(db, portal)
    for key, request in _articles_in_doubt(db, portal):
        _write_fate(db, key, article_fate(_checks(db, portal, key, request, health), patience))
    _find_twins(db, portal)


def _forget_fates(db: Database, portal: Portal) -> None:
    own = "SELECT article_key FROM articles WHERE portal = ?"
    db.execute(f"DELETE FROM article_events WHERE article_key IN ({own})", (portal.key,))
    db.execute(
        "UPDATE articles SET web_status = 'live', first_missing_at = NULL WHERE portal = ? AND web_status != 'live'",
        (portal.key,),
    )


def _articles_in_doubt(db: Database, portal: Portal) -> list[tuple[str, str]]:
    """Articles (key, request) whose address was once answered by something else than the article."""
    rows = db.execute(
        """
        SELECT DISTINCT shown.article_key, shown.request_key FROM captures AS shown
        WHERE shown.article_key IS NOT NULL AND shown.request_key IN (
          SELECT request_key FROM captures
          WHERE portal = ? AND answer IN ('missing', 'says missing', 'list', 'redirect'))
        ORDER BY shown.article_key
        """,
        (portal.key,),
    ).fetchall()
    return [(key, request) for key, request in rows]


def _checks(db: Database, portal: Portal, key: str, request: str, health: Health) -> Iterator[ArticleCheck]:
    """What each capture of an article's address found, from the first that showed it on."""
    rows = db.execute(
        """
        SELECT captured_at, capture_key, CASE WHEN answer = 'unchanged' THEN coalesce(
          (SELECT page.answer FROM captures AS page WHERE page.capture_key = captures.confirms), answer) ELSE answer END,
          status, redirects_to
        FROM captures WHERE request_key = ? ORDER BY captured_at, capture_key
        """,
        (request,),
    ).fetchall()
    shown = False
    for answer in (_Answer(*row) for row in rows):
        shown = shown or answer.answer == "article"
        if shown:
            yield _check(db, portal, key, answer, health)


def _check(db: Database, portal: Portal, key: str, answer: _Answer, health: Health) -> ArticleCheck:
    if answer.answer in ("article", "unchanged"):
        return ArticleCheck(answer.at, answer.capture_key, "well")
    if answer.answer == "redirect":
        return _behind_redirect(db, portal, key, answer, health)
    reasons = {"missing": f"HTTP {answer.status}", "says missing": "the page says so", "list": "answers with a list"}
    return _missing(answer, reasons.get(answer.answer), health)


def _behind_redirect(db: Database, portal: Portal, key: str, answer: _Answer, health: Health) -> ArticleCheck:
    target = answer.redirects_to or ""
    if not is_on(portal, target):
        return _missing(answer, None, health)
    if canonical(portal, target) == canonical(portal, portal.url):
        return _missing(answer, "redirects to the home page", health)
    if request_key(portal, "GET", target) == _request_of(db, answer):
        return ArticleCheck(answer.at, answer.capture_key, "nothing", "another spelling of the same address")
    other = article_key(portal, target)
    if _digest_of(db, other) is not None:
        moved = _digest_of(db, other) == _digest_of(db, key)
        return ArticleCheck(answer.at, answer.capture_key, "moved" if moved else "nothing", target=other)
    return _missing(answer, "redirects to a list" if _is_list(db, portal, target) else None, health)


def _missing(answer: _Answer, reason: str | None, health: Health) -> ArticleCheck:
    """A bad check, if there is a reason and the portal itself was well at that time."""
    is_bad = reason is not None and health.is_well(answer.at)
    return ArticleCheck(answer.at, answer.capture_key, "missing" if is_bad else "nothing", reason or "")


def _request_of(db: Database, answer: _Answer) -> str:
    row = db.execute("SELECT request_key FROM captures WHERE capture_key = ?", (answer.capture_key,)).fetchone()
    return str(row[0])


def _digest_of(db: Database, key: str) -> str | None:
    """The content at which an article stands; null for what is no article."""
    row = db.execute(
        "SELECT content_sha256 FROM revisions WHERE article_key = ? ORDER BY number DESC LIMIT 1", (key,)
    ).fetchone()
    return row[0] if row else None


def _is_list(db: Database, portal: Portal, url: str) -> bool:
    row = db.execute(
        "SELECT answer FROM captures WHERE request_key = ? AND answer != 'unchanged' ORDER BY captured_at DESC LIMIT 1",
        (request_key(portal, "GET", url),),
    ).fetchone()
    return row is not None and row[0] == "list"


def _write_fate(db: Database, key: str, fate: ArticleFate) -> None:
    db.execute(
        "UPDATE articles SET web_status = ?, first_missing_at = ? WHERE article_key = ?",
        (fate.status, fate.first_missing_at, key),
    )
    write_events(db, "article_events", key, fate.events)


def _find_twins(db: Database, portal: Portal) -> None:
    """What is missing at one address and stands at another with the same content has moved there."""
    rows = db.execute(
        """
        SELECT missing.article_key, missing.first_missing_at, min(twin.article_key) FROM articles AS missing
        JOIN revisions AS last ON last.article_key = missing.article_key AND last.number = missing.revision_count
        JOIN revisions AS same ON same.content_sha256 = last.content_sha256 AND same.article_key != last.article_key
        JOIN articles AS twin ON twin.article_key = same.article_key AND twin.revision_count = same.number
        WHERE missing.portal = :portal AND twin.portal = :portal AND missing.web_status IN ('suspect', 'gone')
          AND twin.web_status = 'live'
        GROUP BY missing.article_key
        """,
        {"portal": portal.key},
    ).fetchall()
    for key, at, twin in rows:
        shown = db.execute(
            "SELECT capture_key FROM revisions WHERE article_key = ? ORDER BY number DESC LIMIT 1", (twin,)
        ).fetchone()
        db.execute("UPDATE articles SET web_status = 'moved' WHERE article_key = ?", (key,))
        db.execute(
            "INSERT INTO article_events (article_key, at, event, capture_key, detail) VALUES (?, ?, 'moved', ?, ?)",
            (key, at, shown[0], twin),
        )
