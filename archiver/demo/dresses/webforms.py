"""ASP.NET WebForms: lists go on by `__doPostBack` alone, each page by the state of the page before it."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from archiver.demo.dresses.dress import ArticleSheet, Dress, HomeSheet, ListAsked, ListSheet, Named, Row, no_minute
from archiver.demo.dresses.parts import anchor, joined, menu, numbers, section_of, slug, summary
from archiver.demo.markup import words
from archiver.demo.names import SITE_NAME
from archiver.demo.responses import Request
from archiver.demo.sections import Section
from archiver.demo.stencil import hole

HOST = "https://anthuan-webforms.example"
LIST = re.compile(r"/vi/([a-z-]+)")
PAGER = "ctl00$mainContent$rptPages"
STYLE = (
    "body{font:15px/1.6 Arial;max-width:980px;margin:auto}.menu li{display:inline-block;margin:0 10px;list-style:none}"
    ".title-article{font-size:24px}.tinmoii{border-bottom:1px solid #ddd;padding:8px 0}.tinmoii h4{margin:0}"
    ".ngaythang,#datearticle{color:#777}.chitietbaiviet h2{font-size:16px}.phantrang a,.phantrang span{margin:0 5px}"
    "img{max-width:100%}"
)


def article_path(named: Named) -> str:
    """`/vi/khoi-cong-cho-abcd0012`: nothing in it says that it is an article."""
    return f"/vi/{named.slug}"


def list_path(section: Section, _page: int) -> str:
    """`/vi/kinh-te`; further pages have no address."""
    return f"/vi/{slug(section)}"


def list_asked(request: Request) -> ListAsked | None:
    """The section in the path; the page is in what is posted."""
    found = LIST.fullmatch(request.key)
    return (found[1], 1) if found and section_of(found[1]) else None


def page_date(at: datetime, _number: int) -> str:
    """`Cập nhật lúc 17/05/2024 3:17 CH`."""
    return f"Cập nhật lúc {at:%d/%m/%Y} {(at.hour - 1) % 12 + 1}:{at:%M} {'SA' if at.hour < 12 else 'CH'}"


def row_date(at: datetime, _number: int) -> str:
    """`17/05/2024`."""
    return f"{at:%d/%m/%Y}"


def state() -> str:
    """The hidden fields, which no two responses share."""
    fields = {
        "__EVENTTARGET": "",
        "__EVENTARGUMENT": "",
        "__VIEWSTATE": hole("state"),
        "__VIEWSTATEGENERATOR": "CA0B0334",
        "__EVENTVALIDATION": hole("validation"),
    }
    return "".join(f'<input type="hidden" name="{name}" id="{name}" value="{fields[name]}">\n' for name in fields)


def beside_date(at: datetime, number: int) -> str:
    """The same in brackets."""
    return f"({row_date(at, number)})"


def page(title: str, file: str, trail: str, main: str) -> str:
    """Head, the one form around everything, menu, breadcrumb, footer."""
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">'
        f"<title>{SITE_NAME} - {escape(title)}</title>\n<style>{STYLE}</style></head>\n"
        f'<body><form method="post" action="./{escape(file)}" id="form1">\n{state()}'
        '<script>function __doPostBack(target, argument) { var form = document.forms["form1"]; '
        "form.__EVENTTARGET.value = target; form.__EVENTARGUMENT.value = argument; form.submit(); }</script>\n"
        f'<div class="banner">{SITE_NAME} <span class="date">{hole("today")}</span></div>\n'
        f'<ul class="menu">{menu(list_path)}</ul>\n{trail}<div id="box_t">{main}</div>\n'
        f'<div class="footer">{hole("online")} người đang truy cập<p>Bản quyền thuộc UBND thị xã An Thuận</p></div>'
        "</form></body></html>\n"
    )


def crumbs(section: Section) -> str:
    """Where one is."""
    link = f'<a href="{list_path(section, 1)}">{section.name}</a>'
    return f'<div class="duongdan"><a href="/">Trang chủ</a> » {link}</div>\n'


def plain(title: str, inside: str) -> str:
    """A page of text."""
    return page(title, "gioi-thieu", "", f"<h1>{title}</h1>{inside}")


def article(sheet: ArticleSheet) -> str:
    """Title, date line, the lead as a heading of the text, the text, and what else there is."""
    story, at = sheet.story, sheet.row.listed_at
    lead = f"<h2>{sheet.lead}</h2>\n" if sheet.lead else ""
    others = f'<div class="tinkhac"><h3>Tin khác</h3><ul>\n{joined(sheet.older, other)}</ul></div>\n'
    main = (
        f'<h1 class="title-article">{words(story.title)}</h1>\n'
        f'<div id="datearticle">{page_date(at, sheet.row.number)}</div>\n'
        f'<div class="chitietbaiviet">\n{lead}{sheet.body}\n</div>\n{others if sheet.older else ""}'
    )
    return page(story.title, story.slug, crumbs(sheet.row.section), main)


def other(row: Row) -> str:
    """A row below an article."""
    return f'<li>{anchor(row)} <span class="ngaythang">{beside_date(row.listed_at, row.number)}</span></li>\n'


def item(row: Row) -> str:
    """A row of a list."""
    return (
        f'<div class="tinmoii"><h4>{anchor(row)}</h4>'
        f'<span class="ngaythang">{row_date(row.listed_at, row.number)}</span>'
        f"<p>{summary(row)}</p></div>\n"
    )


def step(sheet: ListSheet, number: int) -> str:
    """A page of the pager; the quotes as ASP.NET writes them."""
    if number == sheet.number:
        return f"<span>{number}</span>"
    return f'<a href="javascript:__doPostBack(&#39;{PAGER}&#39;,&#39;Page${number}&#39;)">{number}</a>'


def listing(sheet: ListSheet) -> str:
    """A page of a list."""
    steps = " ".join(step(sheet, number) for number in numbers(sheet.number, sheet.last))
    pager = f'<div class="phantrang">{steps}</div>\n' if sheet.last > 1 else ""
    heading = f"<h1>{sheet.section.name}</h1>\n"
    main = heading + joined(sheet.rows, item) + pager
    return page(sheet.section.name, slug(sheet.section), crumbs(sheet.section), main)


def home(sheet: HomeSheet) -> str:
    """The newest of the site, then each section."""
    blocks = "".join(
        f'<div><h3><a href="{list_path(section, 1)}">{section.name}</a></h3>{joined(rows, item)}</div>\n'
        for section, rows in sheet.blocks
    )
    newest = f"<div><h3>Tin mới nhất</h3>{joined(sheet.newest, item)}</div>\n"
    return page("Trang chủ", "default.aspx", "", newest + blocks)


WEBFORMS = Dress(
    key="webforms",
    name="WebForms (__doPostBack)",
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
    row_minutes=no_minute,
    beside_date=beside_date,
    heading="Tin khác",
    posts_pages=True,
)
