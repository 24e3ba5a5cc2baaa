"""Anything may arrive. Reading never raises and never hangs, and what could not be read is a problem."""

import signal
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.items import Page
from archiver.portals import PORTALS
from archiver.reading.page import read
from tests.reading.conftest import RENDERINGS

URL = "https://anthuan.example/portal/Pages/2023-6-9/bai-viet.aspx"
CAPTURED = datetime(2025, 6, 30, 1, 0, tzinfo=UTC)
WHOLE = (RENDERINGS / "thu-hoach" / "current-theme.html").read_bytes()
LIST = (RENDERINGS / "chuyen-muc" / "tandan.html").read_bytes()
HANGING = 300  # seconds: far beyond what any page here takes, however busy the machine is


@pytest.fixture(autouse=True)
def no_hanging():
    signal.alarm(HANGING)
    yield
    signal.alarm(0)


def checked(body, content_type="text/html"):
    page = read(body, PORTALS["demo"], URL, content_type, CAPTURED)
    assert isinstance(page, Page)
    assert (page.article is not None) == (page.kind == "article")
    for text in texts_of(page):
        assert text == text.strip()
        assert unicodedata.is_normalized("NFC", text)
    return page


def texts_of(page):
    article = page.article
    if article:
        yield from filter(None, (article.title, article.lead, article.section, article.author, article.published_raw))
        yield from filter(None, (article.body, *(image.caption for image in article.images)))
    for row in page.listed:
        yield row.title
        yield from filter(None, (row.listed_raw, row.heading))


def deep(tag, depth, inside=b"<p>trong</p>"):
    return b"<html><body>" + b"<%s>" % tag * depth + inside + b"</%s>" % tag * depth + b"</body></html>"


ARTICLE = """<html><head><title>Bài - Cổng thông tin điện tử</title></head><body>
<p class="tandan-p-article-news-title">Bài viết về một việc ở thị xã</p>
<div class="tandan-span-date-publish">Đăng ngày 9 - 6 - 2023</div><div class="ms-rtestate-field">%s</div></body></html>"""

DAMAGED = {
    "empty": (b"", "parse", "empty body"),
    "blank": (b" \r\n\t ", "parse", "empty body"),
    "only a bom": (b"\xef\xbb\xbf", "parse", "empty body"),
    "only a comment": (b"<!-- nothing -->", "parse", None),
    "pdf": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3 ...", "parse", "not HTML"),
    "zip": (b"PK\x03\x04" + bytes(200), "parse", "not HTML"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(100), "parse", "not HTML"),
    "20 MB": (
        b"<html><body>" + b"<p>" + b"a " * 10_000_000 + b"</p></body></html>",
        "parse",
        "larger than 4 MB, not read",
    ),
    "10,000 divs": (deep(b"div", 10_000), "parse", "nested too deeply, the rest of the page is not read"),
    "100,000 spans": (deep(b"span", 100_000), "parse", "nested too deeply, the rest of the page is not read"),
    "cut in a tag": (WHOLE[:11_113], "parse", "page is cut off"),
    "cut in a letter": (b"<html><body><p>Th\xe1\xbb", "parse", "page is cut off"),
    "broken utf-8": (WHOLE.replace("thu hoạch".encode(), b"thu ho\xe1\xba\xffch"), "decode", "bytes that are no utf-8"),
    "impossible date": (WHOLE.replace(b"9 - 6 - 2023", b"39 - 6 - 2023"), "date", "impossible date"),
    "date in the future": (WHOLE.replace(b"9 - 6 - 2023", b"9 - 6 - 2033"), "date", "lies after the capture"),
    "date in words": ("Đăng tuần trước".join(ARTICLE.split("Đăng ngày 9 - 6 - 2023")) % "<p>Chữ.</p>", "date", None),
    "no date": (ARTICLE.replace("Đăng ngày 9 - 6 - 2023", "") % "<p>Chữ.</p>", "date", "no date line in the header"),
    "no text": (ARTICLE % "<p><img src='/portal/Photos/a.jpg'></p>", "read", "no text in the body"),
}

HARMLESS = {
    "binary": bytes(range(256)) * 40,
    "nul bytes": WHOLE.replace(b"<p", b"\x00<p"),
    "controls": WHOLE.replace(b" ", b" \x01\x0b\x1f"),
    "utf-16": WHOLE.decode().encode("utf-16"),
    "200 divs": deep(b"div", 200),
    "1,500 tables": deep(b"table><tr><td", 1_500),
    "1,900 lists": deep(b"ul><li", 900),
    "open comment": WHOLE.replace(b"<body", b"<!-- <body"),
    "open script": WHOLE.replace(b"</script>", b""),
    "open attribute": WHOLE.replace(b'"', b"", 41),
    "no angle brackets": WHOLE.replace(b"<", b"").replace(b">", b""),
    "only tags": b"<p><div><table><tr><td><li><a href=x><h1><b>" * 200,
    "only end tags": b"</p></div></table></body></html>" * 200,
    "framesets": b"<html><frameset><frame src=a></frameset></html>",
    "xml": b'<?xml version="1.0" encoding="utf-8"?><rss><item><title>a</title></item></rss>',
    "50,000 links": b"<html><body>" + b"<a href='/x'>Xem th\xc3\xaam tin n\xc3\xa0y</a> (08/12/2021 9:24 SA)<br>" * 50_000,
    "5,000 date lines": b"<html><body>" + "<h1>Bài</h1><div>Đăng ngày 9 - 6 - 2023</div>".encode() * 5_000,
    "5,000 postbacks": b"<html><body><form><input name=v value=" + b"x" * 100_000 + b">"
    + b"".join(b"<a href=\"javascript:__doPostBack('p','Page$%d')\">%d</a>" % (n, n) for n in range(5_000)),
    "a long word": b"<html><body><p>" + b"a" * 3_000_000,
    "digits": b"<html><body><p>" + b"12/12/2021 " * 200_000,
    "colons": b"<html><body><p>" + b"2021 12:12:" * 200_000,
    "labels": b"<html><body>" + "<p>Đăng ngày Đăng ngày ( ( (2021</p>".encode() * 20_000,
    "titles of the platform": b"<div class='tandan-title-view'>" * 1_500 + b"x",
    "bodies of the platform": b"<div class='ms-rtestate-field'>" * 1_500 + b"<p>x</p>",
    "pictures": (ARTICLE % ("<p><img src=a.jpg></p>" * 20_000)).encode(),
    "100,000 links in a line": b"<html><body>" + b"<a href='/x'>Xem</a> " * 100_000,
    "20,000 rows in a line": b"<html><body>" + "<a href='/x'>Xem thêm tin</a> (08/12/2021 9:24 SA) ".encode() * 20_000,
    "100,000 breadcrumbs in a line": b"<html><body>" + "<a href='/'>Trang chủ</a> » ".encode() * 100_000,
    "dates in a link": b"<html><body><a href='/x'>" + "Xem thêm tin (08/12/2021) ".encode() * 100_000 + b"</a>",
    "ranges of dates": b"<html><body><h1>" + b"1/1/2020-2/2/2020 - " * 100_000 + b"</h1><p>1/1/2020",
    "telephone numbers": "<html><body><p>0321 3943 123 - 0321 3943 456 - 0912 345 678 đường dây nóng</p>".encode(),
    "a number of 100 digits": b"<html><body><p>" + b"1" * 100 + b" xy</p>",
    "counters without a number": b"<html><body><p>1/1/2020 " + b"view " * 28 + b"x</p>",
    "a title of separators": b"<html><title>" + b"a - " * 500_000 + b"</title><body>x",
    "a width of spaces": (ARTICLE % ("<img src=a.jpg width='1" + " " * 1_000_000 + "x'>")).encode(),
    "a width of 9,000 digits": (ARTICLE % ("<img src=a.jpg width='" + "9" * 9_000 + "'>")).encode(),
    "marks without end": (ARTICLE % ("<p>e" + "\u0323\u0302" * 500_000 + "</p>")).encode(),
    "marks in an address": ("<html><body><a href='/" + "\u0323\u0302" * 300_000 + "'>Xem</a>").encode(),
    "figures": (ARTICLE % ("<figure><img src=a.jpg></figure>" * 30_000)).encode(),
    "attachments": (ARTICLE % "".join(f"<p><a href='/{n}.pdf'>Tệp {n}</a></p>" for n in range(20_000))).encode(),
    "a table of attachments": (ARTICLE % ("<table>" + "<tr><td><a href='/a.pdf'>1</a><td>2</tr>" * 30_000)).encode(),
    "700 lists in lists": ("<html><body>" + "<ul><li>a" * 700 + "<li><a href='/x'>Xem</a></li>" * 50_000).encode(),
    "date lines 1,000 divs deep": ("<html><body>" + "<div>" * 1_000 + "<h1>Bài</h1><p>1/1/2020</p>" * 3_000).encode(),
    **{f"charset {name}": b"<html><meta charset=%s><body>\xff \\x" % name.encode()
       for name in ("idna", "punycode", "undefined", "unicode_escape", "utf-7", "base64", "utf-16")},
    "bad addresses": (ARTICLE % "<a href='http://['>a.pdf</a><img src='//['><a href='http://x:y/z.pdf'>b</a>").encode(),
    "base": WHOLE.replace(b"<head>", b"<head><base href='http://['>"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_what_cannot_be_read_is_a_problem(name):
    body, stage, reason = DAMAGED[name]
    page = checked(body.encode() if isinstance(body, str) else body)
    problems = [problem for problem in page.problems if problem.stage == stage]
    assert problems
    assert reason is None or reason in [problem.reason for problem in problems]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_looks_bad_is_read_as_far_as_it_goes(name):
    checked(HARMLESS[name])


def test_a_content_type_that_is_no_text_is_believed():
    assert checked(WHOLE, "application/octet-stream").kind == "other"
    assert checked(WHOLE, None).kind == "article"
    assert checked(WHOLE, "application/xhtml+xml").kind == "article"


def test_refused_values_keep_their_raw_text():
    page = checked(WHOLE.replace(b"9 - 6 - 2023", b"39 - 6 - 2023"))
    assert page.article.published_on is None
    assert page.article.published_raw == "Đăng ngày 39 - 6 - 2023"
    assert page.article.published_from is None


def test_a_contradicting_clock_in_a_list_is_null_and_raw():
    page = checked(LIST.replace(b"4:05 CH", b"0:30 CH"))
    row = next(row for row in page.listed if row.listed_raw == "(08/09/2023 0:30 CH)")
    assert row.listed_at is None
    assert ("list", "impossible time") in [(problem.stage, problem.reason) for problem in page.problems]


SNIPPETS = st.sampled_from(
    [b"<p>", b"</p>", b"<div>", b"</div>", b"<td>", b"</table>", b"<br>", b"<!--", b"-->", b"<script>", b"</script>", b"&#", b"&nbsp;",
     b"<a href='", b"'>", b'"', b"\x00", b"\xe1\xbb", "Tin mới nhất".encode(), "Đăng ngày 31 - 2 - 2021".encode(), b"(08/12/2021 9:24 SA)",
     b"<base href='//'>", b"<h1>", b"<font>", b"<o:p>", b"<html>", b"</html>", b"<img src=x>", b"<form>", b"<ul><li>", b"\xff\xfe"]
)  # fmt: skip
BROAD = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@BROAD
@given(st.binary(max_size=3000))
def test_any_bytes(body):
    checked(body)


@BROAD
@given(st.lists(SNIPPETS | st.text(max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass")), max_size=80))
def test_any_markup(pieces):
    checked(b"".join(pieces))


@BROAD
@given(st.sampled_from([WHOLE, LIST]), st.data())
def test_any_damage_to_a_page(body, data):
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(body)))
        length = data.draw(st.integers(0, 400))
        body = body[:start] + data.draw(SNIPPETS) + body[start + length :]
    checked(body)


@BROAD
@given(
    st.sampled_from([WHOLE, LIST]), st.integers(0, 60), st.sampled_from(["latin-1", "utf-16", "cp1258", "bogus", ""])
)
def test_any_declared_charset(body, start, charset):
    checked(body[start:], f"text/html; charset={charset}")
