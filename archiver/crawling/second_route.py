"""The second route to a portal's pages: its feeds and sitemaps, where they exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archiver.items import Feed
from archiver.portals import Portal
from archiver.portals.addresses import absolute, from_base, is_on, is_page, is_trap, robots_url, tidy
from archiver.store.evidence.frontier import Found

MOST_FEEDS = 50  # of one portal, sitemaps among them; each has at most 20,000 entries that are read


def feeds_named(portal: Portal, in_robots: Iterable[str], base: str | None) -> list[str]:
    """Where feeds and sitemaps are to be looked for, by robots.txt and by the platform."""
    named = (from_base(portal, base, absolute(robots_url(portal), url)) for url in in_robots)
    usual = (absolute(portal.url, path) for path in (*portal.platform.sitemaps, *portal.platform.feeds))
    return on_portal((*named, *usual), portal)


def on_portal(urls: Iterable[str], portal: Portal) -> list[str]:
    """Of some addresses those of the portal, each once: no other host is contacted."""
    return list(dict.fromkeys(tidy(portal, url) for url in urls if is_on(portal, url)))


def entries_of(feed: Feed, portal: Portal) -> Iterator[Found]:
    """The pages that a feed or sitemap tells of. What no page of the portal can be does no harm: nobody asks for it."""
    for entry in feed.entries:
        if is_page(portal, entry.url) and not is_trap(entry.url):
            yield Found(entry.url, "entry")
