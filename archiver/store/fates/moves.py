"""Articles that stand at another address of their portal: told by their last text, whatever section it is in.

A move once seen stays one, whatever becomes of the new address: that has a story of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from sqlite_utils import Database

from archiver.clock import moment, stamp
from archiver.portals import Portal
from archiver.store.fates.telling import ArticleCheck

_LONG_NAME = 20  # characters
_ONE_RUN = timedelta(hours=12)  # copies that were first seen within it are as old as each other


def is_same_article(db: Database, key: str, number: int, other: str) -> bool:
    """Whether a revision of an article ever stood at another address, to which its own sends.

    With its text; or, for one that was edited on the way, of its day and under its title or the name of its file.
    """
    rows = db.execute(
        """
        SELECT there.text_sha256 = last.text_sha256 OR there.title = last.title, here.url, elsewhere.url
        FROM versions AS last JOIN versions AS there ON there.article_key = ?
        JOIN articles AS here ON here.article_key = last.article_key
        JOIN articles AS elsewhere ON elsewhere.article_key = there.article_key
        WHERE (last.article_key, last.number) = (?, ?)
          AND (there.text_sha256 = last.text_sha256 OR there.published_raw = last.published_raw)
        """,
        (other, key, number),
    ).fetchall()
    return any(says_the_same or _name_one_file(own, new) for says_the_same, own, new in rows)


def _name_one_file(url: str, other: str) -> bool:
    """Whether two addresses end in a name that no other article would have: made of its title, and not of a query.

    >>> _name_one_file("http://x/a/Xa-Tan-Khe-trao-nhaPWX5169.aspx", "http://x/b/c/xa-tan-khe-trao-nhapwx5169.aspx")
    True
    >>> _name_one_file("http://x/a/chi-tiet.aspx?id=1", "http://x/b/chi-tiet.aspx?id=2")
    False
    """
    name, its = (urlsplit(each) for each in (url, other))
    own, new = (parts.path.rpartition("/")[2].casefold() for parts in (name, its))
    return own == new and len(own) >= _LONG_NAME and not name.query and not its.query


def with_moves(db: Database, portal: Portal, checks: list[ArticleCheck]) -> list[ArticleCheck]:
    """What an article's checks found, and between that what showed its text at another address while it was missing."""
    told = []
    for spell, until in _spells(checks):
        first = next((check for check in spell if check.found == "missing"), None)
        move = _move(db, portal, spell[0], first, until) if first is not None else None
        told += sorted([*spell, move], key=lambda check: check.at) if move is not None else spell
    return told


def _spells(checks: list[ArticleCheck]) -> Iterator[tuple[list[ArticleCheck], str | None]]:
    """Each good check with those after it that were none, and when the next good one was."""
    starts = [place for place, check in enumerate(checks) if check.found == "well"]
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        yield checks[start:end], checks[end].at if end is not None else None


def _move(
    db: Database, portal: Portal, seen: ArticleCheck, missing: ArticleCheck, until: str | None
) -> ArticleCheck | None:
    """The first capture that shows an article elsewhere since it is missing; null if there is none.

    A copy that stood there before must be seen again; an address that is new since the article was last seen need not:
    that it moved is known from the check that misses it.
    """
    row = db.execute(
        """
        SELECT captures.captured_at, captures.capture_key, captures.article_key
        FROM captures AS good
        JOIN revisions AS last ON last.article_key = good.article_key AND last.number = good.revision
        JOIN revisions AS same ON same.text_sha256 = last.text_sha256 AND same.article_key != last.article_key
        JOIN captures ON captures.article_key = same.article_key AND captures.revision = same.number
        WHERE good.capture_key = :seen AND captures.portal = :portal AND captures.captured_at < :until
          AND (captures.captured_at >= :missing OR :new < (
            SELECT min(first.captured_at) FROM revisions AS first
            WHERE first.article_key = same.article_key AND first.text_sha256 = same.text_sha256))
        ORDER BY captures.captured_at, captures.capture_key LIMIT 1
        """,
        {
            "seen": seen.capture_key, "new": stamp(moment(seen.at) + _ONE_RUN), "missing": missing.at,
            "until": until or "~", "portal": portal.key,
        },
    ).fetchone()  # fmt: skip
    if row is None:
        return None
    at, capture_key = max((missing.at, missing.capture_key), (row[0], row[1]))
    return ArticleCheck(at, capture_key, "moved", target=row[2])
