"""Selectors of platforms: by class, by id, by what the markup says of itself; and what stands within a body."""

from dataclasses import fields, replace

import pytest

from archiver.portals import PORTALS
from archiver.portals.model import Platform, Selectors
from archiver.portals.platforms import PLATFORMS
from archiver.portals.platforms.liferay import LIFERAY
from archiver.reading import selecting
from archiver.reading.page import read

URL = "https://anthuan.example/tin/hop.html"
BODY = "".join(f"<p>Đoạn {n} nói về cuộc họp của Ủy ban nhân dân thị xã tại hội trường lớn.</p>" for n in (1, 2, 3))


def portal(**selectors):
    return replace(PORTALS["demo"], platform=Platform("made-up", "made up", selectors=Selectors(**selectors)))


def article(markup, of):
    html = f"<html><head><title>Tin</title></head><body>{markup}</body></html>"
    return read(html.encode(), of, URL, "text/html; charset=utf-8").article


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=PLATFORMS)
def test_every_selector_of_every_platform_is_one(platform):
    for part in fields(Selectors):
        for selector in getattr(platform.selectors, part.name):
            selecting.taken_apart(selector)


@pytest.mark.parametrize("wrong", ["", "h1", "div > p", ".a.b", "#", "a[href]", ".a .b", "[itemprop='x']"])
def test_what_is_no_selector_is_refused(wrong):
    with pytest.raises(ValueError, match="is no selector"):
        selecting.taken_apart(wrong)


@pytest.mark.parametrize("found", ["news-bodyhtml", "ctl00_Main_news-bodyhtml"])
def test_an_id_counts_alone_and_behind_an_underscore(found):
    of = portal(title=(".t",), date=(".d",), body=("#news-bodyhtml",))
    markup = f"<p class='t'>Hội nghị</p><p class='d'>09/06/2023</p><b>Xem thêm bản đồ</b><div id='{found}'>{BODY}</div>"
    assert article(markup, of).body.startswith("Đoạn 1")


def test_an_id_that_only_ends_alike_is_another():
    of = portal(title=(".t",), date=(".d",), body=("#container",))
    frame = "<div id='page-container'><b>Văn phòng điện tử một cửa</b><div id='maincontainer'>Lịch tiếp công dân</div>"
    markup = f"<p class='t'>Hội nghị</p><p class='d'>09/06/2023</p>{frame}<div id='container'>{BODY}</div></div>"
    assert article(markup, of).body.startswith("Đoạn 1")


def test_the_markup_may_say_itself_what_a_part_is():
    of = portal(title=("h2[itemprop=headline]",), date=("[itemprop=datePublished]",), body=("[itemprop=articleBody]",))
    markup = (
        "<h1>Tin trong ngày</h1><p itemprop='headline'>Không phải tiêu đề</p><h2 itemprop='name headline'>Hội nghị</h2>"
        f"<i itemprop='datePublished'>09/06/2023</i><div><b>Xem thêm</b></div><div itemprop='articleBody'>{BODY}</div>"
    )
    found = article(markup, of)
    assert (found.title, found.published_on, found.body[:6]) == ("Hội nghị", "2023-06-09", "Đoạn 1")


def test_what_a_platform_hides_by_a_class_is_not_seen():
    of = portal(title=(".t",), date=(".d",), body=(".b",), hidden=(".hidden",))
    markup = f"<p class='t'>Hội nghị<span class='x hidden'> 123</span></p><p class='d'>09/06/2023</p><div class='b'>{BODY}</div>"
    assert article(markup, of).title == "Hội nghị"


FURNITURE = "<ul class='a tool b'><li>Nghe đọc bài này</li></ul>"


def test_furniture_within_the_body_is_not_body():
    of = portal(title=(".t",), date=(".d",), body=(".b",), not_body=(".tool", "#more"))
    more = "<div id='x_more'>Mời bạn đọc đón xem kỳ tới</div>"
    head = "<p class='t'>Hội nghị</p><p class='d'>09/06/2023</p>"
    body = f"<div class='b'>{FURNITURE}{BODY}{more}<p class='toolbox'>Kết thúc cuộc họp lúc 10 giờ.</p></div>"
    found = article(head + body, of).body.split("\n\n")
    assert [len(found), found[0][:6], found[-1]] == [4, "Đoạn 1", "Kết thúc cuộc họp lúc 10 giờ."]


def test_without_such_a_selector_it_is():
    of = portal(title=(".t",), date=(".d",), body=(".b",))
    head = "<p class='t'>Hội nghị</p><p class='d'>09/06/2023</p>"
    assert article(f"{head}<div class='b'>{FURNITURE}{BODY}</div>", of).body.startswith("Nghe đọc bài này")


def test_a_body_whose_element_holds_the_header_begins_behind_it():
    of = portal(title=(".t",), date=(".d",), body=(".all",), not_body=(".tool", ".d"))
    head = "<h3 class='t'>Hội nghị</h3><div class='d'>09/06/2023</div>"
    around = "<div class='side'>Số điện thoại cần biết của thị xã An Thuận</div>"
    found = article(f"<div class='all'>{head}{FURNITURE}{BODY}</div>{around}", of)
    assert (found.title, found.published_on) == ("Hội nghị", "2023-06-09")
    assert [paragraph[:6] for paragraph in found.body.split("\n\n")] == ["Đoạn 1", "Đoạn 2", "Đoạn 3"]


def test_a_portal_that_says_little_otherwise_shares_what_its_platform_has_ready():
    mdy = replace(LIFERAY, date_order="mdy")
    assert mdy is not LIFERAY
    assert mdy.selectors is LIFERAY.selectors
    assert selecting.compiled(mdy.selectors) is selecting.compiled(LIFERAY.selectors)


def test_a_portal_may_say_otherwise_where_one_part_stands():
    own = replace(LIFERAY, selectors=replace(LIFERAY.selectors, title=("h2.tieu-de",)))
    of = replace(PORTALS["demo"], platform=own)
    markup = (
        "<h2 class='tieu-de'>Hội nghị</h2><h2 class='asset-full-content-title'>Khác</h2>"
        f"<div class='assetPublishDate'>09/06/2023 | 05:07 PM</div><div class='journal-content-article'>{BODY}</div>"
    )
    assert article(markup, of).title == "Hội nghị"
    assert article(markup, replace(PORTALS["demo"], platform=LIFERAY)).title == "Khác"


def test_the_order_of_day_and_month_is_what_the_portal_declares():
    markup = (
        "<h2 class='asset-full-content-title'>Hội nghị</h2><div class='assetPublishDate'>06/12/2023 | 05:07 PM</div>"
        f"<div class='journal-content-article'>{BODY}</div>"
    )
    for order, day in (("dmy", "2023-12-06"), ("mdy", "2023-06-12")):
        of = replace(PORTALS["demo"], platform=replace(LIFERAY, date_order=order))
        assert article(markup, of).published_on == day
