"""The portal itself: what it holds, and what it answers to any request, without sockets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial

from archiver.demo.addresses import encoded, lookup_key
from archiver.demo.article_answers import ArticleDesk
from archiver.demo.catalogue import Catalogue
from archiver.demo.faults import FAULTY_ROWS, FaultyRow
from archiver.demo.faulty_answers import missing, partner_path
from archiver.demo.list_answers import ListDesk
from archiver.demo.media import broken, is_broken, media, media_type
from archiver.demo.plain_pages import STYLESHEET, about_page, contact_page, internal_page, search_page, tags_page
from archiver.demo.playbill import Playbill, playbill
from archiver.demo.press import Press
from archiver.demo.responses import Request, Response, failure, ok, redirect
from archiver.demo.robots import Robots, robots_answer
from archiver.demo.sections import SECTIONS
from archiver.demo.shell import ABOUT, CALENDAR, CONTACT, SEARCH, STYLE, TAGS
from archiver.demo.stencil import Stencil
from archiver.demo.story import Story
from archiver.demo.traps import LANGUAGES, calendar_page, language_page, month_asked, moved
from archiver.demo.truth import ListTruth, Truth, box_truth, portal_truth

Answer = Callable[[Request], Response]

MARKED_STORIES = 10  # on the page of tags: those whose paths have Vietnamese letters


class DemoPortal:
    """A portal that plays what real ones do; the same stories and seed give the same portal.

    `now` is asked for the clock in page heads only. `pad_to` brings pages to about so many bytes. Without `faults`
    every row leads to an article and every first answer is good.
    """

    def __init__(
        self,
        stories: Iterable[Story],
        now: Callable[[], datetime],
        faults: bool = True,
        seed: int = 2021,
        *,
        crawl_delay: float = 0.02,
        slow_seconds: float = 3.0,
        pad_to: int | None = None,
        robots: Robots = "rules",
    ) -> None:
        self.catalogue = Catalogue(stories, FAULTY_ROWS if faults else ())
        self.press = Press(now, seed, pad_to)
        self.articles = ArticleDesk(self.catalogue, self.press, faults, slow_seconds)
        self.lists = ListDesk(self.catalogue, self.press)
        self.faults = faults
        self.crawl_delay = crawl_delay
        self.robots = robots
        self.routes = self.fixed_routes()

    def publish(self, story: Story) -> None:
        """Add a story: it stands in its section's list from now on."""
        self.catalogue.publish(story)
        self.press.forget()

    def edit(self, url: str, **changes: object) -> Story:
        """Change a story at its address (title, lead, paragraphs …); what names the page cannot change."""
        edited = self.catalogue.edit(url, changes)
        self.press.forget()
        return edited

    def remove(self, url: str, status: int = 404) -> None:
        """Take a story off the portal: no list shows it, its address answers with `status`."""
        self.catalogue.remove(url, status)
        self.press.forget()

    def truth(self) -> Truth:
        """What an archive must hold today, boxes on article pages apart."""
        return portal_truth(self.catalogue)

    def box(self, url: str) -> ListTruth:
        """The box “Tin mới nhất” on a story's page."""
        return box_truth(self.catalogue.story(url), self.catalogue)

    def playbill(self) -> Playbill:
        """Which addresses play which behaviour."""
        return playbill(self.catalogue, self.faults)

    def respond(
        self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Response:
        """The answer to one request; HEAD is answered like GET and the server leaves the body out."""
        if method not in ("GET", "HEAD", "POST"):
            return failure(405, b"", ("Allow", "GET, HEAD, POST"))
        lowered = {name.lower(): value for name, value in (headers or {}).items()}
        request = Request(target, lowered, body, posted=method == "POST")
        return self.find(request.key)(request)

    def find(self, key: str) -> Answer:
        """Who answers for a path."""
        if answer := self.routes.get(key):
            return answer
        if entry := self.catalogue.by_key.get(key):
            return partial(self.articles.answer, entry)
        return self.pattern(key)

    def pattern(self, key: str) -> Answer:
        """Who answers for a path of a kind: media, what is forbidden, what never ends, what is not there."""
        if key.startswith(("/portal/photos/", "/portal/vanban/")) and (kind := media_type(key)):
            file = broken(key) if self.faults and is_broken(key) else media(key)
            return lambda _: ok(file, content_type=kind)
        if key.startswith("/noi-bo/"):
            return self.fixed("internal", internal_page)
        if LANGUAGES.fullmatch(key):
            return lambda _: ok(language_page(key).encode())
        return lambda _: missing(self.press, self.catalogue.removed.get(key, 404))

    def fixed_routes(self) -> dict[str, Answer]:
        """The paths that never change."""
        routes: dict[str, Answer] = {
            "/": self.lists.home,
            "/robots.txt": lambda _: robots_answer(self.robots, self.crawl_delay),
            "/portal/Pages/default.aspx": lambda _: redirect("/"),
            "/portal/pages/print.aspx": self.articles.print_view,
            ABOUT: self.fixed("about", about_page),
            CONTACT: self.fixed("contact", contact_page),
            SEARCH: lambda request: self.made(search_page(request.query.get("q", ""))),
            TAGS: lambda request: self.made(tags_page(request.query.get("tag", ""), self.marked_stories())),
            CALENDAR: self.calendar,
            STYLE: lambda _: ok(STYLESHEET, content_type="text/css"),
        }
        routes |= {section.path: partial(self.lists.section, section) for section in SECTIONS}
        routes |= self.loop_routes() if self.faults else {}
        return {lookup_key(path): answer for path, answer in routes.items()}

    def loop_routes(self) -> dict[str, Answer]:
        """The way back of each redirect loop."""
        looping = (row for row in FAULTY_ROWS if row.fault == "redirect_loop")
        return {partner_path(row): partial(back_to, row) for row in looping}

    def fixed(self, name: str, draw: Callable[[], str]) -> Answer:
        """A page that is drawn once."""
        return lambda _: ok(self.press.fill(self.press.stencil(name, draw)))

    def made(self, markup: str) -> Response:
        """A page that is drawn for one request."""
        return ok(self.press.fill(Stencil(markup)))

    def calendar(self, request: Request) -> Response:
        """A month of the calendar without end."""
        year, month = month_asked(request.query.get("thang", ""))
        return self.made(calendar_page(moved(year, month, 0)))

    def marked_stories(self) -> list[Story]:
        """Stories whose paths have Vietnamese letters."""
        return [story for story in self.catalogue.stories if not story.path.isascii()][:MARKED_STORIES]


def back_to(row: FaultyRow, _: Request) -> Response:
    """The second half of a redirect loop."""
    return redirect(encoded(row.path))
