"""Small made-up sites whose lists go on by pieces that a script posts for, as UIArticle's do."""

from __future__ import annotations

import json
from collections.abc import Callable

from archiver.demo.responses import Response, failure, ok
from archiver.portals import PORTALS
from tests.crawling.small_sites import Served, SmallSite, home

PORTAL = PORTALS["demo-uiarticle"]
LOAD = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
JSON = "application/json; charset=utf-8"
SITE = "4"


def article(number: int) -> str:
    return (
        f"<html><head><title>Tin số {number}</title></head><body><div class='ArticleDetailControl'><div"
        f" class='ArticleHeader'>Tin số {number} của thị xã</div><div class='PostDate'>{day(number)}</div>"
        f"<div class='ArticleContent'><p>Nội dung của tin số {number}, kể lại cho mọi người cùng biết.</p></div></div>"
        "</body></html>"
    )


def day(number: int) -> str:
    return f"{1 + number % 28:02d}/{1 + number // 28 % 12:02d}/2023"


def rows(numbers: list[int], *, bare: bool = False) -> str:
    items = "".join(
        f'<li class="row"><h2 class="Title"><a href="/tin-{number}">Tin số {number} của thị xã</a></h2>'
        + ("" if bare else f'<div class="PostDate">{day(number)}</div><p>Lời dẫn.</p>')
        + "</li>"
        for number in numbers
    )
    return f'<ul class="ArticleInMenu">{items}</ul>' if numbers else ""


def script(category: int, size: int, pages: int | None) -> str:
    said = f"var maxPage = parseInt({pages}); " if pages is not None else ""
    return (
        f'<script>{said}$.ajax({{ url: "{LOAD}", data: {{ article_category_id: {category}, site_id: {SITE}, page: page,'
        f" page_size: {size} }} }});</script>"
    )


def listing(name: str, numbers: list[int], behind: str = "", *, bare: bool = False) -> str:
    return (
        f"<html><head><title>{name}</title></head><body><div class='breadcrumb'><a href='/'>Trang chủ</a> » "
        f"<a href='#'>{name}</a></div><h1>{name}</h1>{rows(numbers, bare=bare)}{behind}</body></html>"
    )


class PiecedSite(SmallSite):
    """Lists by their address; each knows its category, and `size` rows make a page. Newest articles have the highest number.

    `answer` may put something else in the place of a piece: it is given the category, the page and the piece.
    """

    def __init__(self, lists: dict[str, list[int]], size: int = 5, *, says_pages: bool = True) -> None:
        super().__init__()
        self.lists, self.size, self.says_pages = lists, size, says_pages
        self.more: dict[str, Served] = {}
        self.answer: Callable[[str, int, str], str | Response] = lambda _, __, html: html
        self.posted: list[tuple[str, int]] = []
        self.in_json = False
        self.bare = False  # whether rows are nothing but links

    def category(self, address: str) -> int:
        return 54441 + list(self.lists).index(address)

    def respond(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Response:
        numbers = sorted({number for each in self.lists.values() for number in each})
        self.pages = {
            "/robots.txt": failure(404, b""),
            "/": home(*self.lists),
            LOAD: self.piece if method == "POST" else failure(500, b""),
            **{address: self.first_page(address) for address in self.lists},
            **{f"/tin-{number}": article(number) for number in numbers},
            **self.more,
        }
        return super().respond(method, target, headers, body)

    def first_page(self, address: str) -> str:
        numbers = self.lists[address]
        pages = -(-len(numbers) // self.size)
        behind = script(self.category(address), self.size, pages if self.says_pages else None)
        return listing(f"Mục {address[1:]}", numbers[: self.size], behind, bare=self.bare)

    def piece(self, _: str, fields: dict[str, str]) -> str | Response:
        category, page, size = fields["article_category_id"], int(fields["page"]), int(fields["page_size"])
        self.posted.append((category, page))
        if fields["site_id"] != SITE or size != self.size:
            return failure(500, b"")
        numbers = self.lists[list(self.lists)[int(category) - 54441]]
        html = self.answer(category, page, rows(numbers[(page - 1) * size : page * size], bare=self.bare))
        if isinstance(html, Response) or not self.in_json:
            return html if isinstance(html, Response) else ok(html.encode())
        return ok(json.dumps({"d": html}).encode(), content_type=JSON)
