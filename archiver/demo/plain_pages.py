"""Pages without news: static ones, search, tags, what robots.txt forbids, and what is not there."""

from __future__ import annotations

from html import escape

from archiver.demo.addresses import encoded, link
from archiver.demo.article_pages import TAG_NAMES
from archiver.demo.markup import words
from archiver.demo.shell import TAGS, page
from archiver.demo.story import Story

ABOUT_TEXT = (
    "Thị xã An Thuận nằm ở phía Đông tỉnh Hải Dương Đông, có diện tích tự nhiên 96,4 km2, gồm 4 phường và 9 xã.",
    "Trụ sở UBND thị xã đặt tại số 1 đường Bến Sậy, phường Đông Lạc. Thị xã được thành lập ngày 14 tháng 2 năm 2005.",
    "Kinh tế của thị xã dựa vào trồng mía, nuôi cá lồng, nghề mộc và thương mại, dịch vụ dọc bờ sông Thuận.",
)
STYLESHEET = (
    b"body{font:15px Arial;margin:0 auto;max-width:960px}.nav li{display:inline-block;margin:0 8px}"
    b".td-left{float:right;width:220px}.tandan-p-article-news-title{font-size:22px}"
)


def static_page(title: str, file: str, inside: str) -> str:
    """A page in SharePoint's field, with a heading and no date of its own."""
    field = 'id="ctl00_PlaceHolderMain_ctl02__ControlWrapper_RichHtmlField" class="ms-rtestate-field"'
    return page(title, file, f'<h1 class="ms-core-pageTitle">{title}</h1>\n<div {field}>{inside}</div>')


def about_page() -> str:
    """Giới thiệu."""
    return static_page("Giới thiệu", "gioi-thieu.aspx", "".join(f"<p>{words(text)}</p>\n" for text in ABOUT_TEXT))


def contact_page() -> str:
    """Liên hệ: fields in the page's own form."""
    fields = "".join(
        f'<p><label>{label}</label> <input type="text" name="ctl00$PlaceHolderMain${name}"></p>\n'
        for label, name in (("Họ và tên", "txtHoTen"), ("Thư điện tử", "txtEmail"), ("Nội dung", "txtNoiDung"))
    )
    return static_page("Liên hệ", "lien-he.aspx", f'{fields}<input type="submit" name="ctl00$btnGui" value="Gửi">')


def search_page(asked: str) -> str:
    """A search that never finds anything."""
    return static_page("Tìm kiếm", "tim-kiem.aspx", f"<p>Không tìm thấy kết quả cho “{escape(asked[:80])}”.</p>")


def tags_page(tag: str, marked: list[Story]) -> str:
    """A cloud of tags that lead to the cloud again; below it links without dates, their letters as they are."""
    cloud = " ".join(f'<a href="{TAGS}?tag={encoded(name)}" style="font-size:14px">{name}</a>' for name in TAG_NAMES)
    items = "".join(
        f'<li><a href="{escape(link(story.path, 0, "home"))}">{words(story.title)}</a></li>' for story in marked
    )
    title = f"Từ khóa: {escape(tag[:60])}" if tag else "Từ khóa"
    return static_page(title, "tu-khoa.aspx", f'<div class="td-cloud">{cloud}</div><ul>{items}</ul>')


def internal_page() -> str:
    """A page that looks like an article; robots.txt forbids it, so no archive may hold it."""
    return page(
        "Danh bạ nội bộ",
        "danh-ba.aspx",
        '<p class="tandan-p-article-news-title">Danh bạ điện thoại nội bộ UBND thị xã</p>\n'
        '<div class="tandan-span-date-publish">Đăng ngày 02 - 01 - 2024</div>\n'
        '<div class="ms-rtestate-field"><p>Văn phòng: máy lẻ 101.</p><p>Phòng Kinh tế: máy lẻ 102.</p></div>',
    )


def missing_page() -> str:
    """What the server says of an address that leads nowhere."""
    return page(
        "Không tìm thấy trang",
        "error.aspx",
        "<h1>Không tìm thấy trang</h1>\n<p>Trang bạn yêu cầu không tồn tại hoặc đã bị gỡ bỏ.</p>"
        '<p><a href="/portal/Pages/default.aspx">Về trang chủ</a></p>',
    )
