"""Where a page leads: its links, and how a list goes on."""

import pytest

from archiver.portals import PORTALS
from archiver.reading.page import read
from archiver.reading.paging import place_in_list, posted_page

HOST = "https://anthuan.example"
ROWS = "".join(
    f"<li><a href='/portal/Pages/tin-{n}.aspx'>Tin số {n} của thị xã</a> (0{n}/06/2023 9:00 SA)</li>" for n in (1, 2, 3)
)


def page_with(markup, url=f"{HOST}/portal/Pages/Kinh-te.aspx"):
    html = f"<html><head><title>Kinh tế</title></head><body><ul>{ROWS}</ul>{markup}</body></html>"
    return read(html.encode(), PORTALS["demo"], url, "text/html")


def steps(page):
    return [(step.number, step.url.removeprefix(HOST)) for step in page.pager if step.number or step.is_next]


def test_numbered_links_with_any_parameter():
    page = page_with("<div><b>1</b> <a href='?Trang=2'>2</a> <a href='?Trang=3'>3</a> <a href='?Trang=2'>»</a></div>")
    assert steps(page) == [
        (2, "/portal/Pages/Kinh-te.aspx?Trang=2"),
        (3, "/portal/Pages/Kinh-te.aspx?Trang=3"),
        (None, "/portal/Pages/Kinh-te.aspx?Trang=2"),
    ]


def test_first_last_and_previous_are_steps_but_lead_to_no_next_page():
    markup = "<a href='?p=1'>Trang đầu</a> <a href='?p=2'>«</a> <a href='?p=4'>»</a> <a href='?p=9'>Cuối</a>"
    page = page_with(markup, f"{HOST}/portal/Pages/Kinh-te.aspx?p=3")
    assert [(step.is_next, step.url[-1]) for step in page.pager] == [
        (False, "1"),
        (False, "2"),
        (True, "4"),
        (False, "9"),
    ]


def place(page):
    return page.list_url.removeprefix(HOST), page.page_number


def test_which_page_of_which_list():
    url = f"{HOST}/portal/Pages/Kinh-te.aspx"
    pager = "<a href='?Trang=1&k=a'>1</a> <a href='?Trang=2&k=a'>2</a> <a href='?Trang=3&k=a'>3</a>"
    assert place(page_with(pager, f"{url}?k=a")) == ("/portal/Pages/Kinh-te.aspx?k=a", 1)
    assert place(page_with(pager, f"{url}?Trang=2&k=a")) == ("/portal/Pages/Kinh-te.aspx?k=a", 2)
    assert place(page_with("<a href='?page=4'>Trang sau</a>", f"{url}?page=3")) == ("/portal/Pages/Kinh-te.aspx", 3)
    assert place(page_with("")) == ("/portal/Pages/Kinh-te.aspx", 1)
    assert place(page_with("<a href='/a-c216-2.html'>2</a>", f"{HOST}/a-c216-3.html")) == ("/a-c216-1.html", 3)
    assert place(page_with("<a href='/vi/tin/page-3'>3</a>", f"{HOST}/vi/tin/page-2")) == ("/vi/tin/", 2)


def test_numbers_in_the_path():
    page = page_with("<a href='/chuyen-muc-c216-2.html'>2</a>", f"{HOST}/chuyen-muc-c216-1.html")
    assert steps(page) == [(2, "/chuyen-muc-c216-2.html")]
    page = page_with("<a href='/vi/tin-tuc/page-2'>2</a>", f"{HOST}/vi/tin-tuc/")
    assert steps(page) == [(2, "/vi/tin-tuc/page-2")]


def test_a_link_in_words():
    page = page_with(
        "<a href='/portal/Pages/Kinh-te.aspx?page=4'>Trang sau »</a>", f"{HOST}/portal/Pages/Kinh-te.aspx?page=3"
    )
    assert steps(page) == [(None, "/portal/Pages/Kinh-te.aspx?page=4")]


def test_other_numbers_and_arrows_are_no_pager():
    page = page_with(
        "<a href='/portal/Pages/Van-hoa.aspx'>2</a> <a href='/'>»</a> <a href='#'>3</a> <a href='https://x.vn/?p=2'>2</a>"
    )
    assert steps(page) == []


def test_a_postback_is_posted_with_the_state_of_its_page():
    form = """<form action='./Kinh-te.aspx' method='post'>
    <input type='hidden' name='__VIEWSTATE' value='dDwtMTQ0'><input type='hidden' name='__EVENTVALIDATION' value='q1'>
    <input type='text' name='q' value=''><input type='submit' name='go' value='Tìm'><input type='checkbox' name='c' value='1'>
    <select name='y'><option value='2022'>2022</option><option value='2023' selected>2023</option></select>
    <span>1</span> <a href="javascript:__doPostBack(&#39;ctl00$grid&#39;,&#39;Page$2&#39;)">2</a>
    <a href="javascript:__doPostBack('ctl00$login','')">Đăng nhập</a></form>"""
    (step,) = page_with(form).pager
    assert (step.number, step.url) == (2, f"{HOST}/portal/Pages/Kinh-te.aspx")
    assert dict(step.form) == {
        "__VIEWSTATE": "dDwtMTQ0", "__EVENTVALIDATION": "q1", "q": "", "y": "2023",
        "__EVENTTARGET": "ctl00$grid", "__EVENTARGUMENT": "Page$2",
    }  # fmt: skip


def test_a_form_is_posted_to_its_action_with_every_field_of_a_name():
    form = """<form action='/portal/Pages/danh-sach.aspx?k=1' method='post'>
    <input name='loai' value='a'><input name='loai' value='b'><a href="javascript:__doPostBack('g','Page$2')">2</a></form>"""
    (step,) = page_with(form).pager
    assert step.url == f"{HOST}/portal/Pages/danh-sach.aspx?k=1"
    assert step.form == (("loai", "a"), ("loai", "b"), ("__EVENTTARGET", "g"), ("__EVENTARGUMENT", "Page$2"))


@pytest.mark.parametrize(
    "content",
    ["0;url=/portal/Pages/default.aspx", "5; URL='https://anthuan.example/portal/Pages/default.aspx'"],
)
def test_a_page_that_sends_the_browser_on(content):
    html = f'<html><head><meta http-equiv="Refresh" content="{content}"></head><body></body></html>'
    page = read(html.encode(), PORTALS["demo"], f"{HOST}/", "text/html")
    assert [link.url for link in page.links] == [f"{HOST}/portal/Pages/default.aspx"]


def test_links_of_the_portal_only_each_once_without_files_and_print_views():
    menu = "".join(f"<li><a href='/portal/Pages/muc-{n}.aspx'>Mục {n}</a></li>" for n in "abcdefgh")
    page = page_with(
        f"<ul>{menu}</ul><a href='/portal/Pages/muc-a.aspx#x'>Mục a</a><a href='https://x.vn/'>x</a><a href='mailto:a@x.vn'>m</a>"
        "<a href='/portal/VanBan/1.pdf'>PDF</a><a href='/portal/pages/print.aspx?p=1'>In</a><a href='/a.aspx'>In trang</a>"
        "<a href='javascript:void(0)'>j</a><a href='http://anthuan.example:80/portal/Pages/TIN.aspx?sid=1'>TIN</a><a>none</a>"
    )
    assert [link.url.removeprefix(f"{HOST}/portal/Pages/") for link in page.links] == [
        "tin-1.aspx", "tin-2.aspx", "tin-3.aspx", *(f"muc-{n}.aspx" for n in "abcdefgh"), "TIN.aspx",
    ]  # fmt: skip
    assert page.links[3].text == "Mục a"


def test_links_in_an_articles_body_are_followed():
    html = """<html><body><p class='tandan-p-article-news-title'>Bài viết</p><div class='tandan-span-date-publish'>Đăng ngày 9 - 6 - 2023
    </div><div class='ms-rtestate-field'><p>Xem <a href='/portal/Pages/truoc.aspx'>tin trước</a>.</p></div></body></html>"""
    page = read(html.encode(), PORTALS["demo"], f"{HOST}/portal/Pages/x.aspx", "text/html")
    assert [link.url for link in page.links] == [f"{HOST}/portal/Pages/truoc.aspx"]


def test_an_article_has_no_pager_of_its_own():
    html = """<html><body><p class='tandan-p-article-news-title'>Bài viết</p><div class='tandan-span-date-publish'>Đăng ngày 9 - 6 - 2023
    </div><div class='ms-rtestate-field'><p>Chữ.</p></div><a href='?p=2'>2</a></body></html>"""
    assert read(html.encode(), PORTALS["demo"], f"{HOST}/portal/Pages/x.aspx", "text/html").pager == ()


def test_a_number_that_no_page_has_is_no_page():
    endless = "9" * 5_000
    assert place_in_list(f"{HOST}/tin/page/{endless}", [])[1] == 1
    assert posted_page([("__EVENTARGUMENT", f"Page${endless}")]) is None
