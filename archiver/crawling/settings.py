"""Scrapy's settings for every crawl: polite first. `archiver crawl` overrides what was said on the command line."""

import os
import socket

from archiver import __version__
from archiver.crawling.options import CONTACT_VARIABLE, LARGEST_ANSWER, POLITE_DELAY

BOT_NAME = "archiver"
SPIDER_MODULES = ["archiver.crawling.spiders"]

# Whoever looks at a portal's log shall know what came by and whom to ask; operators set their own address.
CONTACT = os.environ.get(CONTACT_VARIABLE) or f"archiver@{socket.getfqdn()}"
USER_AGENT = f"archiver/{__version__} (archive of Vietnamese local-government portals; contact: {CONTACT})"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "vi,en;q=0.5",
}

# One request at a time, a second apart or as long as the portal takes to answer.
CONCURRENT_REQUESTS = 4
CONCURRENT_ITEMS = 1  # Scrapy begins so many tasks for every answer, which holds one item
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = POLITE_DELAY
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = POLITE_DELAY
AUTOTHROTTLE_MAX_DELAY = 60
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = LARGEST_ANSWER
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True

# The frontier in captures.db asks again, follows redirects, knows what was asked and obeys robots.txt: Scrapy's own
# ways of doing so forget everything when the process is killed, and take an unreachable robots.txt for a permission.
RETRY_ENABLED = False
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
ROBOTSTXT_OBEY = False
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
HTTPERROR_ALLOW_ALL = True
HTTPCACHE_ENABLED = False
REFERER_ENABLED = False
DOWNLOADER_MIDDLEWARES = {
    "archiver.crawling.middlewares.ReceivedHeaders": 595,  # before the body is decoded
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "archiver.crawling.middlewares.Decoding": 590,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "archiver.crawling.middlewares.PortalCookies": 700,
    # No other host is ever asked, and the session counts for itself.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
ITEM_PIPELINES = {
    "archiver.crawling.pipelines.KeepCapture": 100,
    "archiver.crawling.pipelines.ReadPage": 200,
}
EXTENSIONS = {"archiver.crawling.progress.ShowProgress": 500}

# Nothing listens: the console and the remote control would run code for whoever reaches them.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# `scrapy crawl` sets up its log before it asks for the spider, which has it written as that of `archiver crawl` is
# (archiver/crawling/under_scrapy.py); until then, this comes nearest.
LOG_FORMAT = "%(levelname)s: %(message)s"
LOG_VERSIONS: list[str] = []  # over ten lines; they are written down with the run
LOG_LEVEL = "WARNING"
STATS_DUMP = False
LOGSTATS_INTERVAL = 0
MEMUSAGE_ENABLED = False
