"""What a page tells machines completes what it shows, and never contradicts it."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archiver.portals import PORTALS
from archiver.portals.platforms import PLATFORMS
from archiver.reading.page import read

URL = "https://anthuan.example/portal/Pages/2023-6-9/hop.aspx"
CAPTURED = datetime(2023, 6, 20, tzinfo=UTC)
TITLE = "Hội nghị sơ kết công tác sáu tháng đầu năm"
PROSE = "<p>Ủy ban nhân dân thị xã tổ chức hội nghị sơ kết công tác sáu tháng đầu năm tại hội trường lớn.</p>" * 3
AT = "2023-06-09T16:08:35+07:00"


def meta(content=AT, name="property='article:published_time'"):
    return f"<meta {name} content='{content}'>"


def linked(**node):
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle'} | node)}</script>"


def article(head, date="Đăng ngày 9 - 6 - 2023", of=PORTALS["demo"], inside="", title=TITLE):
    shown = f"<div class='tandan-span-date-publish'>{date}</div>" if date else ""
    html = (
        f"<html><head><title>{title}</title>{head}</head><body><p class='tandan-p-article-news-title'>{title}</p>"
        f"{shown}{inside}<div class='ms-rtestate-field'>{PROSE}</div></body></html>"
    )
    return read(html.encode(), of, URL, "text/html; charset=utf-8", CAPTURED).article


def when(found):
    return found.published_on, found.published_at, found.published_precision, found.published_from


SAYING = {
    "article:published_time": meta(),
    "pubdate": meta(name="name='pubdate'"),
    "itemprop in the head": meta(name="itemprop='datePublished'"),
    "NewsArticle": linked(headline=TITLE, datePublished=AT),
    "NewsArticle without a headline": linked(datePublished=AT),
    "one of several types": linked(**{"@type": ["Thing", "ReportageNewsArticle"]}, headline=TITLE, datePublished=AT),
    "in a graph": linked(**{"@type": "WebPage", "@graph": [{"@type": "NewsArticle", "datePublished": AT}]}),
    "a headline that is cut short": linked(headline=TITLE[:25], datePublished=AT),
    "another offset": meta("2023-06-09T09:08:35Z"),
}


@pytest.mark.parametrize("head", SAYING.values(), ids=SAYING)
def test_the_same_day_gives_the_second(head):
    assert when(article(head)) == ("2023-06-09", AT, "second", "page and meta")
    assert article(head).published_raw == "Đăng ngày 9 - 6 - 2023"


def test_an_element_of_the_page_may_say_it():
    for inside in (f"<time itemprop='datePublished' datetime='{AT}'></time>", f"<i itemprop=datePublished>{AT}</i>"):
        assert article("", inside=inside).published_at == AT


def test_the_same_minute_gives_the_second():
    found = article(meta(), date="09/06/2023 16:08")
    assert when(found) == ("2023-06-09", AT, "second", "page and meta")


CONTRADICTING = {
    "another day": meta("2023-06-08T16:08:35+07:00"),
    "another day in its own zone": meta("2023-06-09T23:08:35Z"),
    "another article": linked(headline="Thư chúc Tết của Chủ tịch nước", datePublished=AT),
    "the site": linked(**{"@type": "WebSite"}, name="Cổng thông tin", datePublished=AT),
    "an event": linked(**{"@type": "Event"}, datePublished=AT),
    "each of a list": linked(datePublished=AT) + linked(datePublished="2023-06-09T08:00:00+07:00"),
    "rows of a list": meta(name="itemprop=datePublished") + meta("2023-06-01T08:00:00+07:00", "itemprop=datePublished"),
    "the day alone": meta("2023-06-09"),
    "midnight, that is the day alone": meta("2023-06-09T00:00:00+07:00"),
    "an impossible day": meta("2023-06-31T08:00:00+07:00"),
    "broken JSON": "<script type='application/ld+json'>{'datePublished': '2023-06-09T16:08:35+07:00'}</script>",
    "deep JSON": f"<script type='application/ld+json'>{'[' * 90_000} datePublished</script>",
    "last change": meta(name="property='article:modified_time'"),
}


@pytest.mark.parametrize("head", CONTRADICTING.values(), ids=CONTRADICTING)
def test_what_says_otherwise_changes_nothing(head):
    assert when(article(head)) == ("2023-06-09", None, "day", "page")


def test_another_time_of_the_day_changes_nothing():
    assert when(article(meta(), date="09/06/2023 15:00")) == (
        "2023-06-09", "2023-06-09T15:00:00+07:00", "minute", "page",
    )  # fmt: skip


def test_a_clock_of_twelve_hours_that_does_not_say_which_half():
    """NukeViet can print `d/m/Y h:i:s`; nothing on the page tells the half of the day."""
    assert article("", date="09/06/2023 04:08:35").published_at == "2023-06-09T04:08:35+07:00"
    assert article(meta(), date="09/06/2023 04:08:35").published_at == AT
    assert article(meta(), date="09/06/2023 04:08:35 AM").published_at == "2023-06-09T04:08:35+07:00"


def test_the_order_of_day_and_month_is_the_portals_here_too():
    american = replace(PORTALS["demo"], platform=replace(PORTALS["demo"].platform, date_order="mdy"))
    head = meta("6/9/2023 04:08:35 PM")
    assert article(head, date="06/09/2023", of=american).published_at == AT
    assert article(head).published_at is None


def test_a_page_that_shows_no_date_is_dated_by_what_it_tells_machines():
    found = article(meta(), date="")
    assert when(found) == ("2023-06-09", AT, "second", "meta")
    assert found.published_raw == AT


@pytest.mark.parametrize(
    "head",
    [
        meta() + meta("2023-06-08T16:08:35+07:00", "name='pubdate'"),
        meta() + linked(headline="Thư chúc Tết của Chủ tịch nước", datePublished="2023-01-01"),
        linked(**{"@type": "WebSite"}, datePublished=AT),
        meta("2023-12-09T16:08:35+07:00"),
        meta("0001-01-01T00:00:00"),
        meta("1970-01-01T08:00:00+07:00"),
    ],
    ids=["two days", "another article", "the site", "after the capture", "no time of .NET", "no time of Unix"],
)
def test_unless_that_is_not_one_thing(head):
    assert when(article(head, date="")) == (None, None, None, None)


def test_a_date_line_that_is_refused_is_not_replaced():
    found = article(meta(), date="Đăng ngày 31 - 6 - 2023")
    assert (found.published_on, found.published_raw) == (None, "Đăng ngày 31 - 6 - 2023")
    assert article(meta(), date="Đăng vào ngày đẹp trời").published_on is None


def undated(head, shown=TITLE, window=TITLE):
    """A page of which nothing is known but what a person sees: a heading and a text, and no date."""
    clock = "<div>Thứ Ba, ngày 20 tháng 06 năm 2023</div>"
    html = (
        f"<html><head><title>{window}</title>{head}</head><body>{clock}<div class='main'><h1>{shown}</h1>{PROSE}</div>"
        "<ul><li><a href='/a'>Thư chúc Tết của Chủ tịch nước</a></li></ul></body></html>"
    )
    return read(html.encode(), replace(PORTALS["demo"], platform=PLATFORMS["landmarks"]), URL, "text/html", CAPTURED)


def test_news_that_shows_no_date_is_an_article_where_it_is_called_as_machines_are_told():
    found = undated(linked(headline=TITLE, datePublished=AT)).article
    assert (found.title, *when(found)) == (TITLE, "2023-06-09", AT, "second", "meta")
    assert found.body.count("Ủy ban nhân dân") == 3


NO_NEWS = {
    "og and time": f"<meta property='og:title' content='{TITLE}'><meta property='og:type' content='article'>{meta()}",
    "an article, as static pages are too": linked(**{"@type": "Article"}, headline=TITLE, datePublished=AT),
    "a page": linked(**{"@type": "WebPage"}, headline=TITLE, datePublished=AT),
    "news without a day": linked(headline=TITLE),
    "news of another name": linked(headline="Thư chúc Tết của Chủ tịch nước", datePublished=AT),
    "news without a name": linked(datePublished=AT),
    "several": linked(headline=TITLE, datePublished=AT) + linked(headline="Thư chúc Tết", datePublished=AT),
}


@pytest.mark.parametrize("head", NO_NEWS.values(), ids=NO_NEWS)
def test_what_machines_are_told_of_other_pages_makes_no_article(head):
    """Systems tell of "Giới thiệu" and "Liên hệ" in the same way: a title, a type, the day on which it was set up."""
    assert undated(head).kind == "other"


def test_nor_does_news_whose_name_only_a_link_or_the_window_shows():
    head = linked(headline=TITLE, datePublished=AT)
    assert undated(head, shown="Giới thiệu chung").kind == "other"
    assert undated(head, shown=f"<a href='/tin-2.html'>{TITLE}</a>").kind == "other"


@pytest.mark.parametrize("name", ["Tin tức - Cổng thông tin điện tử Quận Ba Đình", "Cổng thông tin điện tử"])
def test_a_window_that_is_called_like_the_section_is_outdone_by_the_title_for_machines(name):
    """The window of some portals names the section, and a wrong site."""
    html = (
        f"<html><head><title>{name}</title><meta property='og:title' content='{TITLE}'></head><body>"
        f"<div><b>Tin tức</b></div><div><p>{TITLE}</p><div>09/06/2023 | 05:07 PM</div><div>{PROSE}</div></div>"
    )
    found = read(html.encode(), PORTALS["demo"], URL, "text/html", CAPTURED).article
    assert (found.title, found.published_on) == (TITLE, "2023-06-09")


def test_a_title_that_the_page_cuts_short_is_whole_for_machines():
    head = f"<meta property='og:title' content='{TITLE}'>"
    assert article(head, title=f"{TITLE[:25]}...").title == TITLE
    other = "<meta property='og:title' content='Cổng thông tin điện tử thị xã An Thuận'>"
    assert article(other, title=f"{TITLE[:25]}...").title == f"{TITLE[:25]}..."
    assert article(other).title == TITLE


@pytest.mark.parametrize("nothing", ["0001-01-01T00:00:00", "1970-01-01T00:00:00Z"])
def test_what_stands_for_no_day_dates_no_article(nothing):
    found = article(meta(nothing), date=None)
    assert (found.title, *when(found)) == (TITLE, None, None, None, None)
