"""Read a piece of a list, as its script is given it: rows without a page around them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from archiver.items import ListRow, Page, Problem
from archiver.portals import Portal
from archiver.reading import lists, navigation
from archiver.reading.fragment_forms import Form, page_asked, rows_asked, series_of, step_behind
from archiver.reading.lines import Outline
from archiver.reading.list_rows import refused_dates, rows_of, without_last_row
from archiver.reading.lists import Box
from archiver.reading.outline import outline
from archiver.reading.tree import Tree, parse
from archiver.reading.unwrapping import NO_ROWS, Piece, size_of

_HTML = "text/html; charset=utf-8"


def read_piece(piece: Piece, portal: Portal, url: str, captured_at: datetime | None, form: Form) -> Page:
    """What a piece of a list says. `form` is what was posted for it: () where nobody knows.

    Nothing else is on it: a single row is enough to make a list, and what shows nothing is an empty piece.
    """
    said = replace(_asked(portal, form), url=url, problems=piece.problems)
    if piece.html is None:
        return said
    if not piece.html.strip():
        return replace(said, kind="list")
    tree = parse(piece.html + (b"</body>" if piece.is_whole else b""), _HTML)
    if tree.root is None:
        return replace(said, problems=(*piece.problems, *tree.problems))
    page = outline(tree.root, portal, portal.url)  # a relative address is taken as the home page would have it
    return _filled(said, page, tree, portal, captured_at, form)


def _asked(portal: Portal, form: Form) -> Page:
    """What the form says alone."""
    fragments = portal.platform.fragments
    if fragments is None or not form:
        return Page("other", "", is_piece=True)
    return Page("other", "", page_number=page_asked(form, fragments), series=series_of(form, fragments), is_piece=True)


def _filled(said: Page, page: Outline, tree: Tree, portal: Portal, captured_at: datetime | None, form: Form) -> Page:
    found = lists.boxes(page, portal, (), captured_at)
    is_cut_off = tree.cut_off and not _has_all_rows(found, portal, form)
    found = without_last_row(page, found) if is_cut_off else found
    rows = _one_box(found, portal, said.url)
    step = step_behind(form, portal) if rows and not is_cut_off else None
    return replace(
        said,
        kind="list" if rows or not page.lines else "other",
        listed=rows,
        links=navigation.links(page, portal),
        pager=(step,) if step is not None else (),
        is_cut_off=is_cut_off,
        problems=tuple(dict.fromkeys((*said.problems, *_problems(page, tree, found, is_cut_off=is_cut_off)))),
    )


def _has_all_rows(found: list[Box], portal: Portal, form: Form) -> bool:
    """Whether as many rows came as were asked for: containers that stay open are no sign then that some are missing."""
    fragments = portal.platform.fragments
    return fragments is not None and sum(len(box.rows) for box in found) == rows_asked(form, fragments)


def _problems(page: Outline, tree: Tree, found: list[Box], *, is_cut_off: bool) -> list[Problem]:
    if not found and page.lines:
        return [Problem("list", NO_ROWS, size_of(" ".join(line.text for line in page.lines)))]
    refused = [problem for box in found for problem in refused_dates(box)]
    return [*(tree.problems if is_cut_off else ()), *refused]


def _one_box(found: list[Box], portal: Portal, url: str) -> tuple[ListRow, ...]:
    """The rows of a piece, whatever stands between two of them: it goes on with one box of the list's first page."""
    rows = rows_of(found, "list", portal, url)
    return tuple(
        replace(row, list_kind="section", box=1, heading=None, position=position)
        for position, row in enumerate(rows, 1)
    )
