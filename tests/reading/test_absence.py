"""Pages that say there is nothing, and pages of another site."""

import pytest

from archiver.demo import DemoPortal, demo_clock, stories
from archiver.portals import PORTALS
from archiver.reading.page import read

DEMO = PORTALS["demo"]
ADDRESS = "https://anthuan.example/portal/Pages/2024-1-2/bai.aspx"


def page(*lines, title="Cổng thông tin điện tử thị xã An Thuận", address=ADDRESS):
    shown = "".join(f"<div>{line}</div>" for line in lines)
    return read(f"<html><head><title>{title}</title></head><body>{shown}</body></html>".encode(), DEMO, address)


@pytest.mark.parametrize(
    "notice",
    [
        "Không tìm thấy trang bạn yêu cầu",
        "Không tìm thấy nội dung.",
        "Trang bạn tìm không tồn tại hoặc đã bị xóa",
        "Bài viết này không còn tồn tại",
        "Bài viết đã bị gỡ bỏ",
        "Nội dung bạn yêu cầu không được tìm thấy",
        "The page you are looking for cannot be found.",
        "404 - Not Found",
        "Lỗi 404",
    ],
)
def test_a_notice_is_understood(notice):
    read_page = page("Trang chủ", notice, "Địa chỉ: số 1, phố Chợ")
    assert read_page.kind == "other"
    assert read_page.says_missing


@pytest.mark.parametrize(
    "text",
    [
        "Công an thị xã chưa tìm thấy nạn nhân",
        "Tin tức về 404 hộ nghèo",
        "Trang chủ",
        "Dữ liệu đang được cập nhật",
        "Hội nghị không tìm thấy tiếng nói chung",
        '<a href="/portal/Pages/x.aspx">Không tìm thấy trang</a>',
    ],
)
def test_other_words_are_no_notice(text):
    assert not page(text).says_missing


def test_an_article_about_it_is_an_article():
    portal = DemoPortal(stories(20), demo_clock(), faults=False)
    story = portal.truth().stories[0]
    portal.edit(story.url, paragraphs=("Không tìm thấy trang nào trong sổ cũ.",))
    body = portal.respond("GET", story.url.removeprefix("https://anthuan.example") + "?v=2").body
    read_page = read(body, DEMO, story.url)
    assert (read_page.kind, read_page.says_missing) == ("article", False)


def test_the_made_up_portals_own_notice_is_understood():
    portal = DemoPortal(stories(20), demo_clock())
    answer = portal.respond("GET", "/portal/Pages/2024-1-2/khong-co.aspx")
    assert answer.status == 404
    assert read(answer.body, DEMO, ADDRESS).says_missing


def test_a_page_names_its_portal_or_does_not():
    portal = DemoPortal(stories(20), demo_clock(), faults=False)
    assert read(portal.respond("GET", "/").body, DEMO, DEMO.url).names_portal
    assert page("Tên miền này đang được rao bán", title="Parked", address=DEMO.url).names_portal is False
    assert page("UBND THỊ XÃ AN THUẬN", title="x", address=DEMO.url).names_portal
    assert page("UBND THỊ XÃ AN THUẬN").names_portal is None, "only the home page is asked"
