"""What kind of page it is, where a page carries what belongs to another kind."""

import pytest

from archiver.portals import PORTALS
from archiver.reading.page import read

HOST = "https://anthuan.example"
NOTICE = (
    "<div class='left'><div class='box'><b>Thông báo</b><p>Tuyển dụng lao động hợp đồng tại Trung tâm Văn hóa thị xã</p>"
    "<span>Đăng ngày 05 - 01 - 2018</span></div></div>"
)
CRUMBS = "<div><a href='/'>Trang chủ</a> » <a href='/portal/Pages/Thong-bao.aspx'>Thông báo</a></div>"
ROWS = "".join(
    f"<li><a href='/portal/Pages/tin-{n}.aspx'>Thông báo số {n} của Ủy ban nhân dân thị xã</a> (0{n}/06/2023 9:00 SA)</li>"
    for n in (1, 2, 3)
)
PROSE = (
    "<p>Sáng 9/6, Ủy ban nhân dân thị xã tổ chức hội nghị sơ kết công tác sáu tháng đầu năm tại hội trường lớn.</p>" * 3
)


def page(
    markup, path="/portal/Pages/Thong-bao.aspx", title="Thông báo - Cổng thông tin điện tử thị xã An Thuận", of="demo"
):
    html = f"<html><head><title>{title}</title></head><body>{markup}</body></html>"
    return read(html.encode(), PORTALS[of], f"{HOST}{path}", "text/html; charset=utf-8")


def test_a_list_beside_a_dated_notice_whose_box_is_called_like_the_page():
    read_page = page(f"{NOTICE}<div class='main'>{CRUMBS}<ul>{ROWS}</ul></div>")
    assert (read_page.kind, len(read_page.listed)) == ("list", 3)
    assert {row.list_kind for row in read_page.listed} == {"section"}


def test_a_list_whose_dates_stand_above_its_titles():
    """Its heading and the first row's date look like the head of an article."""
    rows = "".join(
        f"<div><i>0{n}/06/2023 | 03:40 PM</i><h3><a href='/portal/Pages/tin-{n}.aspx'>Thông báo số {n} của thị xã</a></h3></div>"
        for n in (1, 2, 3)
    )
    read_page = page(f"<div><h2>Thông báo</h2>{rows}</div>")
    assert (read_page.kind, [row.listed_at[8:10] for row in read_page.listed]) == ("list", ["01", "02", "03"])


def test_an_article_with_a_link_to_its_section_beside_its_date():
    head = "<h1>Hội nghị sơ kết công tác</h1><div><i>09/06/2023</i><p><a href='/tin-tuc'>Tin trong thị xã</a></p></div>"
    read_page = page(f"<div>{head}{PROSE}</div><ul>{ROWS}</ul>", title="Hội nghị sơ kết công tác")
    assert (read_page.kind, read_page.article.published_on) == ("article", "2023-06-09")


def test_an_empty_list_beside_a_dated_notice():
    assert page(f"{NOTICE}<div class='main'>{CRUMBS}<p>Chưa có tin.</p></div>").kind == "other"


def test_the_clock_of_the_day_above_a_text_without_a_date_makes_no_article():
    clock = "<div>Thứ Sáu, ngày 09 tháng 06 năm 2023</div>"
    assert (
        page(f"{clock}<div><h1>Giới thiệu chung về thị xã</h1>{PROSE}</div>", title="Giới thiệu chung").kind == "other"
    )


def test_a_month_of_a_calendar_is_neither_article_nor_list():
    days = "".join(f"<td><a href='?ngay={day}'>{day}</a></td>" for day in range(1, 31))
    read_page = page(
        f"<div>{CRUMBS}<h2>Lịch công tác tháng 6/2023</h2><table><tr>{days}</tr></table>"
        "<a href='?thang=5'>Tháng trước</a> <a href='?thang=7'>Tháng sau</a></div>",
        title="Lịch công tác",
    )
    assert read_page.kind == "other"


def test_the_home_page_is_a_list_of_its_own_kind():
    read_page = page(f"{NOTICE}<h2>Hoạt động của lãnh đạo</h2><ul>{ROWS}</ul>", path="/", title="Trang chủ")
    assert read_page.kind == "list"
    assert {row.list_kind for row in read_page.listed} == {"home"}


def test_a_notice_on_a_page_of_its_own_is_an_article():
    read_page = page(
        f"<div class='main'>{CRUMBS}<h1>Tuyển dụng lao động hợp đồng</h1><span>Đăng ngày 05 - 01 - 2018</span>{PROSE}</div>",
        path="/portal/Pages/tuyen-dung.aspx",
        title="Tuyển dụng lao động hợp đồng",
    )
    assert read_page.article.title == "Tuyển dụng lao động hợp đồng"
    assert read_page.article.published_on == "2018-01-05"
    assert not read_page.article.body.startswith("Trang chủ")


ON_NUKEVIET = {
    "about": "<h1 class='title'>Giới thiệu</h1><div class='hometext'>Thị xã bên sông.</div><div class='bodytext'>{}</div>",
    "contact": "<h1 class='title'>Liên hệ</h1><div><span class='h5'>Bộ phận một cửa</span>{}</div>",
    "office hours": "<h3 class='title'>Liên hệ</h3><span class='time'>Thứ 2 - Thứ 6: 7:30 - 17:00</span>{}",
}


@pytest.mark.parametrize("markup", ON_NUKEVIET.values(), ids=ON_NUKEVIET)
def test_what_other_modules_of_nukeviet_show_under_a_title_is_no_article(markup):
    read_page = page(markup.format(PROSE), of="demo-nukeviet", title="Giới thiệu")
    assert (read_page.kind, read_page.problems) == ("other", ())


def test_a_date_or_the_body_of_news_makes_it_one():
    dated = page(f"<h1 class='title'>Hội nghị sơ kết</h1><em class='time'>09/06/2023</em>{PROSE}", of="demo-nukeviet")
    assert (dated.kind, dated.article.published_on) == ("article", "2023-06-09")
    undated = page(f"<h1 class='title'>Hội nghị sơ kết</h1><div id='news-bodyhtml'>{PROSE}</div>", of="demo-nukeviet")
    assert (undated.kind, undated.article.published_on) == ("article", None)
    refused = page(
        f"<h1 class='title'>Hội nghị</h1><em class='time'>Thứ ba - 31/06/2023</em>{PROSE}", of="demo-nukeviet"
    )
    assert (refused.kind, refused.article.published_raw) == ("article", "Thứ ba - 31/06/2023")


@pytest.mark.parametrize("path", ["/portal/Pages/x.aspx", "/"])
def test_a_page_that_is_cut_off_says_so(path):
    assert page(f"<ul>{ROWS}</ul>", path).is_cut_off is False
    whole = f"<html><body><ul>{ROWS}</ul></body></html>".encode()
    assert read(whole[:-30], PORTALS["demo"], f"{HOST}{path}", "text/html").is_cut_off is True
