"""Article pages: the platform's current theme, its older one, and the print view."""

from __future__ import annotations

from html import escape

from archiver.demo.addresses import encoded
from archiver.demo.dates import page_date
from archiver.demo.markup import (
    BREAKS,
    CLEAN,
    DECOMPOSED,
    ENTITIES,
    FIGURES,
    FRAMED,
    NESTED,
    UNCLOSED,
    Markup,
    body,
    words,
)
from archiver.demo.names import SITE_NAME
from archiver.demo.sections import BY_KEY
from archiver.demo.shell import TAGS, breadcrumb, page
from archiver.demo.stencil import hole
from archiver.demo.story import Story
from archiver.demo.word_paste import WORD

FIRST_PRINT_NUMBER = 31000
LABEL = "ctl00_PlaceHolderMain_ctl08_label"  # hidden from the eye, not from a parser
TAG_NAMES = ("nông nghiệp", "giáo dục", "lễ hội", "an toàn giao thông", "chuyển đổi số", "môi trường", "y tế")

MARKUPS = {0: WORD, 1: FIGURES, 3: BREAKS, 5: DECOMPOSED, 7: ENTITIES, 8: UNCLOSED, 9: NESTED}


def markup_of(story: Story, number: int) -> Markup:
    """Three bodies of ten are clean; each of the others came from some other editor."""
    tidy = FRAMED if BY_KEY[story.section].theme == "older" else CLEAN
    return MARKUPS.get(number % 10, tidy)


def article_page(story: Story, number: int, box: str) -> str:
    """The story in its section's theme, with the box of what is next older."""
    section = BY_KEY[story.section]
    theme = older_theme if section.theme == "older" else current_theme
    main = breadcrumb(section.path, section.name) + theme(story, number) + tags(number) + box
    return page(story.title.replace("\n", " "), encoded(story.slug) + ".aspx", main)


def print_path(number: int) -> str:
    """The print view of a story."""
    return f"/portal/pages/print.aspx?p={FIRST_PRINT_NUMBER + number}"


def field(story: Story, number: int) -> str:
    """SharePoint's rich text field, which holds the body in every theme."""
    control = f"ctl00_PlaceHolderMain_ctl{number % 7 + 1:02d}__ControlWrapper_RichHtmlField"
    return (
        f'<span id="{LABEL}" style="display:none">Nội dung trang</span>\n'
        f'<div id="{control}" class="ms-rtestate-field" style="display:inline" aria-labelledby="{LABEL}">\n'
        f"{body(story, markup_of(story, number))}\n</div>\n"
    )


def lead_words(story: Story, number: int) -> str:
    """The lead as its editor typed it."""
    return markup_of(story, number).letters(words(story.lead or ""))


def current_theme(story: Story, number: int) -> str:
    """Title, date line, zoom, lead, body."""
    date = "div" if number % 2 else "span"
    lead = f'<p class="tandan-p-article-news-summary">{lead_words(story, number)}</p>\n' if story.lead else ""
    zoom = '<a href="javascript:zoomOut()">-</a><span>100%</span><a href="javascript:zoomIn()">+</a>'
    return (
        f'<div class="tandan-article"><p class="tandan-p-article-news-title">{words(story.title)}</p>\n'
        f'<{date} class="tandan-span-date-publish">{page_date(story.listed_at)}</{date}>\n'
        f'<div class="td-views">Lượt xem: {hole("views")}</div>\n'
        f'<div class="td-tools"><a href="{print_path(number)}" target="_blank">In trang</a></div>\n'
        f'<div class="zoom">{zoom}</div>\n'
        f'{lead}<p class="tandan-p-article-main">&nbsp;</p>\n'
        f"{field(story, number)}</div>\n"
    )


def older_theme(story: Story, number: int) -> str:
    """The same in the theme of earlier years: the date in pieces, a comment form after the text."""
    day, month, year = page_date(story.listed_at).removeprefix("Đăng ngày ").split(" - ")
    date = f"Đăng ngày <span>{day}</span> - <span>{month}</span> - <span>{year}</span>"
    lead = f'<div class="tandan-summary-view"><b>{lead_words(story, number)}</b></div>\n' if story.lead else ""
    return (
        f'<div class="tandan-view"><h2 class="tandan-title-view">{words(story.title)}</h2>\n'
        f'<div class="tandan-date-view">{date}</div>\n'
        f'<div class="toolbar">Lượt xem: {hole("views")} | Cỡ chữ <a href="javascript:smaller()">-</a> 100% '
        f'<a href="javascript:larger()">+</a> | <a href="{print_path(number)}">In trang</a></div>\n'
        f"{lead}{field(story, number)}</div>\n"
        '<div class="td-comments"><h3>Gửi bình luận</h3><label>Họ tên</label><input type="text" name="ctl00$txtName">'
        '<label>Nội dung</label><textarea name="ctl00$txtComment" rows="4"></textarea>'
        '<input type="button" value="Gửi"></div>\n'
    )


def tags(number: int) -> str:
    """Two links to tag pages."""
    names = {TAG_NAMES[number % len(TAG_NAMES)], TAG_NAMES[number * 3 % len(TAG_NAMES)]}
    links = ", ".join(f'<a href="{TAGS}?tag={encoded(name)}">{name}</a>' for name in sorted(names))
    return f'<div class="td-tags">Từ khóa: {links}</div>\n'


def print_page(story: Story, number: int) -> str:
    """The story on bare paper."""
    lead = f"<p><strong>{lead_words(story, number)}</strong></p>\n" if story.lead else ""
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
        f"<title>{escape(story.title)} - {SITE_NAME}</title></head>\n"
        f'<body onload="window.print()"><h3>{SITE_NAME}</h3>\n'
        f'<p class="tandan-p-article-news-title">{words(story.title)}</p>\n'
        f'<span class="tandan-span-date-publish">{page_date(story.listed_at)}</span>\n'
        f"{lead}{field(story, number)}\n</body></html>\n"
    )
