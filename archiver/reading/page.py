"""Read one page: what kind of page it is, the article on it, its lists, and where it leads."""

from __future__ import annotations

from datetime import datetime, timedelta

from archiver.items import Article, Page, PageKind, Problem
from archiver.portals import Portal
from archiver.portals.addresses import tidy
from archiver.reading import absence, breadcrumb, lists, navigation
from archiver.reading.article import Content
from archiver.reading.body import read_body
from archiver.reading.feed_links import feed_links
from archiver.reading.finding_headers import find_header
from archiver.reading.fragment_forms import Form, is_fragment
from archiver.reading.header import Header, window_title
from archiver.reading.lines import Outline
from archiver.reading.list_paging import Paging, paging_of_list
from archiver.reading.list_rows import is_home, refused_dates, rows_of, without_last_row
from archiver.reading.lists import Box
from archiver.reading.metadata import Stated, stated
from archiver.reading.outline import outline
from archiver.reading.pieces import read_piece
from archiver.reading.published import Published, published
from archiver.reading.tree import Tree, parse
from archiver.reading.unwrapping import unwrapped
from archiver.reading.words import key, list_heading
from archiver.vietnamese.dates import INDOCHINA_TIME, MIDNIGHT_PLACEHOLDER
from archiver.vietnamese.relative_dates import CONFIRMED

_LEAST_PLATFORM_ROWS = 3
_UNREMARKABLE = frozenset((MIDNIGHT_PLACEHOLDER, CONFIRMED))


def read(
    body: bytes,
    portal: Portal,
    url: str,
    content_type: str | None = None,
    captured_at: datetime | None = None,
    form: Form = (),
) -> Page:
    """Everything that a page says, whatever bytes arrive.

    `url` is the page's own address, `content_type` the header as received. `captured_at` (aware) is what dates that
    count backwards are counted from, and serves to doubt a publication day that lies after it. `form` is what was
    posted for a piece of a list: it alone tells of which, and how to go on. What cannot be read is null, and a problem
    of the page says so.
    """
    url = tidy(portal, url)
    if is_fragment(portal, url):
        return read_piece(unwrapped(body, content_type), portal, url, captured_at, form)
    tree = parse(body, content_type)
    if tree.root is None:
        return Page("other", url, is_cut_off=tree.cut_off, problems=tree.problems)
    lines = outline(tree.root, portal, url, whole=False)
    said = stated(tree.root, body, portal.platform.date_order)
    page = _read(lines, tree, portal, url, captured_at, said)
    if page.kind == "article" or lines.is_whole:
        return page
    return _read(outline(tree.root, portal, url), tree, portal, url, captured_at, said)


def _read(
    page: Outline, tree: Tree, portal: Portal, url: str, captured_at: datetime | None, said: tuple[Stated, ...]
) -> Page:
    head, doubts = find_header(page, portal, url, captured_at, said)
    found = lists.boxes(page, portal, _date_lines(head), captured_at)
    crumbs = breadcrumb.steps(page, head.title_lines[0] if head and head.title_lines else None)
    text = read_body(page, portal, head, [box for box in found if not box.may_be_chance], cut_off=tree.cut_off)
    if tree.cut_off:
        found = without_last_row(page, found)
    problems = [*tree.problems, *doubts]
    article = None
    if text is not None:
        found = [box for box in found if not (box.may_be_chance or text.holds(box.lines))]
        when = published(head, said, captured_at)
        article = _article(url, head, when, text.content, crumbs)
        problems += _doubts_about(article, when, captured_at)
    problems += [each for box in found for each in refused_dates(box)]
    kind: PageKind = "article" if article else "list" if _is_list(found) else "other"
    paging, beyond = paging_of_list(page, portal, url) if kind == "list" else (Paging(), ())
    problems += beyond
    return Page(
        kind,
        url,
        heading=article.title if article else _heading(page, portal, crumbs),
        article=article,
        listed=rows_of(found, kind, portal, url),
        links=navigation.links(page, portal),
        feeds=feed_links(page.root, page.base, portal, kind),
        window_title=window_title(page, portal) or None,
        says_missing=kind == "other" and absence.says_missing(page),
        names_portal=absence.names_portal(page, portal) if is_home(portal, url) else None,
        is_cut_off=tree.cut_off,
        problems=tuple(dict.fromkeys(problems)),
        **paging,
    )


def _date_lines(head: Header | None) -> list[int]:
    """The line that no list may have for a row's date. A date without a title is the first row's, on many platforms."""
    return [head.date_line] if head is not None and head.title and head.date_line is not None else []


def _article(url: str, head: Header | None, when: Published, content: Content, crumbs: list[str]) -> Article:
    title = head.title if head else None
    return Article(
        url=url,
        title=title,
        lead=content.lead,
        body=content.body,
        section=breadcrumb.section(crumbs, title),
        author=content.author,
        author_raw=content.author_raw,
        published_on=when.on,
        published_at=when.at,
        published_raw=when.raw,
        published_precision=when.precision,
        published_from=when.source,
        images=tuple(content.images),
        attachments=tuple(content.attachments),
    )


def _doubts_about(article: Article, when: Published, captured_at: datetime | None) -> list[Problem]:
    doubts = []
    if article.title is None:
        doubts.append(Problem("read", "no title found"))
    if article.body is None:
        doubts.append(Problem("read", "no text in the body"))
    date = when.date
    if date is None:
        reason = "date line not understood" if article.published_raw else "no date line in the header"
        doubts.append(Problem("date", reason, article.published_raw))
    else:
        doubts += [Problem("date", flag, date.raw) for flag in date.flags if flag not in _UNREMARKABLE]
        if date.on and captured_at and date.on > captured_at.astimezone(INDOCHINA_TIME).date() + timedelta(days=1):
            doubts.append(Problem("date", "lies after the capture", date.raw))
    return doubts


def _heading(page: Outline, portal: Portal, crumbs: list[str]) -> str | None:
    """What a page that is no article is called: its last breadcrumb, its first heading, or its window title."""
    if len(crumbs) > 1:
        return crumbs[-1]
    names = {key(name) for name in (portal.name, *portal.site_names)}
    headings = (line.text for line in page.lines if line.heading in (1, 2) and not line.is_link)
    own = (text for text in headings if key(text) not in names and not list_heading(text))
    return next(own, None) or window_title(page, portal) or None


def _is_list(found: list[Box]) -> bool:
    rows = [row for box in found for row in box.rows]
    return any(row.date for row in rows) or sum(row.of_platform for row in rows) >= _LEAST_PLATFORM_ROWS
