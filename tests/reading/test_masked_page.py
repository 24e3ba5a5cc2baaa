"""Captured pages of published copies: no number that names a person is left in them, and nothing else is touched."""

import pytest

from archiver.reading.masked_page import masked_page
from archiver.reading.tree import parse

HEAD = '<html><head><meta charset="utf-8"><title>Thông báo</title></head><body>'


def shown(markup, known=()):
    page, was_masked = masked_page((HEAD + markup + "</body></html>").encode(), "text/html; charset=utf-8", known)
    return page.decode(), was_masked


@pytest.mark.parametrize(
    ("markup", "gone"),
    [
        ("<p>ĐT: 0912345678</p>", "0912345678"),
        ("<p>ĐT: <b>0912</b><i>345</i> <span>678</span></p>", "345"),
        ("<p>Số tài khoản:</p><p>12345678</p>", "12345678"),
        ("<table><tr><th>Họ tên<th>Số CMND<tr><td>A<td>145 678 912</table>", "145 678 912"),
        ("<p>CCCD số\n   033085001234</p>", "033085001234"),
        ('<a href="tel:+84912345678">gọi</a>', "84912345678"),
        ('<img src="a.jpg" alt="STK 12345678">', "12345678"),
        ('<meta name="description" content="ĐT 0912345678">', "0912345678"),
        ("<script>var phone = '0912345678'</script><p>x</p>", "0912345678"),
        ("<!-- 0912345678 --><p>x</p>", "0912345678"),
        ('<p>x</p><iframe srcdoc="0912345678"></iframe>', "0912345678"),
    ],
)
def test_a_number_is_gone_wherever_it_stands(markup, gone):
    assert gone not in shown(markup)[0]


def test_numbers_that_are_known_are_gone_from_addresses_and_without_words_too():
    page, was_masked = shown('<a href="/tin-19012345678910.aspx">190 1234 5678 910</a>', {"19012345678910"})
    assert was_masked
    assert "19012345678910" not in page
    assert "••• •••• •••• •••" in page


def test_what_names_nobody_stays_as_it_is():
    page, was_masked = shown(
        '<p class="a123456789">Ngày 28/12/2021,\n 1.500.000 đồng</p><a href="/?ID=123456789">2 < 3</a>'
    )
    assert not was_masked
    assert '<p class="a123456789">Ngày 28/12/2021,\n 1.500.000 đồng</p><a href="/?ID=123456789">2 &lt; 3</a>' in page


def test_the_words_around_a_number_stay():
    page, _ = shown("<p>Liên hệ <b>bà Hoa</b>,\n ĐT: 0912 <u>345</u> 678 (giờ hành chính)</p>")
    assert "<p>Liên hệ <b>bà Hoa</b>,\n ĐT: •••• <u>•••</u> ••• (giờ hành chính)</p>" in page


def test_it_is_read_as_before_whatever_its_charset():
    body = "<html><head><meta charset=windows-1258></head><body><p>Điện thoại: 0912345678, Mỹ Hào</p></body></html>"
    page, _ = masked_page(body.encode("cp1258", "replace"), "text/html; charset=windows-1258", ())
    text = "".join(parse(page, "text/html; charset=utf-8").root.itertext())
    assert "••••••••••" in text
    assert "0912345678" not in text


def test_what_is_no_page_has_no_masked_form():
    assert masked_page(b"%PDF-1.7", "application/pdf", ()) is None
    assert masked_page(b"", "text/html", ()) is None
