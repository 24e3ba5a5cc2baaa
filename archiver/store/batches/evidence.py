"""What the archive knows of changes that may have come to many articles at once."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from sqlite_utils import Database

from archiver.portals import Portal


@dataclass(frozen=True, slots=True)
class Change:
    """A later revision of an article, and the day on which it was found."""

    article_key: str
    number: int
    captured_at: str
    day: str  # UTC; captures that are imported together are those of many runs
    blocks: frozenset[str]  # a sign (+, -, ~) and the digest of a paragraph each
    is_retitled: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A capture that showed an article at a revision."""

    day: str
    revision: int


class Evidence:
    """The changes of a portal's articles, and the days on which they were looked at."""

    def __init__(self, db: Database, portal: Portal) -> None:
        self.db = db
        self.portal = portal
        self._looks: dict[str, list[Look]] = {}

    @cached_property
    def changes(self) -> list[Change]:
        """All later revisions of a portal's articles, in the order of their times."""
        rows = self.db.execute(
            """
            SELECT revisions.article_key, number, revisions.captured_at, blocks, changed_fields LIKE '%"title"%'
            FROM revisions JOIN captures USING (capture_key)
            WHERE captures.portal = ? AND number > 1 ORDER BY revisions.captured_at, revisions.article_key
            """,
            (self.portal.key,),
        ).fetchall()
        return [
            Change(key, number, at, at[:10], frozenset(json.loads(blocks or "[]")), bool(is_retitled))
            for key, number, at, blocks, is_retitled in rows
        ]

    def of(self, article_key: str) -> list[Change]:
        """The changes of one article."""
        return self._by_article.get(article_key, [])

    def looks_at(self, article_key: str) -> list[Look]:
        """When an article was seen at which revision."""
        if article_key not in self._looks:
            rows = self.db.execute(
                "SELECT DISTINCT substr(captured_at, 1, 10), revision FROM captures WHERE article_key = ?"
                " AND revision IS NOT NULL",
                (article_key,),
            ).fetchall()
            self._looks[article_key] = [Look(*row) for row in rows]
        return self._looks[article_key]

    def rechecked_on(self, day: str) -> int:
        """How many articles were seen on a day that were known before."""
        row = self.db.execute(
            """
            SELECT count(DISTINCT captures.article_key) FROM captures
            JOIN revisions AS first ON first.article_key = captures.article_key AND first.number = 1
            WHERE captures.portal = ? AND captures.captured_at BETWEEN ? AND ?
              AND first.captured_at < captures.captured_at
            """,
            (self.portal.key, day, day + "T99"),
        ).fetchone()
        return int(row[0])

    @cached_property
    def _by_article(self) -> dict[str, list[Change]]:
        by_article: dict[str, list[Change]] = defaultdict(list)
        for change in self.changes:
            by_article[change.article_key].append(change)
        return by_article
