"""A system that nobody knows: no class and no id says anything, only what a person sees."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from archiver.demo.dresses.dress import ArticleSheet, Dress, HomeSheet, ListAsked, ListSheet, Named, Row
from archiver.demo.dresses.parts import anchor, joined, menu, section_of, slug, summary
from archiver.demo.list_answers import asked_number
from archiver.demo.markup import words
from archiver.demo.names import SITE_NAME
from archiver.demo.responses import Request
from archiver.demo.sections import Section
from archiver.demo.stencil import hole

HOST = "https://anthuan-landmarks.example"
LIST = re.compile(r"/muc/([a-z-]+)")


def article_path(named: Named) -> str:
    """`/bai/712`."""
    return f"/bai/{700 + named.number}"


def list_path(section: Section, page: int) -> str:
    """`/muc/kinh-te?trang=2`."""
    return f"/muc/{slug(section)}" + (f"?trang={page}" if page > 1 else "")


def list_asked(request: Request) -> ListAsked | None:
    """The section in the path, the page in the query."""
    found = LIST.fullmatch(request.key)
    return (found[1], asked_number(request.query.get("trang", ""))) if found and section_of(found[1]) else None


def page_date(at: datetime, _number: int) -> str:
    """`Đăng lúc 15:17 ngày 17/05/2024`."""
    return f"Đăng lúc {at:%H:%M} ngày {at:%d/%m/%Y}"


def row_date(at: datetime, _number: int) -> str:
    """`17/05/2024 15:17`."""
    return f"{at:%d/%m/%Y %H:%M}"


def beside_date(at: datetime, number: int) -> str:
    """The same in brackets."""
    return f"({row_date(at, number)})"


def page(title: str, trail: str, main: str) -> str:
    """Head, menu, breadcrumb, footer; all looks are in the elements."""
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">'
        f"<title>{escape(title)} - {SITE_NAME}</title></head>\n"
        '<body style="font:15px/1.6 Arial;max-width:980px;margin:auto">'
        f"<div><big>{SITE_NAME}</big><br><small>{hole('today')}</small></div>\n"
        f"<p>{menu(list_path, '{} &nbsp; ')}</p>\n{trail}<div>{main}</div>\n"
        f"<hr><p>{hole('online')} người đang online</p><p>Bản quyền thuộc UBND thị xã An Thuận</p></body></html>\n"
    )


def crumbs(section: Section) -> str:
    """Where one is."""
    return f'<p><a href="/">Trang chủ</a> » <a href="{list_path(section, 1)}">{section.name}</a></p>\n'


def plain(title: str, inside: str) -> str:
    """A page of text."""
    return page(title, "", f"<h1>{title}</h1>{inside}")


def article(sheet: ArticleSheet) -> str:
    """Title, date line, counter, the lead in bold, text, what is older."""
    story, at = sheet.story, sheet.row.listed_at
    lead = f"<p><b>{sheet.lead}</b></p>\n" if sheet.lead else ""
    others = f"<h3>Tin cũ hơn</h3>\n<ul>\n{joined(sheet.older, other)}</ul>\n" if sheet.older else ""
    main = (
        f"<h1>{words(story.title)}</h1>\n<p><i>{page_date(at, sheet.row.number)}</i></p>\n"
        f"<p>Lượt xem: {hole('views')}</p>\n{lead}<div>{sheet.body}</div>\n{others}"
    )
    return page(story.title, crumbs(sheet.row.section), main)


def other(row: Row) -> str:
    """A row below an article."""
    return f"<li>{anchor(row)} <i>{beside_date(row.listed_at, row.number)}</i></li>\n"


def item(row: Row) -> str:
    """A row of a list."""
    return f"<div><h3>{anchor(row)}</h3><i>{row_date(row.listed_at, row.number)}</i><p>{summary(row)}</p></div>\n"


def listing(sheet: ListSheet) -> str:
    """A page of a list, with a link to the next one only."""
    onward = f'<p><a href="{list_path(sheet.section, sheet.number + 1)}">Trang sau »</a></p>\n'
    more = onward if sheet.number < sheet.last else ""
    heading = f"<h1>{sheet.section.name}</h1>\n"
    return page(sheet.section.name, crumbs(sheet.section), heading + joined(sheet.rows, item) + more)


def home(sheet: HomeSheet) -> str:
    """The newest of the site, then each section."""
    blocks = "".join(
        f'<div><h2><a href="{list_path(section, 1)}">{section.name}</a></h2>{joined(rows, item)}</div>\n'
        for section, rows in sheet.blocks
    )
    return page("Trang chủ", "", f"<div><h2>Tin mới nhất</h2>{joined(sheet.newest, item)}</div>\n{blocks}")


LANDMARKS = Dress(
    key="landmarks",
    name="a system that nobody knows",
    host=HOST,
    article_path=article_path,
    list_path=list_path,
    list_asked=list_asked,
    article=article,
    listing=listing,
    home=home,
    plain=plain,
    page_date=page_date,
    row_date=row_date,
    beside_date=beside_date,
    heading="Tin cũ hơn",
    sitemap_path="/so-do-trang.xml",
    in_robots=True,
)
