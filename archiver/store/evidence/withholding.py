"""Articles that people decided not to show: the decision is evidence, the text stands nowhere in archive.db.

What stays is a tombstone (key, day, category). Addresses are hidden too: they spell the title without its marks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store.databases.opening import insert, writing
from archiver.store.ground.keys import article_key, digest_of

Decision = Literal["withhold", "restore"]
HIDDEN = "(withheld)"  # where an address or a title stood

_LATEST = """
SELECT article_key, decided_at, category FROM decisions AS latest WHERE decision = 'withhold' AND NOT EXISTS (
  SELECT 1 FROM decisions AS later WHERE later.portal = latest.portal AND later.article_key = latest.article_key
  AND (later.decided_at, later.decision_key) > (latest.decided_at, latest.decision_key))
"""


@dataclass(frozen=True, slots=True)
class Withheld:
    """One article that is withheld."""

    article_key: str
    withheld_on: str  # YYYY-MM-DD, UTC
    category: str | None


def save_decision(
    captures: Database, portal: Portal, key: str, decision: Decision, category: str | None, reason: str, at: str
) -> None:
    """Keep a decision about an article, for good."""
    row = {
        "decision_key": digest_of("\n".join((portal.key, key, decision, reason, at)).encode()),
        "portal": portal.key,
        "article_key": key,
        "decision": decision,
        "category": category,
        "reason": reason,
        "decided_at": at,
    }
    with writing(captures):
        insert(captures, "decisions", row)


def withheld_articles(captures: Database, portal: Portal) -> dict[str, Withheld]:
    """The articles of a portal that are withheld by the latest decision about each."""
    rows = captures.execute(f"{_LATEST} AND portal = ?", (portal.key,)).fetchall()
    return {key: Withheld(key, at[:10], category) for key, at, category in rows}


def withheld_keys(captures: Database) -> set[str]:
    """The articles of all portals that are withheld."""
    return {key for key, *_ in captures.execute(_LATEST).fetchall()}


def save_tombstones(archive: Database, portal: Portal, withheld: Iterable[Withheld]) -> None:
    """Write down what is withheld; nothing else of it stands in the archive. Belongs into a transaction."""
    archive.execute("DELETE FROM withheld WHERE portal = ?", (portal.key,))
    withheld = list(withheld)
    archive.conn.executemany(
        "DELETE FROM reading_changes WHERE examples LIKE ?", [(f"%{each.article_key}%",) for each in withheld]
    )
    archive.conn.executemany(
        "INSERT INTO withheld (article_key, portal, withheld_on, category) VALUES (?, ?, ?, ?)",
        [(each.article_key, portal.key, each.withheld_on, each.category) for each in withheld],
    )


def shown_url(portal: Portal, url: str | None, withheld: Collection[str]) -> str | None:
    """An address as the archive may show it."""
    return HIDDEN if url and article_key(portal, url) in withheld else url


def lags_decisions(archive: Database, captures: Database, portal: Portal) -> bool:
    """Whether the archive shows what is withheld by now, or withholds what is not: its reading was cut short."""
    decided = set(withheld_articles(captures, portal))
    told = {key for (key,) in archive.execute("SELECT article_key FROM withheld WHERE portal = ?", (portal.key,))}
    shown = {
        key for key in decided if archive.execute("SELECT 1 FROM articles WHERE article_key = ?", (key,)).fetchone()
    }
    return decided != told or bool(shown)
