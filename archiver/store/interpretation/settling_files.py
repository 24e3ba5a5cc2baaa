"""Files once all captures are told: those that came by a redirect are joined, and what is wrong with any is noted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from archiver.items import Problem
from archiver.portals import Portal
from archiver.portals.addresses import canonical
from archiver.store.interpretation.file_texts import FileTexts
from archiver.store.interpretation.kept_files import join_file
from archiver.store.interpretation.problems import Subject, is_open, note_problems

_MOST_HOPS = 3
LEADS_TO_NO_FILE = "a redirect leads to no file"


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What is wrong with the file at an address, and since when."""

    request_key: str
    url: str
    at: str
    problem: Problem


def settle_files(archive: Database, portal: Portal, texts: FileTexts) -> None:
    """Join files that came by a redirect, and note what is wrong with documents. Belongs into a transaction."""
    lost: list[_Wrong] = []
    for request, url in _redirected(archive, portal):
        end, answer, at = _end_of_redirects(archive, request)
        if answer == "file":
            join_file(archive, texts, request, end)
        elif answer is not None:
            lost.append(_Wrong(request, url, at, Problem("file", LEADS_TO_NO_FILE, answer)))
    _note_problems(archive, portal, [*_of_documents(archive, portal), *lost])


def _redirected(archive: Database, portal: Portal) -> list[tuple[str, str]]:
    """Requests of pictures and documents that brought no file themselves, but a redirect; each with its address."""
    return archive.execute(
        """
        SELECT parts.request_key, min(parts.url) FROM (
          SELECT article_key, request_key, url FROM images
          UNION ALL SELECT article_key, request_key, url FROM attachments
        ) AS parts JOIN articles USING (article_key) JOIN captures ON captures.request_key = parts.request_key
        WHERE articles.portal = ? AND captures.answer = 'redirect' AND NOT EXISTS (
          SELECT 1 FROM captures AS own WHERE own.request_key = parts.request_key AND own.answer = 'file')
        GROUP BY parts.request_key ORDER BY parts.request_key
        """,
        (portal.key,),
    ).fetchall()


def _end_of_redirects(archive: Database, request: str) -> tuple[str, str | None, str]:
    """Where a redirected request ends: the last request, its newest answer (null for none yet), and when that came.

    A file that was ever there goes before whatever else is there now.
    """
    answer, at = None, ""
    for _ in range(_MOST_HOPS):
        row = archive.execute(
            "SELECT redirects_to_key FROM captures WHERE request_key = ? AND answer = 'redirect'"
            " ORDER BY captured_at DESC, capture_key DESC LIMIT 1",
            (request,),
        ).fetchone()
        if row is None or not row[0]:
            break
        request = row[0]
        found = archive.execute(
            "SELECT answer, captured_at FROM captures WHERE request_key = ?"
            " ORDER BY answer = 'file' DESC, captured_at DESC, capture_key DESC LIMIT 1",
            (request,),
        ).fetchone()
        answer, at = found or (None, "")
        if answer != "redirect":
            break
    return request, answer, at


def _of_documents(archive: Database, portal: Portal) -> list[_Wrong]:
    """What is wrong with the documents that articles name now."""
    rows = archive.execute(
        "SELECT DISTINCT attachments.request_key, attachments.url, text_problems, captures.captured_at FROM attachments"
        " JOIN articles USING (article_key) JOIN captures ON captures.capture_key = attachments.capture_key"
        " WHERE articles.portal = ? AND text_problems != '[]'",
        (portal.key,),
    ).fetchall()
    return [
        _Wrong(request, url, at, Problem(**each))
        for request, url, problems, at in rows
        for each in json.loads(problems)
    ]


def _note_problems(archive: Database, portal: Portal, wrong: list[_Wrong]) -> None:
    """These are open, and no other problems of files are."""
    for each in wrong:
        subject = Subject(portal.key, each.request_key, canonical(portal, each.url))
        if not is_open(archive, subject, each.problem):
            note_problems(archive, subject, [each.problem], each.at)
    still = {(each.request_key, each.problem.reason, each.problem.raw or "") for each in wrong}
    _resolve(archive, (key for key, *about in _open_problems(archive, portal) if tuple(about) not in still))


def _open_problems(archive: Database, portal: Portal) -> list[tuple[str, str, str, str]]:
    """Open problems of reading files: their keys and what they are about."""
    return archive.execute(
        "SELECT problem_key, request_key, reason, coalesce(raw, '') FROM problems"
        " WHERE portal = ? AND stage = 'file' AND NOT resolved",
        (portal.key,),
    ).fetchall()


def _resolve(archive: Database, keys: Iterable[str]) -> None:
    archive.conn.executemany("UPDATE problems SET resolved = 1 WHERE problem_key = ?", [(key,) for key in keys])
