"""What portals of Hưng Yên moved to after 2025: `-c<number>.html`, days without times, the author as the last line."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from archiver.demo.dresses.dress import ArticleSheet, Dress, HomeSheet, ListAsked, ListSheet, Named, Row, no_minute
from archiver.demo.dresses.parts import anchor, cut, joined, menu, numbers, place, slug, summary
from archiver.demo.markup import words
from archiver.demo.names import SITE_NAME
from archiver.demo.responses import Request
from archiver.demo.sections import SECTIONS, Section
from archiver.demo.stencil import hole

HOST = "https://anthuan-hungyen.example"
FIRST_NUMBER = 21000
FIRST_CATEGORY = 211
TITLE = 'class="article-title common-title" '
LIST = re.compile(r"/chuyen-muc-[a-z-]+-c(\d{3})-(\d{1,6})\.html")
STYLE = (
    "body{font:15px/1.6 Arial;max-width:980px;margin:auto}.main-menu li,.paging li{display:inline-block;margin:0 10px;"
    "list-style:none}.item-new{border-bottom:1px solid #eee;padding:10px 0}.article-title{font-size:17px;"
    "font-weight:bold;display:block}.article-date,.post-date{color:#888}.new-detail-title{font-size:24px}"
    ".relate-news{background:#f6f6f6;padding:10px}img{max-width:100%}"
    ".logo img{height:70px}.article-img img{width:110px;float:left;margin:0 10px 4px 0}.item-new{overflow:hidden}"
)


def article_path(named: Named) -> str:
    """`/khoi-cong-cho-c21012.html`."""
    return f"/{named.slug.lower()}-c{FIRST_NUMBER + named.number}.html"


def list_path(section: Section, page: int) -> str:
    """`/chuyen-muc-kinh-te-c211-1.html`: the first page has its number too."""
    return f"/chuyen-muc-{slug(section)}-c{FIRST_CATEGORY + place(section)}-{page}.html"


def list_asked(request: Request) -> ListAsked | None:
    """The section by its number, the page behind it."""
    found = LIST.fullmatch(request.key)
    if found is None or not 0 <= int(found[1]) - FIRST_CATEGORY < len(SECTIONS):
        return None
    return SECTIONS[int(found[1]) - FIRST_CATEGORY].key, max(1, int(found[2]))


def printed(at: datetime, _number: int) -> str:
    """`17/05/2025`."""
    return f"{at:%d/%m/%Y}"


def signed(sign_off: str) -> str:
    """Whoever signs, signs as the author."""
    return f"Tác giả: {sign_off.partition(': ')[2]}"


def page(title: str, trail: str, main: str) -> str:
    """Head, menu, breadcrumb, footer."""
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">'
        f'<title>{escape(title)} - {SITE_NAME}</title>\n<meta name="keywords" content="An Thuận">\n'
        f"<style>{STYLE}</style></head>\n<body>"
        f'<header><a class="logo" href="/"><img alt="{SITE_NAME}" src="/portal/Photos/banner.png"></a>'
        f'<div class="current-date">{hole("today")}</div>'
        f'<ul class="main-menu">{menu(list_path)}</ul></header>\n<main id="container">{trail}{main}</main>\n'
        f'<footer><div class="visitor">Đang online: {hole("online")}</div><p>Bản quyền thuộc UBND thị xã An Thuận</p>'
        "</footer></body></html>\n"
    )


def crumbs(section: Section) -> str:
    """Where one is."""
    return (
        f'<div class="breadcrumb"><a href="/">Trang chủ</a> <span>›</span> '
        f'<a href="{list_path(section, 1)}">{section.name}</a></div>\n'
    )


def plain(title: str, inside: str) -> str:
    """A page of text."""
    return page(title, "", f'<h1 class="page-title">{title}</h1><div class="page-content">{inside}</div>')


def article(sheet: ArticleSheet) -> str:
    """Title, day and counter, the lead in bold within the text, what is related."""
    story, at = sheet.story, sheet.row.listed_at
    lead = f"<p><strong>{sheet.lead}</strong></p>\n" if sheet.lead else ""
    others = f"<h3>Tin liên quan</h3><ul>\n{joined(sheet.older, other)}</ul>" if sheet.older else ""
    main = (
        f'<div class="new-detail-layout-type-2"><h1 class="new-detail-title">{words(story.title)}</h1>\n'
        f'<div class="post-date">{printed(at, sheet.row.number)} | lượt xem: {hole("views")}</div>\n'
        f'<div class="article-content">\n{lead}{sheet.body}\n</div>\n'
        f'<div class="relate-news">{others}</div></div>\n'
    )
    return page(story.title, crumbs(sheet.row.section), main)


def other(row: Row) -> str:
    """A row below an article."""
    return f'<li>{anchor(row)} <span class="article-date">{printed(row.listed_at, row.number)}</span></li>\n'


def item(row: Row) -> str:
    """A row of a list: titles are cut."""
    return (
        f'<div class="item-new"><a class="article-img" href="{row.href}"><img alt="" src="/portal/Photos/nho.png"></a>'
        f'<div class="article-right show-left">{anchor(row, TITLE, cut(row))}'
        f'<span class="article-date">{printed(row.listed_at, row.number)}</span>'
        f'<div class="article-brief">{summary(row)}</div></div></div>\n'
    )


def listing(sheet: ListSheet) -> str:
    """A page of a category."""
    pages = "".join(
        f'<li><a{" class=active" if number == sheet.number else ""} href="{list_path(sheet.section, number)}">'
        f"{number}</a></li>"
        for number in numbers(sheet.number, sheet.last)
    )
    pager = f'<ul class="paging">{pages}</ul>\n' if sheet.last > 1 else ""
    heading = f'<h1 class="category-title">{sheet.section.name}</h1>\n'
    return page(sheet.section.name, crumbs(sheet.section), heading + joined(sheet.rows, item) + pager)


def home(sheet: HomeSheet) -> str:
    """The newest of the site, then each category."""
    blocks = "".join(
        f'<section><h2><a href="{list_path(section, 1)}">{section.name}</a></h2>{joined(rows, item)}</section>\n'
        for section, rows in sheet.blocks
    )
    return page("Trang chủ", "", f"<section><h2>Tin mới nhất</h2>{joined(sheet.newest, item)}</section>\n{blocks}")


HUNGYEN = Dress(
    key="hungyen",
    name="Hưng Yên since 2025",
    host=HOST,
    article_path=article_path,
    list_path=list_path,
    list_asked=list_asked,
    article=article,
    listing=listing,
    home=home,
    plain=plain,
    page_date=printed,
    row_date=printed,
    page_minutes=no_minute,
    row_minutes=no_minute,
    heading="Tin liên quan",
    signed=signed,
)
