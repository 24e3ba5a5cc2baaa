"""UIArticle: pages made of `UIArticle…` controls, days without times, lists whose script posts for what is older."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from html import escape
from urllib.parse import parse_qsl

from archiver.demo.dresses.dress import (
    ArticleSheet,
    Dress,
    Fragments,
    HomeSheet,
    ListAsked,
    ListSheet,
    Named,
    Row,
    no_minute,
)
from archiver.demo.dresses.parts import anchor, joined, menu, numbers, place, section_of, slug, summary
from archiver.demo.markup import words
from archiver.demo.names import SITE_NAME
from archiver.demo.responses import Request
from archiver.demo.sections import PAGE_SIZE, SECTIONS, Section
from archiver.demo.stencil import hole

HOST = "https://anthuan-uiarticle.example"
FIRST_NUMBER = 488200
FIRST_CATEGORY = 54440
SITE = 4
LOAD = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
LIST = re.compile(r"/([a-z-]+)")
MOST_ROWS = 100  # to a fragment, whatever is asked for
STYLE = (
    "body{font:15px/1.6 Arial;max-width:980px;margin:auto}.menu li,.pagination li{display:inline-block;margin:0 10px;"
    "list-style:none}.ArticleHeader{font-size:24px;font-weight:bold;color:#a00}.PostDate,.Ngaydang{color:#777}"
    ".ArticleSummary{font-weight:bold}.ArticleList{list-style:none;padding:0}.ArticleList li{border-bottom:1px dotted "
    "#bbb;padding:8px 0}h2.Title{font-size:17px;margin:0}.tool{float:right}img{max-width:100%}"
    ".col-lg-2 img{width:110px;float:left;margin:0 10px 4px 0}.ArticleList li{clear:left}.active{font-weight:bold}"
)


def article_path(named: Named) -> str:
    """`/kinh-te/Khoi-cong-cho-488212`: the number names the article."""
    return f"/{slug(named.section)}/{named.slug}-{FIRST_NUMBER + named.number}"


def list_path(section: Section, _page: int) -> str:
    """`/kinh-te`; no further page has an address."""
    return f"/{slug(section)}"


def list_asked(request: Request) -> ListAsked | None:
    """The section in a list's path."""
    found = LIST.fullmatch(request.key)
    return (found[1], 1) if found and section_of(found[1]) else None


def wish(request: Request) -> Mapping[str, object]:
    """What is posted: JSON, or a form as older scripts send it."""
    if "json" in request.headers.get("content-type", "json"):
        found = json.loads(request.body)
        return found if isinstance(found, dict) else {}
    return dict(parse_qsl(request.body.decode("utf-8", "replace")))


def fragment_asked(request: Request) -> tuple[str, int, int] | None:
    """Section, page and rows to a page; null for a wish that makes no sense."""
    try:
        posted = wish(request)
        fields = ("article_category_id", "site_id", "page", "page_size")
        category, site, page, size = (int(str(posted[name])) for name in fields)
    except (KeyError, ValueError):
        return None
    if site != SITE or page < 1 or not 0 < size <= MOST_ROWS or not 0 <= category - FIRST_CATEGORY < len(SECTIONS):
        return None
    return SECTIONS[category - FIRST_CATEGORY].key, page, size


def page_date(at: datetime, _number: int) -> str:
    """`Ngày đăng: 08/07/2024`."""
    return f"Ngày đăng: {at:%d/%m/%Y}"


def row_date(at: datetime, _number: int) -> str:
    """`(08/07/2024)`."""
    return f"({at:%d/%m/%Y})"


def page(title: str, trail: str, main: str) -> str:
    """Head, menu, breadcrumb, the form of ASP.NET, footer."""
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">'
        f"<title>{escape(title)} - {SITE_NAME}</title>\n<style>{STYLE}</style></head>\n<body>"
        '<form method="post" action="/Default.aspx" id="Form">'
        f'<input type="hidden" name="__VIEWSTATE" value="{hole("state")}">\n'
        f'<div class="Header"><h4>{SITE_NAME}</h4><span class="UIDateTime">{hole("today")}</span>'
        '<a href="javascript:login()">ĐĂNG NHẬP</a></div>\n'
        f'<ul class="menu">{menu(list_path)}</ul>\n{trail}<div class="ModuleContent">{main}</div>\n'
        f'<div class="Footer"><p>Số người đang truy cập: {hole("online")}</p>'
        "<p>Bản quyền thuộc UBND thị xã An Thuận</p></div></form></body></html>\n"
    )


def crumbs(section: Section) -> str:
    """Where one is."""
    return (
        f'<div class="UIBreadcrumb breadcrumb"><a href="/">Trang chủ</a> / <a href="{list_path(section, 1)}">'
        f"{section.name}</a></div>\n"
    )


def plain(title: str, inside: str) -> str:
    """A page of text."""
    return page(title, "", f'<div class="UIHtml"><h1>{title}</h1>{inside}</div>')


def article(sheet: ArticleSheet) -> str:
    """Tools, title, day, summary, text; below it the other articles."""
    story, at = sheet.story, sheet.row.listed_at
    summary_line = f'<div class="ArticleSummary">{sheet.lead}</div>\n' if sheet.lead else ""
    others = f'<ul class="ArticleList">\n{joined(sheet.older, other)}</ul>\n' if sheet.older else ""
    main = (
        f'<div class="ArticleDetailControl"><div class="ArticleHeader">{words(story.title)}</div>\n'
        f'<div class="PostDate">{page_date(at, sheet.row.number)}</div>\n'
        f'<div class="tool"><a href="javascript:void(0)">A-</a> <a href="javascript:void(0)">A+</a> '
        f'<a href="javascript:window.print()">In trang</a> Lượt xem: {hole("views")}</div>\n'
        f'{summary_line}<div class="ArticleContent">\n{sheet.body}\n</div></div>\n'
        f'<div class="UIArticleOther"><h3 class="OtherTitle">Các tin khác</h3>{others}</div>\n'
    )
    return page(story.title, crumbs(sheet.row.section), main)


def other(row: Row) -> str:
    """A row below an article."""
    return f"<li>{anchor(row)} {row_date(row.listed_at, row.number)}</li>\n"


def item(row: Row) -> str:
    """A row of a list: picture, title, day, summary."""
    picture = (
        f'<div class="col-lg-2"><a href="{row.href}"><img class="image" alt="" src="/portal/Photos/nho.png"></a></div>'
    )
    return (
        f'<li class="row">{picture}<div class="col-lg-10"><h2 class="Title">{anchor(row)}</h2>'
        f'<div class="Ngaydang">{row_date(row.listed_at, row.number)}</div><p>{summary(row)}</p></div></li>\n'
    )


def rows(shown: tuple[Row, ...]) -> str:
    """The rows of a page, as they stand in it and as its script fetches them."""
    return f'<ul class="ArticleList">\n{joined(shown, item)}</ul>\n' if shown else ""


def listing(sheet: ListSheet) -> str:
    """The first page of a list, and the script that asks for the others."""
    pages = "".join(
        f'<li class="page-item page-number{" active" if number == 1 else ""}" data-page="{number}">'
        f'<a class="page-link" href="javascript:void(0)">{number}</a></li>'
        for number in numbers(1, sheet.last)
    )
    script = (
        f'<ul class="pagination">{pages}</ul>\n<script>var maxPage = parseInt({sheet.last});\n'
        f'function loadPage(page) {{ $.ajax({{ type: "POST", url: "{LOAD}", '
        f"data: JSON.stringify({{ article_category_id: {FIRST_CATEGORY + place(sheet.section)}, site_id: {SITE}, "
        f'page: page, page_size: {PAGE_SIZE}, keyword: "", show_post_date: "True", lang: "vi-VN" }}), '
        'contentType: "application/json; charset=utf-8", '
        'success: function (answer) { $(".ArticleInMenu").html(answer.d); } }); }</script>\n'
    )
    main = (
        f'<div class="UIArticleInMenu_Default"><h1 class="MenuTitle">{sheet.section.name}</h1>'
        f'<div class="ArticleInMenu">{rows(sheet.rows)}</div>{script if sheet.last > 1 else ""}</div>\n'
    )
    return page(sheet.section.name, crumbs(sheet.section), main)


def home(sheet: HomeSheet) -> str:
    """The newest of the site, then a box for each section."""
    boxes = "".join(
        f'<div class="UIListNews_Default"><h3 class="BoxTitle"><a href="{list_path(section, 1)}">{section.name}</a>'
        "</h3>"
        f"{rows(shown)}</div>\n"
        for section, shown in sheet.blocks
    )
    newest = f'<div class="UIListNews_Default"><h3 class="BoxTitle">Tin mới nhất</h3>{rows(sheet.newest)}</div>\n'
    return page("Trang chủ", "", newest + boxes)


UIARTICLE = Dress(
    key="uiarticle",
    name="UIArticle (ASP.NET)",
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
    page_minutes=no_minute,
    row_minutes=no_minute,
    heading="Các tin khác",
    fragments=Fragments(LOAD, fragment_asked, rows),
)
