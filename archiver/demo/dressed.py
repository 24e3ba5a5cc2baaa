"""The portal in another platform's dress: the same news, files and faults under other addresses, in other markup."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from html import escape

from archiver.demo.addresses import encoded, lookup_key
from archiver.demo.article_answers import ArticleDesk
from archiver.demo.catalogue import Catalogue, newest_last
from archiver.demo.dressed_truth import dressed_box, dressed_truth
from archiver.demo.dresses.dress import Dress, Fragments
from archiver.demo.dresses.fitting import Fitting
from archiver.demo.dresses.parts import ABOUT
from archiver.demo.faults import FAULTY_ROWS, FaultyRow
from archiver.demo.faulty_answers import partner_path
from archiver.demo.feeds import FEED_SIZE, XML, Told, index, rss, sitemap
from archiver.demo.markup import words
from archiver.demo.media import broken, is_broken, media, media_type
from archiver.demo.names import SITE_NAME
from archiver.demo.plain_pages import ABOUT_TEXT
from archiver.demo.press import Press
from archiver.demo.responses import Request, Response, failure, ok, redirect
from archiver.demo.robots import Robots, robots_answer
from archiver.demo.sections import BY_KEY, SECTIONS, Section
from archiver.demo.story import Story
from archiver.demo.truth import ListTruth, Truth

Answer = Callable[[Request], Response]

JSON = "application/json; charset=utf-8"
MISSING_TEXT = "<p>Trang bạn yêu cầu không tồn tại hoặc đã bị gỡ bỏ.</p>"


class DressedPortal:
    """A `DemoPortal` in another dress; it takes the same news, plays the same faults, and says its truth alike.

    `now` is asked for the clock in page heads only. Without `faults` every row leads to an article at once.
    """

    def __init__(
        self,
        dress: Dress,
        stories: Iterable[Story],
        now: Callable[[], datetime],
        faults: bool = True,
        seed: int = 2021,
        *,
        crawl_delay: float = 0.02,
        slow_seconds: float = 3.0,
        robots: Robots = "rules",
    ) -> None:
        self.dress = dress
        self.catalogue = Catalogue(stories, FAULTY_ROWS if faults else ())
        self.fitting = Fitting(dress, self.catalogue)
        self.press = Press(now, seed, None)
        self.articles = ArticleDesk(self.catalogue, self.press, faults, slow_seconds, self.article, self.missing)
        self.faults = faults
        self.crawl_delay = crawl_delay
        self.robots = robots
        self.routes = self.fixed_routes()

    def publish(self, story: Story) -> None:
        """Add a story: it stands in its section's list from now on."""
        self.catalogue.publish(story)
        self.changed()

    def edit(self, url: str, **changes: object) -> Story:
        """Change a story at its address."""
        edited = self.catalogue.edit(self.story(url).url, changes)
        self.changed()
        return edited

    def remove(self, url: str, status: int = 404) -> None:
        """Take a story off the portal; its address answers with `status`."""
        story = self.story(url)
        self.routes[self.fitting.name(url)] = lambda _: self.missing(status)
        self.catalogue.remove(story.url, status)
        self.changed()

    def unlist(self, url: str) -> None:
        """Take a story out of every list; it stays at its address, and feeds and sitemaps tell of it."""
        self.catalogue.unlist(self.story(url).url)
        self.changed()

    def changed(self) -> None:
        """Draw everything anew."""
        self.fitting.fit()
        self.press.forget()

    def story(self, url: str) -> Story:
        """The story at an address."""
        entry = self.fitting.by_name.get(self.fitting.name(url))
        if not isinstance(entry, Story):
            raise KeyError(url)
        return entry

    def truth(self) -> Truth:
        """What an archive must hold today, boxes on article pages apart."""
        return dressed_truth(self.fitting)

    def box(self, url: str) -> ListTruth:
        """What is next older, as it stands on a story's page."""
        return dressed_box(self.story(url), self.fitting)

    def respond(
        self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Response:
        """The answer to one request; HEAD is answered like GET and the server leaves the body out."""
        if method not in ("GET", "HEAD", "POST"):
            return failure(405, b"", ("Allow", "GET, HEAD, POST"))
        lowered = {name.lower(): value for name, value in (headers or {}).items()}
        request = Request(target, lowered, body, posted=method == "POST")
        return self.find(request)(request)

    def find(self, request: Request) -> Answer:
        """Who answers for an address."""
        name = self.fitting.name(request.target)
        if entry := self.fitting.by_name.get(name):
            return partial(self.articles.answer, entry)
        if answer := self.routes.get(name) or self.routes.get(request.key):
            return answer
        if asked := self.dress.list_asked(request):
            return partial(self.listing, BY_KEY[asked[0]], asked[1])
        if request.key.startswith(("/portal/photos/", "/portal/vanban/")) and (kind := media_type(request.key)):
            return partial(self.file, kind)
        return lambda _: self.missing(404)

    def fixed_routes(self) -> dict[str, Answer]:
        """The paths that never change."""
        about = "".join(f"<p>{words(text)}</p>\n" for text in ABOUT_TEXT)
        routes: dict[str, Answer] = {
            "/": self.home,
            "/robots.txt": self.rules,
            ABOUT: lambda _: self.made("about", lambda: self.dress.plain("Giới thiệu", about)),
        }
        if self.dress.fragments:
            routes[self.dress.fragments.path] = partial(self.fragment, self.dress.fragments)
        routes |= self.second_routes()
        routes |= self.loop_routes() if self.faults else {}
        return {lookup_key(path): answer for path, answer in routes.items()}

    def second_routes(self) -> dict[str, Answer]:
        """Feeds and sitemaps, where the platform has them."""
        routes: dict[str, Answer] = {}
        if path := self.dress.feed_path:
            routes |= {path(section): partial(self.feed, section) for section in (None, *SECTIONS)}
            routes[self.dress.feed_page] = self.feeds
        if self.dress.sitemap_path:
            routes[self.dress.sitemap_path] = self.sitemap
        if self.dress.sitemap_index:
            routes[self.dress.sitemap_index] = self.sitemaps
        return routes

    def loop_routes(self) -> dict[str, Answer]:
        """The way back of each redirect loop."""
        looping = (row for row in FAULTY_ROWS if row.fault == "redirect_loop")
        return {partner_path(row): partial(self.back_to, row) for row in looping}

    def back_to(self, row: FaultyRow, _: Request) -> Response:
        """The second half of a redirect loop."""
        return redirect(encoded(self.fitting.path(row)))

    def article(self, story: Story, number: int) -> str:
        """A story's page."""
        return self.dress.article(self.fitting.article(story, number))

    def missing(self, status: int) -> Response:
        """The page that says there is none."""
        title = "Không tìm thấy trang"
        drawn = self.press.stencil("missing", lambda: self.dress.plain(title, MISSING_TEXT))
        return failure(status, self.press.fill(drawn))

    def made(self, name: str, draw: Callable[[], str], page: int = 0) -> Response:
        """A page that is drawn once and filled for every response."""
        return ok(self.press.fill(self.press.stencil(name, draw), page))

    def home(self, _: Request) -> Response:
        """The page at `/`."""
        return self.made("home", lambda: self.dress.home(self.fitting.home()))

    def listing(self, section: Section, number: int, request: Request) -> Response:
        """A page of a section's list, by its address or by what is posted."""
        if self.dress.posts_pages and request.posted:
            number = self.press.states.page_asked(request.body, self.fitting.pages(section))
        sheet = self.fitting.listing(section, number)
        return self.made(f"{section.key} {sheet.number}", lambda: self.dress.listing(sheet), sheet.number)

    def fragment(self, fragments: Fragments, request: Request) -> Response:
        """A piece of a list: in JSON to whoever asks in JSON, bare to others."""
        asked = fragments.asked(request) if request.posted else None
        if asked is None:
            return failure(500, b'{"Message":"There was an error processing the request."}')
        section, page, size = asked
        drawn = fragments.draw(self.fitting.fragment(BY_KEY[section], page, size))
        if "json" in request.headers.get("content-type", "json"):
            return ok(json.dumps({"d": drawn}).encode(), content_type=JSON)
        return ok(drawn.encode())

    def told(self, section: Section | None = None) -> list[Told]:
        """The stories as feeds and sitemaps tell of them, newest first."""
        stories = sorted((*self.catalogue.stories, *self.catalogue.in_no_list), key=newest_last, reverse=True)
        wanted = (each for each in stories if section is None or each.section == section.key)
        return [(self.fitting.url(each), each.title, each.lead, each.listed_at) for each in wanted]

    def feed(self, section: Section | None, _: Request) -> Response:
        """The newest of the site, or of a section."""
        title = f"{SITE_NAME} - {section.name}" if section else SITE_NAME
        return ok(rss(title, f"{self.dress.host}/", self.told(section)[:FEED_SIZE]), content_type=XML)

    def feeds(self, _: Request) -> Response:
        """The page that lists the feeds."""
        path = self.dress.feed_path
        named = [] if path is None else [(path(None), "Tất cả"), *((path(each), each.name) for each in SECTIONS)]
        links = "".join(f'<li><a href="{escape(href)}">{name}</a></li>' for href, name in named)
        return self.made("feeds", lambda: self.dress.plain("Nguồn cấp tin RSS", f"<ul>{links}</ul>"))

    def sitemap(self, _: Request) -> Response:
        """The addresses of articles."""
        return ok(sitemap(self.told()), content_type=XML)

    def sitemaps(self, _: Request) -> Response:
        """What names the sitemap."""
        return ok(index([self.dress.host + self.dress.sitemap_path]), content_type=XML)

    def rules(self, _: Request) -> Response:
        """robots.txt, with the sitemap's address where the platform says it there."""
        answer = robots_answer(self.robots, self.crawl_delay)
        if not self.dress.in_robots or self.robots != "rules":
            return answer
        line = f"Sitemap: {self.dress.host}{self.dress.sitemap_path}\n"
        return ok(answer.body + line.encode(), content_type="text/plain")

    def file(self, kind: str, request: Request) -> Response:
        """A picture or a document, now and then only the half of one."""
        key = request.key
        return ok(broken(key) if self.faults and is_broken(key) else media(key), content_type=kind)
