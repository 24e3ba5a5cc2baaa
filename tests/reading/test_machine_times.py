"""`2 giờ trước` beside `<time datetime=…>`: the machine's time where the words agree with it, else the words alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archiver.portals import PORTALS
from archiver.portals.model import Platform, Selectors
from archiver.portals.platforms import PLATFORMS
from archiver.reading.page import read
from archiver.vietnamese.relative_dates import MACHINES_SAY_OTHERWISE

HOST = "https://anthuan.example"
CAPTURED = datetime(2023, 6, 8, 23, 30, 31, tzinfo=UTC)  # 06:30 of the ninth in the portal's time
PROSE = "<p>Ủy ban nhân dân thị xã tổ chức hội nghị sơ kết công tác sáu tháng đầu năm tại hội trường lớn.</p>" * 3
TITLE = "Hội nghị sơ kết công tác sáu tháng đầu năm"
LANDMARKS = replace(PORTALS["demo"], platform=PLATFORMS["landmarks"])


def page(markup, of=LANDMARKS, captured_at=CAPTURED, title=TITLE):
    html = f"<html><head><title>{title}</title></head><body>{markup}</body></html>"
    return read(html.encode(), of, f"{HOST}/portal/Pages/tin.aspx", "text/html; charset=utf-8", captured_at)


def rows(*marked, **given):
    def item(number, mark):
        return f"<li><h3><a href='/tin-{number}.aspx'>Bản tin số {number} của thị xã An Thuận</a></h3>{mark}</li>"

    return page(f"<ul>{''.join(item(n, each) for n, each in enumerate(marked))}</ul>", title="Tin tức", **given)


def time(words, at):
    return f"<time datetime='{at}'>{words}</time>"


AGREEING = {
    "2 giờ trước": ("2023-06-09T04:12:35+07:00", "2023-06-09T04:12:35+07:00"),
    "2h trước": ("2023-06-09 04:12:00", "2023-06-09T04:12:00+07:00"),
    "7 giờ trước": (
        "2023-06-08T16:00:10Z",
        "2023-06-08T23:00:10+07:00",
    ),  # before midnight, or not: the words don't tell
    "36 phút trước": ("2023-06-09T05:54", "2023-06-09T05:54:00+07:00"),
    "hôm qua": ("2023-06-08T22:10:00+07:00", "2023-06-08T22:10:00+07:00"),
    "Hôm nay, 05:15": ("2023-06-09T05:15:20+07:00", "2023-06-09T05:15:20+07:00"),
    "2 ngày trước": ("2023-06-07T08:00:00+07:00", "2023-06-07T08:00:00+07:00"),
    "1 ngày trước": ("2023-06-07T08:00:00+07:00", "2023-06-07T08:00:00+07:00"),  # 46 hours
    "3 ngày trước": ("2023-06-05", "2023-06-05"),
    "2 tuần trước": ("2023-05-24", "2023-05-24"),
    "3 tháng trước": ("2023-02-27T10:00:00+07:00", "2023-02-27T10:00:00+07:00"),
    "1 năm trước": ("2022-01-15T10:00:00+07:00", "2022-01-15T10:00:00+07:00"),
    "07/06 16:30": ("2023-06-07T16:30:00+07:00", "2023-06-07T16:30:00+07:00"),
}


@pytest.mark.parametrize(("words", "told"), AGREEING.items(), ids=AGREEING)
def test_the_machines_time_counts_where_the_words_agree(words, told):
    found = rows(time(words, told[0]), time("1 giờ trước", "2023-06-09T05:00:01+07:00"))
    assert (found.listed[0].listed_at, found.listed[0].listed_raw) == (told[1], words)
    assert found.problems == ()


OTHERWISE = {
    "2 giờ trước": ("2023-06-08T04:12:35+07:00", "2023-06-09"),
    "3 giờ trước": ("2023-06-09T03:12:35Z", "2023-06-09"),  # the portal's time under the mark of another zone
    "36 phút trước": ("2023-06-09T04:12:35+07:00", "2023-06-09T05:54:00+07:00"),
    "hôm qua": ("2023-06-07T22:10:00+07:00", "2023-06-08"),
    "hôm nay": ("2023-06-08T22:10:00+07:00", "2023-06-09"),
    "Hôm nay, 05:15": ("2023-06-09T17:15:00+07:00", "2023-06-09T05:15:00+07:00"),
    "2 ngày trước": ("2023-06-01T08:00:00+07:00", None),
    "2 tuần trước": ("2023-01-01", None),
    "07/06 16:30": ("2022-06-08T16:30:00+07:00", None),
}


@pytest.mark.parametrize(("words", "told"), OTHERWISE.items(), ids=OTHERWISE)
def test_else_the_words_count_as_far_as_they_go_and_it_is_a_problem(words, told):
    found = rows(time(words, told[0]), time("1 giờ trước", "2023-06-09T05:00:01+07:00"))
    assert (found.listed[0].listed_at, found.listed[0].listed_raw) == (told[1], words)
    assert [(each.stage, each.reason, each.raw) for each in found.problems] == [("list", MACHINES_SAY_OTHERWISE, words)]


MARKS = {
    "an attribute of any element": "<span class='time-count'><span datetime='2023-06-09 04:12:35'>2 giờ trước</span></span>",
    "around the words": "<p><abbr title='2023-06-09T04:12:35+07:00'><i>2 giờ</i> trước</abbr></p>",
    "as people read it": "<em title='09/06/2023 04:12:35'>2 giờ trước</em>",
    "of the block": "<div title='04:12:35 09/06/2023'>2 giờ trước</div>",
    "before the words": "<p><time datetime='2023-06-09T04:12:35'></time> 2 giờ trước</p>",
    "beside a section": "<p><span title='2023-06-09T04:12:35+07:00'>2 giờ trước</span>|Xã hội</p>",
}


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_it_stands_in_an_attribute_of_what_holds_the_words(mark):
    found = rows(mark, mark)
    assert {row.listed_at for row in found.listed} == {"2023-06-09T04:12:35+07:00"}


NO_MARKS = {
    "a name": "<span title='Thời gian đăng'>2 giờ trước</span>",
    "of other words": "<span title='09/06/2023 04:12:35'>Xã hội</span> | 2 giờ trước",
    "two of them": "<b title='2023-06-09T04:12'><time datetime='2023-06-09T04:20'>2 giờ trước</time></b>",
    "the day alone": "<time datetime='2023-06-09'>2 giờ trước</time>",
    "empty": "<time datetime=''>2 giờ trước</time>",
}


@pytest.mark.parametrize("mark", NO_MARKS.values(), ids=NO_MARKS)
def test_what_is_no_such_time_changes_nothing(mark):
    found = rows(mark, mark)
    assert {row.listed_at for row in found.listed} == {"2023-06-09"}
    assert found.problems == ()


def test_the_order_of_day_and_month_is_the_portals():
    american = replace(LANDMARKS, platform=replace(LANDMARKS.platform, date_order="mdy"))
    found = rows("<b title='6/9/2023 4:12:35 AM'>2 giờ trước</b>", "<b>1 giờ trước</b>", of=american)
    assert found.listed[0].listed_at == "2023-06-09T04:12:35+07:00"


def test_without_the_moment_of_capture_nothing_can_agree():
    found = rows(*[time("2 giờ trước", "2023-06-09T04:12:35+07:00")] * 2, captured_at=None)
    assert {row.listed_at for row in found.listed} == {None}
    assert found.problems == ()


MADE_UP = Platform("made-up", "made up", selectors=Selectors(title=(".t",), date=(".d",), body=(".b",)))


def article(mark, of):
    return page(f"<div><h1 class='t'>{TITLE}</h1><p class='d'>{mark}</p><div class='b'>{PROSE}</div></div>", of)


@pytest.mark.parametrize("of", [replace(LANDMARKS, platform=MADE_UP), LANDMARKS], ids=["by selectors", "by landmarks"])
def test_the_date_of_an_article_may_be_such_a_one(of):
    found = article(time("7 giờ trước", "2023-06-08T23:12:35+07:00"), of)
    assert (found.article.title, found.problems) == (TITLE, ())
    assert (found.article.published_on, found.article.published_at) == ("2023-06-08", "2023-06-08T23:12:35+07:00")
    assert (found.article.published_raw, found.article.published_precision) == ("7 giờ trước", "second")
    assert found.article.published_from == "page and meta"


def test_where_an_article_says_otherwise_its_words_count():
    found = article(time("2 giờ trước", "2023-06-07T04:12:35+07:00"), replace(LANDMARKS, platform=MADE_UP))
    assert (found.article.published_on, found.article.published_at) == ("2023-06-09", None)
    assert (found.article.published_from, found.article.published_precision) == ("page", "day")
    assert [(each.stage, each.reason) for each in found.problems] == [("date", MACHINES_SAY_OTHERWISE)]


def test_beside_any_title_words_that_no_machine_confirms_make_no_article():
    assert article("2 giờ trước", LANDMARKS).kind == "other"
    assert article(time("2 giờ trước", "2023-06-07T04:12:35+07:00"), LANDMARKS).kind == "other"
