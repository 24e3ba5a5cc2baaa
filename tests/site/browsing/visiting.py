"""Somebody with a browser: what they see, and what their browser met with meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
LOCALES = {"vi": "vi-VN", "en": "en-GB"}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

# Everything is looked at: what is folded in is opened, what is loaded late is scrolled to.
_UNFOLD = """async () => {
  document.querySelectorAll("main details, section.content details").forEach(each => each.open = true);
  document.querySelectorAll("img").forEach(each => each.loading = "eager");
  await Promise.all([...document.images].map(each => each.decode().catch(() => {})));
  await document.fonts.ready;
}"""
_BROKEN = "() => [...document.images].filter(each => !each.naturalWidth).map(each => each.src)"
_WIDTH = """() => {
  const root = document.documentElement, room = root.clientWidth;
  const scrolls = each => each && each != document.body && each != root &&
    (["auto", "scroll", "hidden"].includes(getComputedStyle(each).overflowX) || scrolls(each.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter(each =>
    each.getBoundingClientRect().right > room + 1 && each.getBoundingClientRect().width > 0 && !scrolls(each));
  return { width: root.scrollWidth, room, wide: wide.map(each => each.outerHTML.slice(0, 160)) };
}"""
_FAULTS = """async ([rules, only]) => (await axe.run(document, { iframes: false, preload: false, resultTypes: ["violations"],
    runOnly: only ? { type: "rule", values: only } : { type: "tag", values: rules } })).violations
  .filter(each => ["serious", "critical"].includes(each.impact))
  .map(each => `${each.id}: ${each.nodes.slice(0, 4).map(node => node.html.slice(0, 140) + " " +
    node.any.map(why => why.message).join(" ")).join(" | ")}`)"""


@dataclass
class Visitor:
    """One browser window. `address` is the site's; whatever else is asked for is noted in `elsewhere`."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("requestfailed", self._unanswered)

    def open(self, path: str) -> Response | None:
        """Go to a page of the site."""
        return self.page.goto(self.address + path)

    def follow(self, place: Locator, key: str | None = None) -> None:
        """Click, or press a key there, and wait until the page it leads to is all there: a click alone does not wait."""
        with self.page.expect_navigation():
            place.press(key) if key else place.click()

    def unfold(self) -> None:
        """Make all of the page be there and be seen."""
        self.page.evaluate(_UNFOLD)

    def width(self) -> dict[str, Any]:
        """How wide the page is, how much room there is, and what stands beyond it."""
        return self.page.evaluate(_WIDTH)

    def broken_pictures(self) -> list[str]:
        """Pictures that are not shown."""
        return self.page.evaluate(_BROKEN)

    def fonts(self) -> set[str]:
        """Families of the site that the page was drawn with."""
        loaded = self.page.evaluate(
            "() => [...document.fonts].filter(each => each.status == 'loaded').map(each => each.family)"
        )
        return {name.strip('"') for name in loaded}

    def faults(self, only: list[str] | None = None) -> list[str]:
        """What axe-core finds that keeps people out: serious and critical faults by WCAG 2.1 A and AA."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE)
        return self.page.evaluate(_FAULTS, [RULES, only])

    def close(self) -> None:
        """Close the window and forget what it kept."""
        self.page.context.close()

    def _said(self, message: ConsoleMessage) -> None:
        is_about_the_page = message.location["url"] == self.page.url and "Failed to load resource" in message.text
        if message.type in ("error", "warning") and not is_about_the_page:  # a 404 is what some pages are
            self.errors.append(f"{message.text} ({message.location['url']})")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != self.address:
            self.elsewhere.append(request.url)

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.failed.append(f"{response.status} {response.url}")

    def _unanswered(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what a page that was left had still asked for
            self.failed.append(f"{request.failure} {request.url}")


@dataclass(frozen=True)
class Visitors:
    """Where visitors come from: a browser, and the address of the site."""

    browser: Browser
    address: str

    def visitor(self, language: str = "vi", size: dict[str, int] = DESK, **options: Any) -> Visitor:
        """Somebody who was never here, whose browser prefers a language."""
        context = self.browser.new_context(locale=LOCALES.get(language, language), viewport=size, **options)
        context.set_default_timeout(60_000)
        return Visitor(context.new_page(), self.address)
