"""Second routes to the news: RSS, and sitemaps that know old news which no list shows and miss the newest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape

FEED_SIZE = 20
LATE = 2  # of the newest, which the sitemap does not know yet: it is written at night

XML = "text/xml; charset=utf-8"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

Told = tuple[str, str, str | None, datetime]
"""An article's address, title, lead and minute."""


def rss(title: str, link: str, told: Iterable[Told]) -> bytes:
    """A feed of RSS 2.0."""
    items = "".join(map(item, told))
    channel = f"<title>{escape(title)}</title><link>{escape(link)}</link><description>{escape(title)}</description>"
    return f'{XML_HEAD}<rss version="2.0"><channel>{channel}<language>vi</language>\n{items}</channel></rss>\n'.encode()


def item(told: Told) -> str:
    """An article in a feed."""
    url, title, lead, at = told
    about = f"<description><![CDATA[{lead}]]></description>" if lead else "<description></description>"
    return (
        f'<item><title>{escape(title)}</title><link>{escape(url)}</link><guid isPermaLink="true">{escape(url)}</guid>'
        f"{about}<pubDate>{format_datetime(at)}</pubDate></item>\n"
    )


def sitemap(told: Sequence[Told]) -> bytes:
    """The addresses of all articles but the latest."""
    urls = "".join(
        f"<url><loc>{escape(url)}</loc><lastmod>{at.isoformat()}</lastmod></url>\n" for url, _, _, at in told[LATE:]
    )
    return f"{XML_HEAD}<urlset {SITEMAPS}>\n{urls}</urlset>\n".encode()


def index(urls: Iterable[str]) -> bytes:
    """What names the sitemaps."""
    maps = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls)
    return f"{XML_HEAD}<sitemapindex {SITEMAPS}>\n{maps}</sitemapindex>\n".encode()
