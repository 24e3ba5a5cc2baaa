"""The course of a decision about an article: it is kept with the evidence, and the archive is made to follow it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from archiver.clock import Clock
from archiver.portals import Portal
from archiver.store.databases.copies import put_in_place, working_copy
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.decisions.following import follow_decision
from archiver.store.evidence.subjects import subject_named
from archiver.store.evidence.withholding import Decision, lags_decisions, save_decision, withheld_articles
from archiver.store.ground.errors import DataFolderError
from archiver.store.ground.locks import whole_folder
from archiver.store.ground.timeline import Timeline
from archiver.store.interpretation.readers import is_read_by_another
from archiver.store.rebuild.rebuilding import is_shown
from archiver.store.rebuild.rereading import Listener, read_again


@dataclass(frozen=True, slots=True)
class Order:
    """What a person decides."""

    decision: Decision
    subject: str  # an article's key or address
    reason: str
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about, and where else its text stands."""

    article_key: str
    same_text: tuple[str, ...]  # or nearly the same: keys of other articles


def decide(folder: Path, order: Order, clock: Clock, listener: Listener) -> Decided:
    """Keep a decision, and make the archive follow it, with the folder to itself.

    Only what has to do with the article is told again; all is read again only where the archive was behind already.
    Raises DataFolderError where nothing is known of the article, nothing is to be undone, or a program that reads the
    archive holds on to what stood there before.
    """
    with whole_folder(folder):
        captures, archive = open_captures(folder), open_archive(folder)
        portal, key = subject_named(captures, archive, order.subject)
        if order.decision == "restore" and key not in withheld_articles(captures, portal):
            raise DataFolderError(f"{order.subject} is not withheld")
        at = Timeline(clock, captures).stamp()
        was_behind = _is_behind(captures, archive, portal)
        twins = _with_the_same_text(archive, key)
        save_decision(captures, portal, key, order.decision, order.category, order.reason, at)
        was_behind = was_behind or not _followed(archive, captures, folder, portal, key)
        archive.close()
        captures.close()
        if was_behind:
            read_again(folder, [portal], at, listener)
    return Decided(key, twins)


def _followed(archive: Database, captures: Database, folder: Path, portal: Portal, key: str) -> bool:
    """Make the archive follow a decision; false where it does not hold what it should, so that all is to be read."""
    with working_copy(archive, folder) as copy:
        try:
            follow_decision(copy, captures, portal, key)
        except LookupError:
            return False
        if not put_in_place(copy, archive):
            raise DataFolderError(
                f"the decision is kept and followed, but a program that reads {folder / 'archive.db'} holds on to what"
                " stood there before, in its files; end that program, and nothing is left of it"
            )
    return True


def _with_the_same_text(archive: Database, key: str) -> tuple[str, ...]:
    """Other articles (keys), of whatever portal, that ever showed a text of this one, or nearly: as where it moved."""
    rows = archive.execute(
        "SELECT other.article_key FROM revisions AS own JOIN revisions AS other"
        " ON other.text_sha256 = own.text_sha256 AND other.article_key != own.article_key WHERE own.article_key = :key"
        " UNION SELECT other_key FROM same_news WHERE article_key = :key AND kind IN ('exact', 'near') ORDER BY 1",
        {"key": key},
    )
    return tuple(other for (other,) in rows.fetchall())


def _is_behind(captures: Database, archive: Database, portal: Portal) -> bool:
    """Whether there is no archive of a portal yet, or one of another reader, or of before other decisions."""
    return (
        not is_shown(archive, portal)
        or is_read_by_another(archive, portal)
        or lags_decisions(archive, captures, portal)
    )
