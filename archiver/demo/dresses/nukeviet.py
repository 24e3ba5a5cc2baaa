"""NukeViet with its module `news`: weekday before the day, counters behind it, newer and older news below the text."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from archiver.demo.dresses.dress import ArticleSheet, Dress, HomeSheet, ListAsked, ListSheet, Named, Row, no_minute
from archiver.demo.dresses.parts import anchor, half_day, joined, menu, numbers, section_of, slug, summary, weekday
from archiver.demo.markup import words
from archiver.demo.names import SITE_NAME
from archiver.demo.responses import Request
from archiver.demo.sections import Section
from archiver.demo.stencil import hole

HOST = "https://anthuan-nukeviet.example"
NEWS = "/vi/news"
FIRST_NUMBER = 5700
LIST = re.compile(rf"{NEWS}/([a-z-]+)/(?:page-(\d{{1,6}})/?)?")
STYLE = (
    "body{font:15px/1.6 Arial;max-width:980px;margin:auto;color:#333}.nav li,.list-inline li,.breadcrumb li,"
    ".pagination li{display:inline-block;margin:0 10px 0 0;list-style:none}.panel{border:1px solid #ddd;padding:12px;"
    "margin:10px 0}.hidden{display:none}.hometext{font-weight:bold}.text-right{text-align:right}"
    "h1.title{font-size:24px}.related h4{display:inline;font-weight:normal}.text-muted{color:#777}.h3{font-size:18px}"
    "img{max-width:100%}"
)


def article_path(named: Named) -> str:
    """`/vi/news/kinh-te/Khoi-cong-cho-5712.html`: the number names the article."""
    return f"{NEWS}/{slug(named.section)}/{named.slug}-{FIRST_NUMBER + named.number}.html"


def list_path(section: Section, page: int) -> str:
    """`/vi/news/kinh-te/`, `/vi/news/kinh-te/page-2/`."""
    return f"{NEWS}/{slug(section)}/" + (f"page-{page}/" if page > 1 else "")


def list_asked(request: Request) -> ListAsked | None:
    """The section and the page in a list's path."""
    found = LIST.fullmatch(request.key)
    return (found[1], int(found[2] or 1)) if found and section_of(found[1]) else None


def feed_path(section: Section | None) -> str:
    """`/vi/news/rss/`, `/vi/news/rss/kinh-te/`."""
    return f"{NEWS}/rss/" + (f"{slug(section)}/" if section else "")


def page_date(at: datetime, _number: int) -> str:
    """`Thứ ba - 27/06/2023 10:14`."""
    return f"{weekday(at)} - {at:%d/%m/%Y %H:%M}"


def row_date(at: datetime, _number: int) -> str:
    """`09/02/2023 07:31:00 AM`."""
    return f"{at:%d/%m/%Y} {half_day(at)[:5]}:00 {half_day(at)[6:]}"


def beside_date(at: datetime, _number: int) -> str:
    """`(27/06/2023)`."""
    return f"({at:%d/%m/%Y})"


def signed(sign_off: str) -> str:
    """The editor's line under the platform's own two labels."""
    label, _, name = sign_off.partition(": ")
    return f"{'Nguồn tin' if label == 'Nguồn' else 'Tác giả bài viết'}: {name}"


def page(title: str, crumbs: list[tuple[str, str]], main: str) -> str:
    """Head, menu, breadcrumb, footer."""
    steps = "".join(f'<li><a href="{href}"><span>{name}</span></a></li>' for href, name in crumbs)
    trail = f'<div class="breadcrumbs-wrap"><ol class="breadcrumb">{steps}</ol></div>\n' if crumbs else ""
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><meta name="generator" content="NukeViet v4.5">\n'
        f"<title>{escape(title)} - {SITE_NAME}</title>\n<style>{STYLE}</style>\n"
        f'<link rel="alternate" type="application/rss+xml" title="Tin tức" href="{feed_path(None)}">\n'
        '<script>var nv_base_siteurl="/",nv_lang_data="vi",nv_name_variable="nv",nv_fc_variable="op";</script></head>\n'
        f'<body><header><div class="site-name">{SITE_NAME}</div><span>{hole("today")}</span>'
        f'<nav><ul class="nav">{menu(list_path, home="Trang nhất")}</ul></nav></header>\n{trail}'
        f'<div id="body">{main}</div>\n'
        f"<footer><p>Đang truy cập {hole('online')}</p><p>Bản quyền thuộc UBND thị xã An Thuận</p>"
        '<a href="/rss/">RSS</a> <a href="#">Lên đầu trang</a></footer></body></html>\n'
    )


def plain(title: str, inside: str) -> str:
    """A page of the module `about`, whose title is marked as that of news is."""
    main = (
        '<div class="page panel panel-default"><div class="panel-body">\n'
        f'<h1 class="title margin-bottom-lg">{title}</h1>\n'
        f'<div id="page-bodyhtml" class="bodytext margin-bottom-lg">{inside}</div></div></div>'
    )
    return page(title, [("/", "Trang nhất")], main)


def article(sheet: ArticleSheet) -> str:
    """Title, hidden machine dates, date line, lead, body, author, tags, other news."""
    section, story, at = sheet.row.section, sheet.story, sheet.row.listed_at
    hidden = (
        f'<span class="hidden hide d-none" itemprop="datePublished">{at.isoformat()}</span>\n'
        f'<span class="hidden hide d-none" itemprop="dateModified">{at.isoformat()}</span>\n'
    )
    main = (
        '<div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope>'
        f'<div class="panel-body"><h1 class="title margin-bottom-lg" itemprop="headline">{words(story.title)}</h1>\n'
        f'{hidden}<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">'
        f'{page_date(at, sheet.row.number)}</span></div><div class="col-md-12"><ul class="list-inline text-right">'
        '<li><a title="In ra" href="javascript:void(0)"><em>&nbsp;</em></a></li></ul></div></div>\n'
        + (f'<div class="hometext m-bottom" itemprop="description">{sheet.lead}</div>\n' if sheet.lead else "")
        + f'<div id="news-bodyhtml" class="bodytext margin-bottom-lg">\n{sheet.body}\n</div>\n'
        + author(story.sign_off)
        + '</div></div>\n<div class="news_column panel"><div class="h5"><strong>Tags: </strong>'
        "<em>An Thuận</em></div></div>\n"
        '<div class="news_column panel"><p>Tổng số điểm của bài viết là: 0 trong 0 đánh giá</p>'
        "<p>Click để đánh giá bài viết</p></div>\n" + others(sheet)
    )
    return page(story.title, [("/", "Trang nhất"), (list_path(section, 1), section.name)], main)


def author(sign_off: str | None) -> str:
    """Below the text, to the right."""
    if sign_off is None:
        return ""
    label, _, name = signed(sign_off).partition(": ")
    return f'<div class="margin-bottom-lg"><p class="h5 text-right"><strong>{label}: </strong>{words(name)}</p></div>\n'


def others(sheet: ArticleSheet) -> str:
    """What came after the article, and what came before it."""
    lists = (("Những tin mới hơn", sheet.newer), ("Những tin cũ hơn", sheet.older))
    inside = "".join(
        f'<p class="h3"><strong>{heading}</strong></p>\n<ul class="detail-related related list-none list-items">\n'
        f"{joined(rows, other)}</ul>\n"
        for heading, rows in lists
        if rows
    )
    return f'<div class="news_column panel"><div class="panel-body other-news">{inside}</div></div>\n' if inside else ""


def other(row: Row) -> str:
    """A row below an article: a day in brackets."""
    return f"<li><h4>{anchor(row)}</h4> <em>{beside_date(row.listed_at, row.number)}</em></li>\n"


def item(row: Row) -> str:
    """A row of a list."""
    return (
        f'<div class="news_column"><div class="panel panel-default"><div class="panel-body"><h3>{anchor(row)}</h3>\n'
        f'<div class="text-muted"><ul class="list-unstyled list-inline"><li>{row_date(row.listed_at, row.number)}</li>'
        f"<li>Đã xem: {hole('views')}</li><li>Phản hồi: 0</li></ul></div>\n<p>{summary(row)}</p></div></div></div>\n"
    )


def listing(sheet: ListSheet) -> str:
    """A page of a category."""
    pages = "".join(
        f'<li class="page-item{" active" if number == sheet.number else ""}"><a class="page-link" '
        f'href="{"#" if number == sheet.number else list_path(sheet.section, number)}">{number}</a></li>'
        for number in numbers(sheet.number, sheet.last)
    )
    pager = f'<div class="text-center"><ul class="pagination">{pages}</ul></div>\n' if sheet.last > 1 else ""
    crumbs = [("/", "Trang nhất"), (list_path(sheet.section, 1), sheet.section.name)]
    title = sheet.section.name + (f" - Trang {sheet.number}" if sheet.number > 1 else "")
    description = f'<div class="alert alert-info clearfix"><h3>{sheet.section.name}</h3></div>'
    return page(title, crumbs, f'<div class="news_column">{description}</div>\n' + joined(sheet.rows, item) + pager)


def home(sheet: HomeSheet) -> str:
    """The newest of the site, then a panel for each category."""
    blocks = "".join(
        f'<div class="panel"><h2><a href="{list_path(section, 1)}">{section.name}</a></h2>{joined(rows, item)}</div>\n'
        for section, rows in sheet.blocks
    )
    newest = f'<div class="panel"><h2>Tin mới nhất</h2>{joined(sheet.newest, item)}</div>\n'
    return page("Trang nhất", [], newest + blocks)


NUKEVIET = Dress(
    key="nukeviet",
    name="NukeViet",
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
    heading="Những tin cũ hơn",
    beside_date=beside_date,
    beside_minutes=no_minute,
    signed=signed,
    signs_in_body=False,
    feed_page="/rss/",
    feed_path=feed_path,
    sitemap_path="/sitemap-vi.news.xml",
    sitemap_index="/sitemap.xml",
)
