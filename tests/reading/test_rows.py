"""Rows of lists that renderings do not show: where the date stands, and how short a title may be."""

import pytest

from archiver.portals import PORTALS
from archiver.reading.page import read

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
