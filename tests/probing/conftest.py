"""Made-up pages for looking at, and portals that are visited without a network."""

from urllib.parse import urlsplit

import pytest

from archiver.demo import DRESSES, DressedPortal, stories
from archiver.store.evidence.captures import Answer
from tests.demo.conftest import NOW

PROSE = "<p>Ủy ban nhân dân thị xã tổ chức hội nghị sơ kết công tác sáu tháng đầu năm tại hội trường lớn.</p>" * 3
TITLE = "Hội nghị sơ kết công tác sáu tháng đầu năm"
SITE = "CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ VĨNH LẠC"
URL = "https://vinhlac.hungyen.gov.vn/tin-1.html"


def whole(markup, title=f"{TITLE} - {SITE}", head=""):
    return f"<html><head><title>{title}</title>{head}</head><body>{markup}</body></html>".encode()


def article(date="Đăng ngày 28 - 12 - 2021", **of_page):
    return whole(f"<h1>{TITLE}</h1><p>{date}</p>{PROSE}", **of_page)


HOURS_AGO = whole(
    "<h2>Tin mới nhất</h2><ul>"
    "<li><a href='/a.html'>Thị xã ra quân làm sạch đường làng</a> <span>2 giờ trước</span></li>"
    "<li><a href='/b.html'>Thị xã gặp mặt người có công với nước</a> <span>2 giờ trước</span></li></ul>"
)


class Asking:
    """Answers as a portal would; what is put in `instead` goes before it. Remembers what was asked."""

    def __init__(self, portal, instead=None):
        self.portal = portal
        self.instead = instead or {}
        self.asked = []

    async def __call__(self, url):
        self.asked.append(url)
        for key in (url, urlsplit(url).path):
            if key in self.instead:
                return self.instead[key]
        parts = urlsplit(url)
        response = self.portal.respond("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
        return Answer(response.status, None, response.headers, response.body)


@pytest.fixture(scope="session")
def town():
    """A town whose portal is NukeViet's, at a host that nobody knows."""
    return DressedPortal(DRESSES["nukeviet"], stories(40), lambda: NOW, faults=False, crawl_delay=0)
