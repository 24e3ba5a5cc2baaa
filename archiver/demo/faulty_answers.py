"""What the portal answers where a row leads nowhere good."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from archiver.demo.addresses import article_path, encoded
from archiver.demo.faults import FaultyRow
from archiver.demo.media import pdf
from archiver.demo.plain_pages import missing_page
from archiver.demo.press import Press
from archiver.demo.responses import Response, failure, ok, redirect

FIVE_MEGABYTES = 5_000_000
DEPTH = 3_000
ELSEWHERE = "https://dich-vu-cong.haiduongdong.example/nop-phat?ma=An-Thuan"


def faulty_answer(row: FaultyRow, gone: Callable[[int], Response]) -> Response:
    """The answer behind a faulty row; it never gets better. `gone` draws the page for what is not there."""
    match row.fault:
        case "not_found":
            return gone(404)
        case "gone":
            return gone(410)
        case "soft_404":
            return gone(200)
        case "pdf_as_html":
            return ok(pdf("bao-cao.pdf"))
        case "five_megabytes":
            return ok(huge_page())
        case "empty":
            return ok(b"")
        case "deeply_nested":
            return ok(nested_page())
        case "redirect_loop":
            return redirect(encoded(partner_path(row)))
        case "other_host":
            return redirect(ELSEWHERE)


def missing(press: Press, status: int) -> Response:
    """The page that says there is none."""
    return failure(status, press.fill(press.stencil("missing", missing_page)))


def partner_path(row: FaultyRow) -> str:
    """The other address of a redirect loop."""
    return article_path(f"{row.slug}b", row.listed_at)


@cache
def huge_page() -> bytes:
    """One table of five megabytes."""
    line = "<tr><td>000123</td><td>Quách Thị Nhạn</td><td>Trường THPT An Thuận</td><td>7,25</td></tr>\n".encode()
    head = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Danh sách thí sinh</title></head><body><table>\n'
    return head.encode() + line * (FIVE_MEGABYTES // len(line) + 1) + b"</table></body></html>"


@cache
def nested_page() -> bytes:
    """A sentence below thousands of boxes."""
    inside = "<div>" * DEPTH + "Sơ đồ đang được cập nhật" + "</div>" * DEPTH
    head = '<head><meta charset="utf-8"><title>Sơ đồ</title></head>'
    return f"<!DOCTYPE html><html>{head}<body>{inside}</body></html>".encode()
