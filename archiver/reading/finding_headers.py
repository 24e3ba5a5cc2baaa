"""The header of an article, by all that tells of it: selectors, landmarks, and what the page tells machines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from archiver.items import Problem
from archiver.portals import Portal
from archiver.reading.header import Header, as_told
from archiver.reading.header_by_landmarks import agrees_with_landmarks, by_landmarks
from archiver.reading.header_by_selectors import by_selectors
from archiver.reading.lines import Outline
from archiver.reading.metadata import Stated, headline
from archiver.reading.words import key


def find_header(
    page: Outline, portal: Portal, url: str, captured_at: datetime | None, said: tuple[Stated, ...]
) -> tuple[Header | None, list[Problem]]:
    """The header by selectors, completed by landmarks; where the two disagree, a problem for each part.

    Where neither finds one, it is what the page tells machines of its news, if it shows that.
    """
    selected = by_selectors(page, portal, url, captured_at)
    if selected is not None and agrees_with_landmarks(page, selected, portal, url):
        return selected, []
    seen = by_landmarks(page, portal, url, captured_at)
    if selected is None and seen is None and (name := headline(said)):
        return as_told(page, name, portal, url), []
    if selected is None or seen is None:
        return selected or seen, []
    doubts = []
    if selected.title and seen.title and key(selected.title) != key(seen.title):
        doubts.append(Problem("read", "selectors and landmarks disagree on the title", seen.title))
    if selected.date_raw and seen.date_raw and selected.date_raw != seen.date_raw:
        doubts.append(Problem("read", "selectors and landmarks disagree on the date", seen.date_raw))
    return _completed(selected, seen), doubts


def _completed(selected: Header, seen: Header) -> Header:
    """What selectors did not find, from landmarks, if both mean the same header."""
    if selected.title is None and selected.date_raw == seen.date_raw:
        return replace(selected, title=seen.title, title_lines=seen.title_lines, end=max(selected.end, seen.end))
    if selected.date_raw is None and selected.title_lines == seen.title_lines:
        return replace(
            selected, date=seen.date, date_raw=seen.date_raw, date_line=seen.date_line, end=max(selected.end, seen.end)
        )
    return selected
