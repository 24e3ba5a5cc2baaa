"""Before the first request: what the last run kept and did not read, and what is known and asked for again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlite_utils import Database

from archiver.crawling.following import wanted_of
from archiver.crawling.options import CrawlOptions
from archiver.crawling.trial import survives
from archiver.portals import Portal
from archiver.store.databases.opening import writing
from archiver.store.evidence.captures import Capture, capture_by_key, content_type
from archiver.store.evidence.crawls import Again
from archiver.store.evidence.frontier import Frontier, Wanted
from archiver.store.interpretation.article_files import files_by_article
from archiver.store.interpretation.interpreting import interpret
from archiver.store.interpretation.reading_captures import KILLED_TWICE, Reader
from archiver.store.interpretation.told_captures import unread_captures
from archiver.store.runs.feeds_due import feeds_to_ask_again
from archiver.store.runs.rechecks import articles_to_recheck, files_to_ask_again, rows_to_ask_again

_MOST_READS = 5  # for a page that lives through a trial and ends the program all the same


def left_to_read(captures: Database, frontier: Frontier, reader: Reader) -> Iterator[tuple[Wanted, Capture]]:
    """What a run that was killed kept and did not read; a page that killed it is given up instead."""
    for wanted in frontier.unread():
        capture = capture_by_key(captures, wanted.capture_key or "")
        is_deadly = wanted.reads >= _MOST_READS or not _survives(reader, capture)
        with writing(captures):
            if is_deadly:
                frontier.give_up(wanted, "unreadable", KILLED_TWICE)
                reader.unreadable.add(capture.capture_key)
            else:
                frontier.reading_again(wanted)
        if not is_deadly:
            yield wanted, capture


def _survives(reader: Reader, capture: Capture) -> bool:
    """Whether a page that was being read when a run was killed did not kill it: tried apart, it would again."""
    body = reader.body_of_page(capture)
    media_type = content_type(reader.captures, capture)
    return body is None or survives(body, reader.portal.key, capture.url, media_type, capture.captured_at)


def catch_up(archive: Database, reader: Reader) -> None:
    """The archive is written after the evidence, and may lag behind it."""
    for key in unread_captures(archive, reader.captures, reader.portal):
        capture = capture_by_key(reader.captures, key)
        interpret(archive, reader, capture, reader.page(capture))


def known_to_ask_again(
    captures: Database, archive: Database, portal: Portal, now: datetime, options: CrawlOptions
) -> Again:
    """What is known and asked for again; whoever wants all of it gets all of it."""
    which = options.recheck
    budget = options.recheck_budget if which == "due" else None
    pages = articles_to_recheck(archive, portal, now, which, budget)
    pages = (pages + rows_to_ask_again(captures, portal, now, which))[:budget]
    files = files_to_ask_again(captures, portal, now, which)
    feeds = feeds_to_ask_again(captures, archive, portal, now, "all" if options.full else which)
    return Again(pages, files[: options.file_budget // 2], feeds)  # the rest of the files is for those that are new


def files_no_page_leads_to(archive: Database, frontier: Frontier, portal: Portal) -> list[str]:
    """The addresses of files of articles that came from elsewhere, or before files were fetched."""
    known = frontier.known_files()
    new: list[str] = []
    for shown in files_by_article(archive, portal):
        requests = dict(shown)
        wanted = wanted_of((url for url, _ in shown), portal)
        new += [url for url in wanted if requests[url] not in known]
    return new
