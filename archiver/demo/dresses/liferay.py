"""Liferay with its asset publishers: `_101_cur=2` among parameters that name nothing, and midnight for "no time"."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from archiver.demo.dresses.dress import ArticleSheet, Dress, HomeSheet, ListAsked, ListSheet, Named, Row
from archiver.demo.dresses.parts import anchor, half_day, joined, menu, section_of, slug, summary
from archiver.demo.list_answers import asked_number
from archiver.demo.markup import words
from archiver.demo.names import SITE_NAME
from archiver.demo.responses import Request
from archiver.demo.sections import Section
from archiver.demo.stencil import hole

HOST = "https://anthuan-liferay.example"
FIRST_NUMBER = 4381000
CURRENT = "_101_cur"
LIST = re.compile(r"/([a-z-]+)")
TIMELESS = 5  # every fifth article has midnight for its time
STYLE = (
    "body{font:15px/1.6 Arial;max-width:980px;margin:auto}.lfr-nav li,.lfr-pagination-buttons li,.breadcrumb li"
    "{display:inline-block;margin:0 10px;list-style:none}.asset-abstract{border-bottom:1px solid #ddd;padding:8px 0}"
    "h3.asset-title{font-size:17px;margin:0}.assetPublishDate,.view-count{color:#777}p.sapo{font-weight:bold}"
    "h1.asset-full-content-title{font-size:24px}img{max-width:100%}"
    ".asset-image img{width:110px;float:left;margin:0 10px 4px 0}.asset-abstract{clear:left;overflow:hidden}"
    ".skip{position:absolute;left:-999px}"
)


def article_path(named: Named) -> str:
    """`/kinh-te/-/view_content/4381012-khoi-cong-cho.html`: the number names the article."""
    return f"/{slug(named.section)}/-/view_content/{FIRST_NUMBER + named.number}-{named.slug.lower()}.html"


def list_path(section: Section, page: int) -> str:
    """`/kinh-te`, and what the portlet makes of it for further pages."""
    return f"/{slug(section)}" if page == 1 else portlet_path(section, page)


def portlet_path(section: Section, page: int) -> str:
    """A page as the portlet's own links name it, the first one too."""
    return (
        f"/{slug(section)}?p_p_id=101&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view&p_p_col_id=column-2"
        f"&p_p_col_count=1&_101_delta=10&{CURRENT}={page}"
    )


def list_asked(request: Request) -> ListAsked | None:
    """The section in the path, the page in the portlet's parameter."""
    found = LIST.fullmatch(request.key)
    return (found[1], asked_number(request.query.get(CURRENT, ""))) if found and section_of(found[1]) else None


def is_timed(number: int) -> bool:
    """Whether an article's editor gave a time."""
    return number % TIMELESS != 2


def printed(at: datetime, number: int) -> str:
    """`Ngày đăng 09/09/2020 | 05:07 PM`; nbsp before the bar, as the platform writes it."""
    return f"Ngày đăng {at:%d/%m/%Y} | {half_day(at) if is_timed(number) else '12:00 AM'}"


def stamp(row: Row) -> str:
    """The date line in HTML."""
    return printed(row.listed_at, row.number).replace(" |", "&nbsp;|")


def page(title: str, crumbs: list[tuple[str, str]], main: str) -> str:
    """Head, menu, breadcrumb, one portlet, footer."""
    steps = " ".join(f'<li><a href="{href}">{name}</a></li>' for href, name in crumbs)
    trail = f'<ul class="breadcrumb breadcrumb-horizontal">{steps}</ul>\n' if crumbs else ""
    return (
        '<!DOCTYPE html>\n<html class="ltr" dir="ltr" lang="vi-VN"><head><meta charset="utf-8">'
        f"<title>{escape(title)} - {SITE_NAME}</title>\n<style>{STYLE}</style>\n"
        "<script>var Liferay=Liferay||{};Liferay.currentURL='/';Liferay.ThemeDisplay={getLanguageId:function()"
        "{return 'vi_VN'}};</script></head>\n<body class='yui3-skin-sam'>"
        '<a class="skip" href="#main-content">Truy cập nội dung luôn</a>\n'
        f'<header id="banner"><div class="site-title">{SITE_NAME}</div><span class="clock">{hole("today")}</span>'
        f'<ul class="lfr-nav">{menu(list_path)}</ul></header>\n{trail}'
        '<div class="portlet-boundary portlet-boundary_101_" id="p_p_id_101_"><div class="portlet-body" '
        f'id="main-content">\n{main}</div></div>\n'
        f"<footer><p>{hole('online')} người đang online</p><p>Bản quyền thuộc UBND thị xã An Thuận</p></footer>"
        "</body></html>\n"
    )


def plain(title: str, inside: str) -> str:
    """A web content without a date."""
    return page(title, [], f'<h1>{title}</h1><div class="journal-content-article">{inside}</div>')


def article(sheet: ArticleSheet) -> str:
    """Title, date line with a counter, lead, web content, related assets."""
    row, story = sheet.row, sheet.story
    lead = f'<p class="sapo">{sheet.lead}</p>\n' if sheet.lead else ""
    others = f'<h3 class="other-title">Tin khác</h3><ul>\n{joined(sheet.older, other)}</ul>' if sheet.older else ""
    main = (
        f'<div class="asset-full-content"><h1 class="asset-full-content-title">{words(story.title)}</h1>\n'
        f'<div class="assetPublishDate">{stamp(row)} &nbsp;| <span class="view-count">View count: {hole("views")}'
        f'</span></div>\n{lead}<div class="journal-content-article" id="article_101_{FIRST_NUMBER + row.number}">\n'
        f'{sheet.body}\n</div></div>\n<div class="asset-related">{others}</div>\n'
    )
    return page(story.title, [("/", "Trang chủ"), (list_path(row.section, 1), row.section.name)], main)


def other(row: Row) -> str:
    """A row below an article."""
    return f'<li><h3 class="asset-title">{anchor(row)}</h3><div class="assetPublishDate">{stamp(row)}</div></li>\n'


def item(row: Row) -> str:
    """A row of a list, its link now and then with a session or the portlet's noise."""
    noisy = {1: f"{row.href};jsessionid={hole('token')}", 3: f"{row.href}?_101_redirect=%2F&amp;p_p_auth=x"}
    href = noisy.get(row.number % 8, row.href)
    return (
        f'<div class="asset-abstract"><div class="asset-content normal-news"><div class="asset-image"><a href="{href}">'
        f'<img src="/portal/Photos/nho.png" alt=""></a></div>\n<div class="asset-content-custom">'
        f'<h3 class="asset-title">'
        f'<a href="{href}">{words(row.title)}</a></h3>\n<div class="assetPublishDate block_timer">{stamp(row)} &nbsp;| '
        f'View count: {hole("views")}</div>\n<div class="asset-summary">&nbsp;&nbsp;&nbsp;{summary(row)}</div>'
        "</div></div></div>\n"
    )


def listing(sheet: ListSheet) -> str:
    """A page of an asset publisher, older and newer ones by words."""
    steps = [
        f'<li><a href="{escape(portlet_path(sheet.section, number))}">{label}</a></li>'
        for number, label in ((1, "Đầu tiên"), (sheet.number - 1, "Trước"), (sheet.number + 1, "Tiếp theo"))
        if 1 <= number <= sheet.last and number != sheet.number
    ]
    pager = f'<ul class="lfr-pagination-buttons pager">{"".join(steps)}</ul>\n' if sheet.last > 1 else ""
    counted = f"<small>Trang {sheet.number} của {sheet.last}</small>\n" if sheet.last > 1 else ""
    crumbs = [("/", "Trang chủ"), (list_path(sheet.section, 1), sheet.section.name)]
    heading = f'<h1 class="portlet-title">{sheet.section.name}</h1>\n'
    return page(sheet.section.name, crumbs, heading + joined(sheet.rows, item) + counted + pager)


def home(sheet: HomeSheet) -> str:
    """An asset publisher for the newest, and one for each section."""
    blocks = "".join(
        f'<section><h2 class="portlet-title"><a href="{list_path(section, 1)}">{section.name}</a></h2>'
        f"{joined(rows, item)}</section>\n"
        for section, rows in sheet.blocks
    )
    newest = f'<section><h2 class="portlet-title">Tin mới nhất</h2>{joined(sheet.newest, item)}</section>\n'
    return page("Trang chủ", [], newest + blocks)


LIFERAY = Dress(
    key="liferay",
    name="Liferay",
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
    page_minutes=is_timed,
    row_minutes=is_timed,
    heading="Tin khác",
    sitemap_path="/sitemap.xml",
)
