"""Pieces of lists: what `LoadArticle` answers a script with, bare or in JSON, whole or not."""

import json
from pathlib import Path

import pytest

from archiver.portals import PORTALS
from archiver.reading.page import read
from archiver.reading.tree import LARGEST_PAGE
from archiver.reading.unwrapping import A_PAGE, BROKEN, NO_PIECE, NO_ROWS
from tests.reading.test_fragment_forms import LOAD, SERIES

PORTAL = PORTALS["demo-uiarticle"]
GOLDEN = Path(__file__).parent / "platforms" / "uiarticle" / "fragment.html"
FORM = (("article_category_id", "54441"), ("site_id", "4"), ("page", "2"), ("page_size", "15"), ("lang", "vi-VN"))
JSON = "application/json; charset=utf-8"


def piece(count, first=1, *, dated=True):
    rows = "".join(
        f'<li class="row"><h2 class="Title"><a href="/kinh-te/tin-{n}-48{n:04d}">Tin số {n} của thị xã</a></h2>'
        f'<div class="PostDate">{f"{n % 28 + 1:02d}/07/2024" if dated else ""}</div><p>Lời dẫn.</p></li>'
        for n in range(first, first + count)
    )
    return f'<ul class="ArticleInMenu">{rows}</ul>'


def read_piece(body, media_type=JSON, form=FORM):
    return read(body if isinstance(body, bytes) else body.encode(), PORTAL, LOAD, media_type, None, form)


def in_json(html):
    return json.dumps({"d": html})


def without_problems(page):
    assert page.problems == ()
    return page


def test_bare_and_in_json_it_says_the_same():
    html = GOLDEN.read_text(encoding="utf-8")
    bare = without_problems(read_piece(html, "text/html; charset=utf-8"))
    assert len(bare.listed) == 3
    for body in (in_json(html), json.dumps({"d": html}, ensure_ascii=False), json.dumps(html), " \r\n" + in_json(html)):
        for media_type in (JSON, "text/html", "text/plain", None):
            assert read_piece(body, media_type) == bare
    assert read_piece(in_json(html).encode("utf-16"), JSON) == bare
    assert read_piece(b"\xef\xbb\xbf" + in_json(html).encode()) == bare


def test_it_knows_its_place_and_what_comes_behind_it():
    page = read_piece(in_json(piece(15)))
    assert (page.kind, page.is_piece, page.series, page.page_number, page.list_url) == ("list", True, SERIES, 2, None)
    (step,) = page.pager
    assert (step.number, step.url, dict(step.form)) == (3, LOAD, dict(FORM) | {"page": "3"})
    assert {(row.list_kind, row.box, row.heading) for row in page.listed} == {("section", 1, None)}
    assert [row.position for row in page.listed] == list(range(1, 16))


def test_without_its_form_its_rows_are_read_all_the_same():
    page = read_piece(piece(15), form=())
    assert (page.kind, len(page.listed), page.series, page.page_number, page.pager) == ("list", 15, None, None, ())


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("count", [1, 2, 3, 15, 16])
def test_a_single_row_is_enough(count, dated):
    page = read_piece(in_json(piece(count, dated=dated)))
    assert (page.kind, len(page.listed), len(page.pager)) == ("list", count, 1)


@pytest.mark.parametrize(
    "html", ["", "  \n", "<ul class='ArticleInMenu'></ul>", "<div>\n<!-- none --></div>", "<script>x()</script>"]
)
def test_an_empty_one_is_a_list_without_rows_that_goes_nowhere(html):
    for body in (in_json(html), html):
        page = without_problems(read_piece(body))
        assert (page.kind, page.listed, page.pager, page.is_cut_off) == ("list", (), (), False)


def test_words_without_rows_are_a_problem():
    page = read_piece(in_json("<p>Dữ liệu đang được cập nhật</p>"))
    assert (page.kind, page.pager) == ("other", ())
    assert [(each.stage, each.reason, each.raw) for each in page.problems] == [("list", NO_ROWS, "26 characters")]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (in_json(piece(15))[:-20], BROKEN),
        ('{"d": ', BROKEN),
        ("{" * 100_000, BROKEN),
        ("[" * 100_000, BROKEN),
        ('{"d": "\\ud800"', BROKEN),
        ('{"Message":"There was an error processing the request.","StackTrace":"","ExceptionType":""}', NO_PIECE),
        ('{"d": null}', NO_PIECE),
        ('{"d": {"rows": []}}', NO_PIECE),
        ("[1, 2]", NO_PIECE),
    ],
)
def test_json_that_holds_none_is_a_problem_and_nothing_else(body, reason):
    page = read_piece(body)
    assert (page.kind, page.listed, page.pager, page.is_piece) == ("other", (), (), True)
    (problem,) = page.problems
    assert (problem.stage, problem.reason) == ("parse", reason)
    assert len(problem.raw) <= 200


@pytest.mark.parametrize("before", ["<!DOCTYPE html>\n<html>", "<html lang='vi'>", "<head></head><body >"])
def test_a_whole_page_in_its_place_says_nothing_of_the_list(before):
    """An error, or a login, has the portal's frame with the newest articles in it."""
    html = f"{before}<h1>Đăng nhập</h1><h3>Tin mới nhất</h3>{piece(5)}</body></html>"
    for body in (html, in_json(html)):
        page = read_piece(body, "text/html")
        assert (page.kind, page.listed, page.links, page.pager) == ("other", (), (), ())
        assert [problem.reason for problem in page.problems] == [A_PAGE]


def test_an_article_in_its_place_is_none():
    html = '<div class="ArticleHeader">Tin</div><div class="PostDate">01/07/2024</div><div class="ArticleContent">Lời.</div>'
    page = read_piece(html, "text/html")
    assert (page.kind, page.article, page.listed) == ("other", None, ())
    assert [problem.reason for problem in page.problems] == [NO_ROWS]


def test_one_that_is_cut_off_leads_nowhere_and_loses_its_last_row():
    html = piece(15)
    page = read_piece(html[: html.index("Tin số 9")] + "Tin", "text/html")
    assert page.is_cut_off
    assert (page.kind, page.pager) == ("list", ())
    assert [row.title for row in page.listed] == [f"Tin số {n} của thị xã" for n in range(1, 9)]
    assert [problem.reason for problem in page.problems] == ["page is cut off"]


def test_a_container_that_is_never_closed_is_no_end_where_all_rows_are_there():
    for body, media_type in ((f"<div class='x'>{piece(15)}", "text/html"), (in_json(f"<div>{piece(4)}"), JSON)):
        page = without_problems(read_piece(body, media_type))
        assert (page.is_cut_off, len(page.pager)) == (False, 1)


def test_what_stands_between_rows_does_not_part_them():
    page = read_piece(in_json(piece(3) + "<h3>Tin khác</h3><p>Xem thêm</p>" + piece(4, first=10)))
    assert [row.position for row in page.listed] == list(range(1, 8))
    assert {row.box for row in page.listed} == {1}


def test_relative_addresses_are_those_of_a_page_at_the_root():
    page = read_piece(in_json(piece(3).replace('href="/kinh-te', 'href="kinh-te')))
    assert page.listed[0].url == "https://anthuan-uiarticle.example/kinh-te/tin-1-480001"


def test_dates_that_are_not_believed_are_problems():
    page = read_piece(in_json(piece(3).replace("02/07/2024", "72/07/2024")))
    assert [row.listed_at for row in page.listed] == [None, "2024-07-03", "2024-07-04"]
    assert [(each.stage, each.reason, each.raw) for each in page.problems] == [
        ("list", "impossible date", "72/07/2024")
    ]


@pytest.mark.parametrize("body", [b"%PDF-1.4", b"\x00\x01\x02", b"\xff\xfe", b"\x89PNG\r\n", b"PK\x03\x04"])
def test_whatever_bytes_come(body):
    assert read_piece(body).kind in ("other", "list")


def test_more_than_four_megabytes_are_not_read():
    page = read_piece(b'{"d": "' + b" " * LARGEST_PAGE + b'"}')
    assert [problem.reason for problem in page.problems] == ["larger than 4 MB, not read"]


def test_half_a_character_is_no_crash():
    assert read_piece(json.dumps({"d": piece(3) + "\ud800"})).listed == read_piece(in_json(piece(3))).listed
