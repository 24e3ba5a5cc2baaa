"""The made-up portal under test, and a reader of pages that is as simple as can be."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from unicodedata import normalize
from urllib.parse import urljoin

import pytest

from archiver.demo import DemoPortal, Response, Story, stories

NOW = datetime(2025, 6, 30, 8, 0, 9, tzinfo=timezone(timedelta(hours=7)))
HOST = "https://anthuan.example"


class Eyes(HTMLParser):
    """Visible text, links and form fields of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.links: list[dict[str, str]] = []
        self.fields: dict[str, str] = {}
        self.images: list[str] = []
        self.hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in ("script", "style", "title"):
            self.hidden += 1
        if tag == "a":
            self.links.append({"href": values.get("href", ""), "title": values.get("title", ""), "text": ""})
        if tag == "input":
            self.fields[values.get("name", "")] = values.get("value", "")
        if tag == "img":
            self.images.append(values["src"])
        if tag in ("p", "div", "br", "td", "tr", "li", "table", "h2", "h3"):
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title"):
            self.hidden -= 1

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        self.pieces.append(data)
        if self.links:
            self.links[-1]["text"] += data

    @property
    def text(self) -> str:
        """What is seen, in clean NFC."""
        return clean("".join(self.pieces))


def clean(text: str) -> str:
    """NFC, single spaces, nothing invisible."""
    return re.sub(r"\s+", " ", normalize("NFC", text).replace("\u200b", "")).strip()


@pytest.fixture(scope="session")
def news() -> tuple[Story, ...]:
    """The default news."""
    return stories()


@pytest.fixture
def portal(news: tuple[Story, ...]) -> DemoPortal:
    """A fresh portal with all faults, on a morning in 2025."""
    return DemoPortal(news, lambda: NOW, slow_seconds=0.3)


@pytest.fixture
def calm(news: tuple[Story, ...]) -> DemoPortal:
    """The same without faults."""
    return DemoPortal(news, lambda: NOW, faults=False)


@pytest.fixture(scope="session")
def eyes() -> Callable[[Response | bytes | str], Eyes]:
    """Look at a page."""

    def look(page: Response | bytes | str) -> Eyes:
        body = page.body if isinstance(page, Response) else page
        return Eyes(body.decode("utf-8-sig") if isinstance(body, bytes) else body)

    return look


@pytest.fixture(scope="session")
def follow() -> Callable[..., Response]:
    """GET an address and its redirects within the portal."""

    def get(portal: DemoPortal, url: str, **headers: str) -> Response:
        for _ in range(5):
            response = portal.respond("GET", url, headers)
            if response.status != 302:
                return response
            url = urljoin(url, response.header("Location") or "")
        raise AssertionError(f"too many redirects: {url}")

    return get


@pytest.fixture(scope="session")
def tidy() -> Callable[[str], str]:
    """Text as it is compared."""
    return clean
