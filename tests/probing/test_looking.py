"""What a look at one page says: by what each field is found, what the dates prove, why something cannot be read."""

from pathlib import Path

import pytest

from archiver.probing.looking import FIELDS, address_in, look
from archiver.probing.words import WIDTH, legend, page_in_words
from tests.probing.conftest import PROSE, SITE, TITLE, URL, article, whole

GOLDENS = Path(__file__).resolve().parents[1] / "reading" / "platforms"
JS_ONLY = whole("<noscript>Bật JavaScript</noscript><div id='root'></div><script src='/app.js'></script>", title="Tin")
LOGIN = whole("<h1>Đăng nhập</h1><form><input name='u'><input type='Password' name='p'></form>", title="Đăng nhập")
SENT_ON = whole("", head="<meta http-equiv='Refresh' content='0; url=/trang-chu'>")
MISSING = whole("<h1>Không tìm thấy trang</h1><p>Trang bạn yêu cầu không tồn tại hoặc đã bị gỡ bỏ.</p>", title="404")
STATIC = whole(f"<h1>Giới thiệu</h1>{PROSE}", title=f"Giới thiệu - {SITE}")


def by_field(seen):
    return {each.name: each.by for each in seen.fields}


def test_selectors_and_landmarks_are_compared_field_by_field():
    file = GOLDENS / "nukeviet" / "article.html"
    found = by_field(look(file.read_bytes(), "text/html", URL))
    assert tuple(found) == FIELDS
    both = {name for name, by in found.items() if by == "selectors and landmarks"}
    assert both == {"title", "lead", "body", "section", "published_on", "published_at", "images"}
    assert (found["author"], found["attachments"]) == ("landmarks", "nothing")


def test_a_page_of_no_known_system_is_read_by_landmarks_and_says_so():
    seen = look(article(), "text/html", URL)
    assert (seen.page.kind, seen.recognised.confidence, seen.refusal) == ("article", 0.0, None)
    assert set(by_field(seen).values()) == {"landmarks", "nothing"}
    assert "no known system: read by landmarks alone" in page_in_words(seen)


def test_what_landmarks_read_otherwise_is_shown():
    """A hidden title in the platform's own place, another before every eye."""
    markup = (
        "<script>var nv_base_siteurl='/';</script><div class='other'><h1>Một đầu đề khác hẳn nằm ở đây</h1>"
        f"<p>Đăng ngày 28/12/2021</p></div><h3 class='title'>{TITLE}</h3><span class='h5'>Thứ ba - 27/06/2023 10:14</span>"
        f"<div id='news-bodyhtml'>{PROSE}</div>"
    )
    seen = look(whole(markup, title="Một đầu đề khác hẳn nằm ở đây"), "text/html", URL)
    field = next(each for each in seen.fields if each.name == "title")
    assert (field.by, field.value) == ("selectors, landmarks otherwise", TITLE)
    assert field.landmarks == "Một đầu đề khác hẳn nằm ở đây"
    assert f"landmarks:  {field.landmarks}" in page_in_words(seen)
    assert any("disagree on the title" in doubt for doubt in seen.doubts)


@pytest.mark.parametrize(
    ("body", "content_type", "because"),
    [
        (b" \n", "text/html", "is empty"),
        (b"%PDF-1.7 ...", "application/pdf", "no page of HTML that can be read: not HTML (PDF)"),
        (b"\x89PNG\r\n\x1a\n", None, "not HTML (PNG)"),
        (b'{"a": 1}', "application/json", "not HTML (application/json)"),
        (LOGIN, "text/html", "asks for a password"),
        (JS_ONLY, "text/html", "a script would have to fetch it in a browser"),
        (MISSING, "text/html", "says of itself that there is none"),
        (SENT_ON, "text/html", "that it leads to, https://vinhlac.hungyen.gov.vn/trang-chu"),
        (STATIC, "text/html", "Without a date nothing is taken for an article"),
    ],
    ids=["empty", "pdf", "picture", "json", "login", "javascript", "error page", "sent on", "no date"],
)
def test_what_cannot_be_read_is_said_and_why(body, content_type, because):
    seen = look(body, content_type, URL)
    assert because in seen.refusal
    assert "not read" in page_in_words(seen)
    assert not seen.fields


def test_an_article_without_a_day_is_read_with_that_doubt():
    seen = look((GOLDENS / "uiarticle" / "undated.html").read_bytes(), "text/html", URL)
    assert (seen.refusal, seen.page.kind) == (None, "article")
    assert seen.doubts == ("no date line in the header",)
    assert "none was found" in page_in_words(seen)


ROWS = "".join(f"<li><a href='/tin-{day}.html'>Tin tức số {day} của thị xã hôm nay</a> ({{}})</li>" for day in (1, 2))


@pytest.mark.parametrize(
    ("dates", "order", "is_ambiguous", "words"),
    [
        (("08/12/2021", "05/28/2021"), "month first", False, "needs date_order='mdy'"),
        (("08/12/2021", "28/05/2021"), "day first", False, "prove that the day stands first"),
        (("08/12/2021", "05/06/2021"), "not told", True, "nothing on this page tells day from month"),
        (("08/08/2021", "05/05/2021"), "not told", False, "the order makes no difference here"),
    ],
)
def test_the_order_of_day_and_month_is_proven_or_said_to_be_open(dates, order, is_ambiguous, words):
    seen = look(whole(f"<h2>Tin mới nhất</h2><ul>{ROWS.format(*dates)}</ul>"), "text/html", URL)
    assert (seen.dates.order, seen.dates.is_ambiguous) == (order, is_ambiguous)
    assert words in " ".join(page_in_words(seen).split())


@pytest.mark.parametrize(
    ("stated", "order", "words"),
    [
        ("2021-08-05T09:24:00+07:00", "day first", "what the page tells machines proves that the day stands first"),
        ("2021-05-08T09:24:00+07:00", "month first", "what the page tells machines proves that the month stands first"),
        ("2021-09-09", "not told", "nothing on this page tells day from month"),
    ],
)
def test_what_the_page_tells_machines_proves_the_order_too(stated, order, words):
    head = f"<meta property='article:published_time' content='{stated}'>"
    seen = look(article("Đăng ngày 05/08/2021", head=head), "text/html", URL)
    assert seen.dates.order == order
    assert words in " ".join(page_in_words(seen).split())


@pytest.mark.parametrize("file", sorted(GOLDENS.glob("*/*.html")), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_it_fits_a_terminal_of_eighty_columns(file):
    words = page_in_words(look(file.read_bytes(), "text/html", URL)) + "\n" + legend()
    long = [line for line in words.splitlines() if len(line) > WIDTH]
    assert long == []


def test_a_saved_page_may_say_its_address():
    assert address_in(article(head=f"<link rel='canonical' href='{URL}'>")) == URL
    assert address_in(article(head=f"<meta property='og:url' content=' {URL} '>")) == URL
    assert address_in(article(head="<link rel='canonical' href='/tin-1.html'>")) is None
    assert address_in(b"") is None


def test_nothing_on_a_page_steers_the_terminal():
    seen = look(whole(f"<h1>\x1b]0;x\x07{TITLE}</h1><p>Đăng ngày 28/12/2021</p>{PROSE}", title="\x1b[2J"), None, URL)
    assert "\x1b" not in page_in_words(seen)
