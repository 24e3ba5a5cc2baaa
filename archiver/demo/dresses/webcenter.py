"""Oracle WebCenter: an article is a document with a number in the query; so are the sections of its one list page."""

from __future__ import annotations

from datetime import datetime
from html import escape

from archiver.demo.dresses.dress import ArticleSheet, Dress, HomeSheet, ListAsked, ListSheet, Named, Row
from archiver.demo.dresses.parts import anchor, half_day, joined, menu, numbers, section_of, slug, summary
from archiver.demo.list_answers import asked_number
from archiver.demo.markup import words
from archiver.demo.names import SITE_NAME
from archiver.demo.responses import Request
from archiver.demo.sections import Section
from archiver.demo.stencil import hole

HOST = "https://anthuan-webcenter.example"
SITE = "/webcenter/portal/anthuan"
FIRST_NUMBER = 484900
STYLE = (
    "body{font:15px/1.6 Arial;max-width:980px;margin:auto}.wc-menu a{margin:0 10px}.wc-item{clear:left;padding:8px 0;"
    "border-bottom:1px solid #ddd}.wc-item img{float:left;width:120px;margin:0 10px 0 0}.wc-time{color:#777;"
    "font-size:13px}.wc-heading{font-size:24px}.wc-pages a,.wc-pages b{margin:0 5px}img{max-width:100%}"
    "table img{max-height:80px}.wc-document table img{max-height:none}"
)


def article_path(named: Named) -> str:
    """`/webcenter/portal/anthuan/pages_tin-tuc/chi-tiet?dDocName=PORTAL484912`."""
    return f"{SITE}/pages_tin-tuc/chi-tiet?dDocName=PORTAL{FIRST_NUMBER + named.number}"


def list_path(section: Section, page: int) -> str:
    """`/webcenter/portal/anthuan/pages_tin-tuc?catalog=kinh-te&page=2`."""
    return f"{SITE}/pages_tin-tuc?catalog={slug(section)}" + (f"&page={page}" if page > 1 else "")


def list_asked(request: Request) -> ListAsked | None:
    """Section and page in the query."""
    catalog = request.query.get("catalog", "")
    if request.key != f"{SITE}/pages_tin-tuc" or section_of(catalog) is None:
        return None
    return catalog, asked_number(request.query.get("page", ""))


def printed(at: datetime, _number: int) -> str:
    """`01/03/2023 | 03:40 PM`."""
    return f"{at:%d/%m/%Y} | {half_day(at)}"


def beside_date(at: datetime, number: int) -> str:
    """The same in brackets."""
    return f"({printed(at, number)})"


def page(title: str, trail: str, main: str) -> str:
    """Head, menu, breadcrumb, the form of ADF, footer. Addresses of the menu carry the state of a session."""
    return (
        '<!DOCTYPE html>\n<html lang="vi-VN"><head><meta charset="utf-8"><meta name="generator" '
        f'content="Oracle WebCenter Portal"><title>{escape(title)} - {SITE_NAME}</title>\n<style>{STYLE}</style>\n'
        f'<script>var _adfPath="/webcenter/afr/";var _adfState="_adf.ctrl-state={hole("token")}";</script></head>\n'
        f'<body><form method="post" action="{SITE}?_adf.ctrl-state={hole("token")}">'
        f'<input type="hidden" name="javax.faces.ViewState" value="{hole("state")}">\n'
        f'<table width="100%"><tr><td><img alt="" src="/portal/Photos/banner.png"></td><td>{hole("today")}</td></tr>'
        f'</table>\n<div class="wc-menu">{menu(list_path, "{} ")}</div>\n{trail}<div id="pt1:content">{main}</div>\n'
        f'<div class="wc-footer"><p>Tổng số lượt truy cập: {hole("views")}</p>'
        "<p>Bản quyền thuộc UBND thị xã An Thuận</p></div></form></body></html>\n"
    )


def crumbs(section: Section) -> str:
    """Where one is."""
    return f'<div><a href="/">Trang chủ</a> &gt; <a href="{escape(list_path(section, 1))}">{section.name}</a></div>\n'


def plain(title: str, inside: str) -> str:
    """A page of text."""
    return page(title, "", f'<h1 class="wc-heading">{title}</h1>{inside}')


def article(sheet: ArticleSheet) -> str:
    """Title, date line, the lead in bold, the document, and what else there is."""
    story, at = sheet.story, sheet.row.listed_at
    lead = f"<p><strong>{sheet.lead}</strong></p>\n" if sheet.lead else ""
    others = f"<h3>Tin liên quan</h3><ul>\n{joined(sheet.older, other)}</ul>\n" if sheet.older else ""
    main = (
        f'<h1 class="wc-heading">{words(story.title)}</h1>\n'
        f'<div class="wc-time">{printed(at, sheet.row.number)}</div>\n'
        f'<div class="wc-document">{lead}{sheet.body}\n</div>\n{others}'
    )
    return page(story.title, crumbs(sheet.row.section), main)


def other(row: Row) -> str:
    """A row below an article."""
    return f'<li>{anchor(row)} <span class="wc-time">{beside_date(row.listed_at, row.number)}</span></li>\n'


def item(row: Row) -> str:
    """A row of a list: the time stands above the summary, its address now and then with a state of the session."""
    href = f"{row.href}&amp;_afrLoop={hole('views')}" if row.number % 6 == 1 else row.href
    return (
        f'<div class="wc-item"><a href="{href}"><img alt="" src="/portal/Photos/nho.png"></a>'
        f'<h3><a href="{href}">{words(row.title)}</a></h3>'
        f'<div class="wc-time">{printed(row.listed_at, row.number)}</div>'
        f"<p>{summary(row)}</p></div>\n"
    )


def listing(sheet: ListSheet) -> str:
    """A page of a catalogue."""
    links = " ".join(
        f"<b>{number}</b>"
        if number == sheet.number
        else f'<a href="{escape(list_path(sheet.section, number))}">{number}</a>'
        for number in numbers(sheet.number, sheet.last)
    )
    pager = f'<div class="wc-pages">{links}</div>\n' if sheet.last > 1 else ""
    heading = f'<h1 class="wc-heading">{sheet.section.name}</h1>\n'
    return page(sheet.section.name, crumbs(sheet.section), heading + joined(sheet.rows, item) + pager)


def home(sheet: HomeSheet) -> str:
    """The newest of the site, then each catalogue."""
    blocks = "".join(
        f'<div><h2><a href="{list_path(section, 1)}">{section.name}</a></h2>{joined(rows, item)}</div>\n'
        for section, rows in sheet.blocks
    )
    return page("Trang chủ", "", f"<div><h2>Tin mới nhất</h2>{joined(sheet.newest, item)}</div>\n{blocks}")


WEBCENTER = Dress(
    key="webcenter",
    name="Oracle WebCenter",
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
    beside_date=beside_date,
    heading="Tin liên quan",
    naming_parameter="dDocName",
)
