"""Small made-up sites, each odd in one way: addresses and what stands there, visited without a network."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl

from archiver.demo.responses import Response, failure, ok
from tests.store.conftest import article, listing

NEW_EACH_TIME = iter(range(10**6))
Served = str | Response | Callable[[str, dict[str, str]], "str | Response"]


class SmallSite:
    """Answers by address; what is not there is 404. A page may be a function of its address and the posted form."""

    def __init__(self, pages: dict[str, Served] | None = None) -> None:
        self.pages = {"/robots.txt": failure(404, b"")} | (pages or {})

    def respond(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Response:
        page = self.pages.get(target) or self.pages.get(target.partition("?")[0])
        if callable(page):
            page = page(target, dict(parse_qsl(body.decode(), keep_blank_values=True)))
        if page is None:
            return failure(404, b"")
        return page if isinstance(page, Response) else ok(page.encode())


def home(*links: str) -> str:
    """A home page that is nothing but links."""
    return "<html><head><title>Trang chủ</title></head><body>" + "".join(map(link, links)) + "</body></html>"


def link(target: str, text: str | None = None) -> str:
    return f"<p><a href='{target}'>{text or 'Mục ' + target}</a></p>"


def articles(count: int) -> dict[str, Served]:
    """Articles 1 … count, the newest being the last."""
    return {f"/portal/Pages/tin-{number}.aspx": article(f"Tin số {number}", f"Nội dung {number}.", extra="")
            for number in range(1, count + 1)}  # fmt: skip


def rows(numbers: range | list[int]) -> list[tuple[str, str, str]]:
    """Rows of a list, as `listing` takes them."""
    return [
        (f"tin-{number}", f"Tin số {number}", f"{1 + number % 28:02d}/{1 + number // 28 % 12:02d}/2023 9:00 SA")
        for number in numbers
    ]


def form(pager: str, hidden: str = "") -> str:
    """A form of ASP.NET around a pager, with a state that is another each time."""
    state = f"<input type='hidden' name='__VIEWSTATE' value='v{next(NEW_EACH_TIME)}'/>"
    return f"<form method='post' action=''>{state}{hidden}{pager}</form>"


def posting(number: int, label: str) -> str:
    return f"<a href=\"javascript:__doPostBack('grid','Page${number}')\">{label}</a> "


def page_posted(fields: dict[str, str]) -> int:
    argument = fields.get("__EVENTARGUMENT", "")
    return int(argument.partition("$")[2] or 1)


def posted_list(numbers: list[int], size: int, pager: Callable[[int, int], str], hidden: Callable[[], str] = str):
    """A list whose pages are posted; `pager` shows the links of a page, given it and the last."""
    last = -(-len(numbers) // size)

    def page(_: str, fields: dict[str, str]) -> str:
        number = page_posted(fields)
        shown = numbers[(number - 1) * size : number * size]
        return listing(*rows(shown), extra=form(pager(number, last), hidden()))

    return page


def every_page(number: int, last: int) -> str:
    return "".join(
        f"<span>{each}</span> " if each == number else posting(each, str(each)) for each in range(1, last + 1)
    )


def linked_list(count: int, size: int, address: Callable[[int], str], pager: Callable[..., str]) -> dict[str, Served]:
    """A list over pages that have an address each."""
    last = -(-count // size)
    numbers = list(range(count, 0, -1))
    return {
        address(page): listing(*rows(numbers[(page - 1) * size : page * size]), extra=pager(page, last, address))
        for page in range(1, last + 1)
    }


def five_at_a_time(number: int, last: int, address: Callable[[int], str]) -> str:
    """Five numbers of a pager, and "..." on both sides of them."""
    first = (number - 1) // 5 * 5 + 1
    shown = [f"<b>{each}</b>" if each == number else link(address(each), str(each)) for each in range(first, first + 5)]
    before = [link(address(first - 1), "...")] if first > 1 else []
    behind = [link(address(first + 5), "...")] if first + 5 <= last else []
    return "".join(before + shown[: last - first + 1] + behind)


def arrows(number: int, last: int, address: Callable[[int], str]) -> str:
    back = link(address(number - 1), "&lt;&lt;") if number > 1 else ""
    return back + (link(address(number + 1), "&gt;&gt;") if number < last else "")
