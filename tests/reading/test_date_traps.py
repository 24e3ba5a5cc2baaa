"""Dates on a page that are not the article's, and dates that only the markup binds to their row."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archiver.portals import PORTALS
from archiver.portals.model import Platform, Selectors
from archiver.reading.page import read

HOST = "https://anthuan.example"
CAPTURED = datetime(2023, 6, 9, 3, 20, 31, tzinfo=UTC)  # 10:20 in the portal's time
PROSE = "<p>Ủy ban nhân dân thị xã tổ chức hội nghị sơ kết công tác sáu tháng đầu năm tại hội trường lớn.</p>" * 3
TITLE = "Hội nghị sơ kết công tác sáu tháng đầu năm"
ARTICLE = f"<div class='main'><h1>{TITLE}</h1><div>Đăng ngày 08 - 06 - 2023</div>{PROSE}</div>"


def page(markup, of=PORTALS["demo"], captured_at=CAPTURED, title=TITLE):
    html = f"<html><head><title>{title}</title></head><body>{markup}</body></html>"
    return read(html.encode(), of, f"{HOST}/portal/Pages/tin.aspx", "text/html; charset=utf-8", captured_at)


@pytest.mark.parametrize(
    "day", ["Đăng ngày ０８－０６－２０２３", "Được đăng: 08 Tháng 6 2023", "Th6 08, 2023", "08/06/2023 | 7h05'"]
)
def test_a_page_is_dated_in_whatever_way_its_header_prints_the_day(day):
    found = page(ARTICLE.replace("Đăng ngày 08 - 06 - 2023", day)).article
    assert (found.published_on, found.published_raw) == ("2023-06-08", day)


TODAY = [
    "Thứ 3, Ngày 16/07/2024 -",
    "15:28:44 , 18/11/2017",
    "Thứ tư, ngày 24 tháng 4 năm 2024",
    "17:55 ngày 28/09/2022 | HOTLINE",
    "Thứ hai, 05/01/2026 - 08:27",
]


@pytest.mark.parametrize("today", TODAY)
def test_the_day_in_the_head_of_a_page_is_not_the_articles(today):
    found = page(f"<div class='head'><b>Cổng thông tin</b><span>{today}</span></div>{ARTICLE}").article
    assert (found.published_on, found.published_raw) == ("2023-06-08", "Đăng ngày 08 - 06 - 2023")


@pytest.mark.parametrize("today", TODAY)
def test_nor_is_it_the_date_of_a_page_that_prints_none(today):
    menu = "<a href='/portal/Pages/gioi-thieu.aspx'>Giới thiệu</a> <a href='/portal/Pages/van-ban.aspx'>Văn bản</a>"
    read_page = page(f"<div class='head'><span>{today}</span><p>{menu}</p></div><div><h1>{TITLE}</h1>{PROSE}</div>")
    assert read_page.article is None or read_page.article.published_on is None


@pytest.mark.parametrize("around", ["{}", "<div class='wrapper'>{}</div>", "<form><div><div>{}</div></div></form>"])
@pytest.mark.parametrize("today", ["Thứ Sáu, ngày 09 tháng 06 năm 2023", "10:20 | 09/06/2023", "09/06/2023"])
def test_nor_is_it_though_nothing_parts_it_from_the_title(today, around):
    late = datetime(2023, 6, 8, 23, 30, tzinfo=UTC)  # the morning of the ninth in the portal's time
    shown = f"<div>{today}</div><div class='main'><h1>{TITLE}</h1>{PROSE}</div><div>Bản quyền: UBND thị xã</div>"
    assert page(around.format(shown), captured_at=late).kind == "other"
    assert page(around.format(f"<div>{today}</div>{ARTICLE}"), captured_at=late).article.published_on == "2023-06-08"


@pytest.mark.parametrize("day", ["Đăng ngày 9 - 6 - 2023", "09/06/2023", "Thứ Sáu, 09/06/2023 08:15"])
def test_news_of_the_day_of_the_capture_may_print_its_date_above_its_title(day):
    shown = f"<div class='main'><div>{day}</div><h1>{TITLE}</h1>{PROSE}</div><div>Bản quyền: UBND thị xã</div>"
    assert page(shown).article.published_on == "2023-06-09"


@pytest.mark.parametrize(
    "title",
    [
        "Quyết định số 1051/QĐ-UBND ngày 04/3/2021 về phòng chống thiên tai",
        "Trồng rừng ven biển (9/9/2021)",
        "Kỷ niệm 75 năm Quốc khánh (02/9/1945-02/9/2020)",
        "Thông báo tháng 16/72/2020",
    ],
)
def test_dates_in_titles_are_words_of_the_title(title):
    found = page(ARTICLE.replace(TITLE, title), title=title).article
    assert (found.title, found.published_on) == (title, "2023-06-08")


def test_dates_in_the_text_are_words_of_the_text():
    text = "<p>Sáng ngày 1.3, theo Quyết định số 1051/QĐ-UBND ngày 04/3/2021, 16/72/2020 là số văn bản.</p>"
    found = page(ARTICLE.replace(PROSE, f"{text}{PROSE}")).article
    assert found.published_on == "2023-06-08"
    assert "16/72/2020" in found.body


def rows(*items, captured_at=CAPTURED, of=PORTALS["demo"]):
    return page(f"<ul>{''.join(items)}</ul>", of, captured_at, title="Tin tức").listed


def link(number):
    return f"<h3><a href='/portal/Pages/tin-{number}.aspx'>Bản tin số {number} của thị xã An Thuận</a></h3>"


@pytest.mark.parametrize("is_before", [True, False])
def test_a_date_belongs_to_its_item_whether_it_stands_before_or_behind_the_summary(is_before):
    def item(number):
        date, summary = f"<span>0{number}/06/2023</span>", "<p>Hội nghị diễn ra trong hai ngày tại hội trường lớn.</p>"
        return f"<li>{link(number)}{date + summary if is_before else summary + date}</li>"

    assert [row.listed_at for row in rows(*map(item, range(1, 5)))] == [f"2023-06-0{n}" for n in range(1, 5)]


def test_a_text_may_be_glued_to_the_date_of_its_item():
    def item(number):
        return f"<li>{link(number)}<p><span>0{number}/06/2023, 18:36</span>Sáng 26-12, tại phường Trung An</p></li>"

    found = rows(*map(item, range(1, 4)))
    assert [row.listed_at for row in found] == [f"2023-06-0{n}T18:36:00+07:00" for n in range(1, 4)]
    assert {row.listed_raw for row in found} == {f"0{n}/06/2023, 18:36" for n in range(1, 4)}


def test_a_date_that_goes_on_in_a_sentence_is_no_date_of_a_row():
    items = (f"<li>{link(n)}<p><b>0{n}/06/2023</b> là hạn chót nộp hồ sơ dự tuyển</p></li>" for n in range(1, 4))
    assert {row.listed_at for row in rows(*items)} <= {None}


AGO = ("36 phút trước", "4 giờ trước", "hôm qua", "2 ngày trước", "1 tuần trước")


def test_rows_that_count_backwards_are_as_exact_as_their_unit():
    found = rows(*(f"<li>{link(n)}<span>{words}</span></li>" for n, words in enumerate(AGO)))
    assert [row.listed_at for row in found] == ["2023-06-09T09:44:00+07:00", "2023-06-09", "2023-06-08", None, None]
    assert [row.listed_raw for row in found] == list(AGO)


def test_without_the_moment_of_capture_only_their_words_are_kept():
    read_page = page(
        f"<ul>{''.join(f'<li>{link(n)}<span>{words}</span></li>' for n, words in enumerate(AGO))}</ul>",
        captured_at=None,
    )
    assert [(row.listed_at, row.listed_raw) for row in read_page.listed] == [(None, words) for words in AGO]
    assert read_page.problems == ()


def test_a_row_without_a_year_keeps_its_words():
    found = rows(*(f"<li>{link(n)}<span>Môi trường - 1{n}/06 16:30</span></li>" for n in range(1, 4)))
    assert [(row.listed_at, row.listed_raw) for row in found] == [(None, f"1{n}/06 16:30") for n in range(1, 4)]


AMERICAN = replace(PORTALS["demo"], platform=replace(PORTALS["demo"].platform, date_order="mdy"))


def test_the_american_order_counts_in_lists_too_where_the_portal_declares_it():
    items = [f"<li>{link(n)}<span>06/0{n}/2023 8:09:13 AM</span></li>" for n in range(1, 4)]
    assert [row.listed_at[:10] for row in rows(*items, of=AMERICAN)] == [f"2023-06-0{n}" for n in range(1, 4)]
    assert [row.listed_at[:10] for row in rows(*items)] == [f"2023-0{n}-06" for n in range(1, 4)]


def by_date_selector(words, captured_at=CAPTURED):
    platform = Platform("made-up", "made up", selectors=Selectors(title=(".t",), date=(".d",), body=(".b",)))
    markup = f"<h1 class='t'>{TITLE}</h1><span class='d'>{words}</span><div class='b'>{PROSE}</div>"
    return page(markup, replace(PORTALS["demo"], platform=platform), captured_at)


@pytest.mark.parametrize(
    ("words", "on", "at", "precision"),
    [
        ("36 phút trước", "2023-06-09", "2023-06-09T09:44:00+07:00", "minute"),
        ("4 giờ trước", "2023-06-09", None, "day"),
        ("hôm qua", "2023-06-08", None, "day"),
        ("11 giờ trước", "2023-06-08", None, "day"),
        ("10 giờ trước", None, None, None),
        ("16/06 16:30", None, None, None),
    ],
)
def test_a_header_that_counts_backwards_where_the_platform_puts_its_date(words, on, at, precision):
    found = by_date_selector(words).article
    assert (found.published_on, found.published_at, found.published_precision) == (on, at, precision)
    assert (found.published_raw, found.published_from) == (words, "page" if on else None)


def test_days_counted_backwards_are_doubted():
    read_page = by_date_selector("2 ngày trước")
    assert read_page.article.published_on == "2023-06-07"
    assert [(each.stage, each.reason) for each in read_page.problems] == [("date", "days counted backwards")]


def test_a_header_that_counts_backwards_from_nobody_knows_when():
    read_page = by_date_selector("4 giờ trước", captured_at=None)
    assert (read_page.article.published_on, read_page.article.published_raw) == (None, "4 giờ trước")
    assert [each.stage for each in read_page.problems] == ["date"]


def test_what_counts_backwards_beside_any_title_makes_no_article():
    side = f"<div><b>Thời tiết hôm nay ở thị xã</b><span>4 giờ trước</span>{PROSE}</div>"
    assert page(side).article is None
