"""Rows of lists that renderings do not show: where the date stands, and how short a title may be."""

import sys

import pytest

from archiver.portals import PORTALS
from archiver.reading.page import read
from archiver.reading.rows import RowFinder

HOST = "https://anthuan.example"
TITLES = ("Hội Nông dân thị xã tập huấn trồng mận", "Lễ hội rằm tháng Giêng", "Lịch cắt điện ngày 05/12/2022")
ROWS = {
    "a date of its own in the link": "<li><a href='/{n}.aspx'><span>{title}</span><em>0{n}/02/2023 - 16:40</em></a></li>",
    "the date first in the link": "<li><a href='/{n}.aspx'><em>0{n}/02/2023 16:40</em><span>{title}</span></a></li>",
    "brackets in the link": "<li><a href='/{n}.aspx'>{title}(0{n}/02/2023 4:40 CH)</a></li>",
    "a date and a colon": "<p><b>16:40 0{n}/02/2023</b>: <a href='/{n}.aspx'>{title}</a></p>",
    "dots and a bar": "<tr><td>{n}<td><a href='/{n}.aspx'>{title}</a><td>0{n}.02.2023 | 16:40</tr>",
    "a section beside the date": "<div><div><a href='/muc.aspx'>Văn hóa</a> | 0{n}/02/2023 16:40</div>"
    "<h3><a href='/{n}.aspx'>{title}</a></h3><p>Tóm tắt của tin, gồm một câu.</p></div>",
}


def rows(markup):
    html = f"<html><head><title>Tin tức</title></head><body><div>{markup}</div></body></html>"
    page = read(html.encode(), PORTALS["demo"], f"{HOST}/portal/Pages/Tin-tuc.aspx", "text/html")
    return [(row.url.removeprefix(HOST), row.title, row.listed_at) for row in page.listed]


@pytest.mark.parametrize("form", ROWS.values(), ids=ROWS)
def test_a_row_and_its_date(form):
    markup = "".join(form.format(n=n, title=title) for n, title in enumerate(TITLES, 1))
    markup = f"<table>{markup}</table>" if markup.startswith("<tr>") else markup
    expected = [(f"/{n}.aspx", title, f"2023-02-0{n}T16:40:00+07:00") for n, title in enumerate(TITLES, 1)]
    assert rows(markup) == expected


def test_a_date_that_ends_a_title_is_the_titles():
    markup = "<li><a href='/1.aspx'>Lịch cắt điện ngày <b>05/12/2022</b></a> (01/02/2023)</li>"
    alone = "<li><a href='/2.aspx'>Lịch cắt điện ngày <b>05/12/2022</b></a></li>"
    assert rows(f"<ul>{markup}</ul>") == [("/1.aspx", "Lịch cắt điện ngày 05/12/2022", "2023-02-01")]
    assert rows(f"<ul>{alone}</ul>") == []


def test_a_title_of_two_words():
    markup = (
        "<li><a href='/1.aspx'>Thư khen</a> (01/02/2023)</li><li><a href='/2.aspx'>Lịch tiếp dân</a> (02/02/2023)</li>"
    )
    assert [title for _, title, _ in rows(f"<ul>{markup}</ul>")] == ["Thư khen", "Lịch tiếp dân"]


class Counted(list):
    """A list that counts what is taken out of it at a time."""

    taken = 0

    def __getitem__(self, place):
        found = super().__getitem__(place)
        self.taken += len(found) if isinstance(place, slice) else 1
        return found


def work(markup, monkeypatch):
    """How many links are looked at in order to find rows, and how many rows that comes to."""
    lists = []

    def counted(finder):
        finder.shown, finder.titles = Counted(finder.shown), Counted(finder.titles)
        lists.extend((finder.shown, finder.titles))
        return dated_rows(finder)

    dated_rows = RowFinder.dated_rows
    with monkeypatch.context() as patched:
        patched.setattr(RowFinder, "dated_rows", counted)
        found = len(rows(markup))
    return sum(each.taken for each in lists), found


@pytest.mark.parametrize("parted", ["{}", "<p>{}</p>"])
@pytest.mark.parametrize("form", ["<a href='/{n}.aspx'>Tin số {n} của xã</a> (08/12/2021 9:24 SA) ",
                                  "<a href='/{n}.aspx'>Tin số {n} của xã (08/12/2021 9:24 SA)</a> "])  # fmt: skip
def test_ten_times_as_many_links_in_a_line_are_ten_times_the_work(monkeypatch, form, parted):
    few, many = (parted.format("".join(form.format(n=n) for n in range(count))) for count in (100, 1000))
    (work_of_few, rows_of_few), (work_of_many, rows_of_many) = (work(each, monkeypatch) for each in (few, many))
    assert (rows_of_few, rows_of_many) == (100, 1000)
    assert work_of_many <= 11 * max(work_of_few, 100)


def calls(markup):
    """How many functions are called, and generators resumed, in order to read a page."""
    count = 0

    def profile(_, event, __):
        nonlocal count
        count += event == "call"

    sys.setprofile(profile)
    try:
        rows(markup)
    finally:
        sys.setprofile(None)
    return count


def test_ten_times_as_many_items_without_a_date_are_ten_times_the_work():
    """Each may have a sibling with a date: that is known once for all of them."""
    item, year = "<li><a href='/{n}.aspx'>Tin số {n} của xã</a></li>", "<li>Chuyện năm 2021 của xã</li>"
    few, many = (
        "<ul>" + "".join(item.format(n=n) + year * (n % 10 == 0) for n in range(count)) + "</ul>"
        for count in (100, 1000)
    )
    calls(few)  # what is remembered of it is remembered
    assert calls(many) < 15 * calls(few)


def test_a_single_row_whose_title_is_cut_short_is_a_list():
    crumbs = "<div class='breadcrumb'><a href='/'>Trang chủ</a> » <a href='/muc.aspx'>Nông thôn mới</a></div>"
    title = "Thẩm định kết quả xây dựng nông thôn mới kiểu mẫu tại phường Cầu Ngói"
    row = f"<div><a href='/1.aspx' title='{title} (đính chính)'>{title[:40]}... <i>(04/09/2024 9:23 SA)</i></a></div>"
    assert rows(f"{crumbs}<h2>Nông thôn mới</h2><div>{row}</div>") == [
        ("/1.aspx", f"{title} (đính chính)", "2024-09-04T09:23:00+07:00")
    ]


def test_a_list_that_prints_nothing_but_titles_is_no_menu_where_its_items_are_known():
    """Portals of some platforms print neither days nor words in their lists; menus hold no items of lists."""
    items = "".join(
        f'<li><a href="/tin-{n}"><img alt="" src="/a.png"></a><h2 class="Title"><a href="/tin-{n}">Tin số {n} của xã</a></h2>'
        for n in range(12)
    )
    menu = "".join(f'<li><a href="/muc-{n}">Mục tin số {n}</a>' for n in range(12))
    html = f"<html><body><ul>{menu}</ul><h1>Kinh tế</h1><ul>{items}</ul></body></html>"
    page = read(html.encode(), PORTALS["demo-uiarticle"], "https://anthuan-uiarticle.example/kinh-te", "text/html")
    assert (page.kind, [row.title for row in page.listed]) == ("list", [f"Tin số {n} của xã" for n in range(12)])
