"""Where a capture leads, into the frontier: rows, links, files and walks of a page; the target of a redirect."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from archiver.crawling.following import files_of, links_of, rows_of
from archiver.crawling.redirects import MOST_HOPS, circle_of_redirects, redirected
from archiver.crawling.second_route import MOST_FEEDS, entries_of, on_portal
from archiver.crawling.walking import Walker
from archiver.items import Feed, Page
from archiver.portals import Portal
from archiver.portals.addresses import is_on, tidy
from archiver.store.evidence.answers import redirect_target
from archiver.store.evidence.captures import Capture
from archiver.store.evidence.frontier import IN_A_CIRCLE, TOO_MANY_FEEDS, Found, Frontier, Wanted
from archiver.store.evidence.statuses import MISSING, REDIRECTS
from archiver.store.ground.keys import request_key
from archiver.store.ground.timeline import Timeline


class Leads:
    """Notes for one run where its captures lead. All of it belongs into a transaction of the evidence."""

    def __init__(
        self, captures: Database, frontier: Frontier, walker: Walker, portal: Portal, timeline: Timeline, crawl_key: str
    ) -> None:
        self.captures, self.frontier, self.walker, self.portal = captures, frontier, walker, portal
        self.timeline, self.crawl_key = timeline, crawl_key

    def add(self, found: Iterable[Found], found_on: str) -> int:
        """Queue what was found on a page, by its address; returns how much of it was not known."""
        return self.frontier.add(found, found_on, self.timeline.stamp(), self.crawl_key)

    def add_feeds(self, urls: Iterable[str], found_on: str) -> None:
        """Queue feeds and sitemaps that are not known. Of more than so many the first is refused, and noted so."""
        for url in on_portal(urls, self.portal):
            if self.frontier.by_key(request_key(self.portal, "GET", url)) is None:
                known = self.frontier.feeds_known()
                refusal = TOO_MANY_FEEDS if known >= MOST_FEEDS else None
                if known <= MOST_FEEDS:
                    self.add([Found(url, "feed", refusal=refusal)], found_on)

    def follow(self, wanted: Wanted, capture: Capture, page: Page | None, feed: Feed | None = None) -> None:
        """The second commit: where a page leads, and that it is done."""
        if page is not None and wanted.role != "file":
            self._follow_page(wanted, page)
        elif feed is not None:
            self._follow_feed(wanted, feed)
        elif capture.status in MISSING:
            self.walker.missing(wanted, self.timeline.stamp())
        elif capture.status not in REDIRECTS or self.walker.is_piece(wanted):
            self.walker.refused(wanted, capture.captured_at)
        elif self._follow_redirect(wanted, capture):
            return
        self.frontier.done(wanted, page.kind if page else None)
        self.walker.looked(wanted)

    def _follow_page(self, wanted: Wanted, page: Page) -> None:
        rows = rows_of(page, self.portal)
        brings_news = self.frontier.has_news(rows)
        self.add(rows, page.url)
        self.add(links_of(page, wanted, self.portal, brings_news=brings_news), page.url)
        self.add(files_of(page, self.portal), page.url)
        self.add_feeds(page.feeds, page.url)
        if self.walker.is_look(wanted):
            self.frontier.put_first(rows)
        self.walker.read(wanted, page, self.timeline.stamp(), self.add)

    def _follow_feed(self, wanted: Wanted, feed: Feed) -> None:
        self.frontier.is_feed(wanted)
        self.add_feeds(feed.sitemaps, feed.url)
        self.add(entries_of(feed, self.portal), feed.url)

    def _follow_redirect(self, wanted: Wanted, capture: Capture) -> bool:
        """Follow a redirect; true if that leaves nothing to be marked as done."""
        target = redirect_target(self.portal, capture)
        if not is_on(self.portal, target):
            return False
        key = request_key(self.portal, "GET", target)
        if self.walker.sent_back(wanted, key, self.timeline.stamp()):
            return False
        if key == wanted.request_key:
            self._follow_to_itself(wanted, target)
            return True
        if circle := circle_of_redirects(self.captures, self.frontier, self.portal, capture):
            self.frontier.refuse(circle, IN_A_CIRCLE)
            return True
        is_due_again = wanted.role in ("home", "list", "page") or self.walker.is_list(wanted)
        self.add([redirected(wanted, tidy(self.portal, target), again=is_due_again)], capture.url)
        return False

    def _follow_to_itself(self, wanted: Wanted, target: str) -> None:
        """The same page by another address: asked for there, unless that has gone on for too long."""
        if wanted.hops < MOST_HOPS:
            self.frontier.redirected(wanted, target)
        else:
            self.frontier.give_up(wanted, "refused", IN_A_CIRCLE)
