"""A list of a single row that prints its day above the title begins as an article does: a heading, a date line, a text."""

import pytest

from archiver.portals import PORTALS
from archiver.reading.page import read

HOST = "https://anthuan.example"
PATH = "/portal/Pages/Thong-bao.aspx"
MENU = (
    "<ul><li><a href='/'>Trang chủ</a></li><li><a href='/thong-bao'>Thông báo</a></li>"
    "<li><a href='/tin-tuc'>Tin trong thị xã</a></li></ul>"
)
FOOT = "<footer><p>Địa chỉ: Số 1 đường Trần Phú, phường Bến Thuận, thị xã An Thuận</p></footer>"
NAME = "Thông báo số 1 của thị xã"
ROW = f"<a href='/portal/Pages/tin-1.aspx'>{NAME}</a>"
ITSELF = f"<a href='{PATH}'>{NAME}</a>"
DAY = "<i>01/06/2023 | 03:40 PM</i>"
EXCERPT = "<p>Ủy ban nhân dân thị xã thông báo lịch tiếp công dân của lãnh đạo trong tháng tới tại trụ sở…</p>"
PROSE = "<p>Sáng 9/6, Ủy ban nhân dân thị xã tổ chức hội nghị sơ kết sáu tháng đầu năm tại hội trường lớn.</p>"
TODAY = "<div>Thứ Sáu, ngày 09 tháng 06 năm 2023</div>"


def page(markup, title="Thông báo", of="demo", around=(MENU, FOOT)):
    html = f"<html><head><title>{title}</title></head><body>{around[0]}{markup}{around[1]}</body></html>"
    return read(html.encode(), PORTALS[of], HOST + PATH, "text/html; charset=utf-8")


LISTS = {
    "boxed": f"<div><h2>Thông báo</h2><div>{DAY}<h3>{ROW}</h3>{EXCERPT}</div></div>",
    "without a heading of its own": f"<div><h2>Thông báo</h2><div><div>{DAY}</div><div>{ROW}</div>{EXCERPT}</div></div>",
    "without an excerpt": f"<div><h2>Thông báo</h2><div>{DAY}<h3>{ROW}</h3></div></div>",
    "not boxed": f"<div><h2>Thông báo</h2><div>{DAY}</div><h3>{ROW}</h3>{EXCERPT}</div>",
    "not boxed, but with a second link": (
        f"<div><h2>Thông báo</h2><div>{DAY}</div><div>{ROW}</div>{EXCERPT}<a href='/portal/Pages/tin-1.aspx'>Xem tiếp</a></div>"
    ),
    "an item": f"<h1>Thông báo</h1><ul><li><span>{DAY}</span><br>{ROW}{EXCERPT}</li></ul>",
    "with a picture": (
        f"<div><h2>Thông báo</h2><div><a href='/portal/Pages/tin-1.aspx'><img src=a.jpg></a>{DAY}<h3>{ROW}</h3>{EXCERPT}</div></div>"
    ),
    "with a pager": f"<div><h2>Thông báo</h2><div>{DAY}<h3>{ROW}</h3>{EXCERPT}</div><div><a href='?p=2'>2</a></div></div>",
    "below today's date": f"{TODAY}<div><h2>Thông báo</h2><div>{DAY}<h3>{ROW}</h3>{EXCERPT}</div></div>",
}


@pytest.mark.parametrize("markup", LISTS.values(), ids=LISTS)
def test_a_single_row_below_its_day_is_a_list(markup):
    found = page(markup)
    assert found.kind == "list"
    assert [(row.title, row.listed_at) for row in found.listed] == [(NAME, "2023-06-01T15:40:00+07:00")]


ARTICLES = {
    "a title that links to itself": (f"<div><h2>Thông báo</h2><div>{DAY}<h3>{ITSELF}</h3>{PROSE * 3}</div></div>", NAME),
    "and has little text": (f"<div><h2>Thông báo</h2><div>{DAY}<h3>{ITSELF}</h3>{PROSE}</div></div>", NAME),
    "a link to its section beside its date": (
        f"<div><h1>Hội nghị sơ kết</h1><div>{DAY}<p><a href='/tin-tuc'>Tin trong thị xã</a></p></div>{PROSE}</div>",
        "Hội nghị sơ kết",
    ),
    "and a text in one block with both": (
        f"<div><h1>Hội nghị sơ kết</h1><div>{DAY}<p><a href='/tin-tuc'>Tin trong thị xã</a></p>{PROSE}</div></div>",
        "Hội nghị sơ kết",
    ),
    "another article above its text": (
        f"<div><h1>Hội nghị sơ kết</h1><div>{DAY}</div><p>{ROW}</p>{PROSE}</div>", "Hội nghị sơ kết",
    ),
    "another article in one block with it": (
        f"<div><h1>Hội nghị sơ kết</h1><div>{DAY}<p>{ROW}</p>{PROSE * 2}</div></div>", "Hội nghị sơ kết",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "title"), ARTICLES.values(), ids=ARTICLES)
def test_an_article_stays_one(markup, title):
    found = page(markup, title)
    assert (found.kind, found.article.title, found.article.published_on) == ("article", title, "2023-06-01")
    assert "Sáng 9/6" in found.article.body


def test_a_text_with_a_link_to_its_section_below_a_day_is_no_list():
    found = page(ARTICLES["a link to its section beside its date"][0], "Lịch công tác")
    assert (found.kind, found.listed) == ("other", ())


CHANCE = {
    "a link to the portal": "<h2><a href='/'>Cổng thông tin điện tử thị xã An Thuận</a></h2>",
    "what is called like a site": "<h2><a href='/a.aspx'>Trang thông tin điện tử phường Bến Thuận</a></h2>",
    "a banner": f"<h3>{ROW}</h3>",
    "a link in a line of its own": f"<div>{ROW}</div>",
}


@pytest.mark.parametrize("beside", CHANCE.values(), ids=CHANCE)
def test_todays_date_above_a_link_is_no_list(beside):
    about = f"<div><h1>Giới thiệu chung</h1>{PROSE}{PROSE}</div>"
    head = f"<div><h2>Cổng thông tin điện tử thị xã An Thuận</h2><div>{TODAY}{beside}</div></div>"
    assert page(f"{head}{about}", "Giới thiệu chung").listed == ()
    article = f"<div><h1>Hội nghị sơ kết</h1><div>Đăng ngày 8 - 6 - 2023</div>{PROSE}{PROSE}</div>"
    assert page(f"{head}{article}", "Hội nghị sơ kết").listed == ()


NEWS = "<div><h3 class='title'><a href='/tin-{0}.html'>Thông báo số {0} của thị xã</a></h3><span class='time'>0{0}/06/2023 10:14</span>{1}</div>"


@pytest.mark.parametrize("heading", ["", "<h1 class='title'>Thông báo</h1>"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_title_of_rows_that_news_of_nukeviet_have_too(count, heading):
    found = page(heading + "".join(NEWS.format(n, EXCERPT) for n in range(1, count + 1)), of="demo-nukeviet")
    assert found.kind == "list"
    assert [row.listed_at for row in found.listed] == [f"2023-06-0{n}T10:14:00+07:00" for n in range(1, count + 1)]
