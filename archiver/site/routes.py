"""Which page stands at which address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archiver.site.pages.absent import moved, unknown
from archiver.site.pages.article import article
from archiver.site.pages.article_data import article_data
from archiver.site.pages.beside import beside
from archiver.site.pages.capture import capture, capture_bytes, capture_page
from archiver.site.pages.citations import citation
from archiver.site.pages.coverage import coverage
from archiver.site.pages.edits import edits
from archiver.site.pages.files import file
from archiver.site.pages.history import history
from archiver.site.pages.home import home
from archiver.site.pages.listed import listed
from archiver.site.pages.lists import list_on_day, lists
from archiver.site.pages.looks import looks
from archiver.site.pages.missing import missing
from archiver.site.pages.newest import newest
from archiver.site.pages.plots import numbers, plots
from archiver.site.pages.search import search_page
from archiver.site.pages.search_feeds import search_feed
from archiver.site.pages.search_files import search_file

Routes = tuple[tuple[str, Callable[..., Any]], ...]

_PLOTS: Routes = (
    (r"^/plots$", plots),
    (r"^/plots/(?P<name>calendar|sections|changes|coverage|latest|growth)\.csv$", numbers),
)
_CHANGES: Routes = (
    (r"^/edits(?P<format>|\.json|\.atom)$", edits),
    (r"^/missing(?P<format>|\.json|\.atom)$", missing),
    (r"^/coverage(?P<format>|\.json|\.atom)$", coverage),
    (r"^/articles(?P<format>\.json|\.atom)$", newest),
)

_KEY = r"(?P<key>[a-z0-9]+)"
_CAPTURE = r"(?P<capture>[a-z0-9]+)"
_ARTICLES: Routes = (
    (rf"^/a/{_KEY}$", article),
    (rf"^/a/{_KEY}\.json$", article_data),
    (rf"^/a/{_KEY}\.(?P<form>bib|ris|csl\.json)$", citation),
    (rf"^/a/{_KEY}/history$", history),
    (rf"^/a/{_KEY}/beside/(?P<other>[a-z0-9]+)$", beside),
    (rf"^/a/{_KEY}/capture/{_CAPTURE}$", capture),
    (rf"^/a/{_KEY}/capture/{_CAPTURE}/page$", capture_page),
    (rf"^/a/{_KEY}/capture/{_CAPTURE}/bytes$", capture_bytes),
    (r"^/-/files/(?P<sha256>[0-9a-f]{64})$", file),
)
# Behind all others: what else is asked for below /a, meant otherwise or not there.
_NO_ARTICLES: Routes = (
    (r"^/a/(?P<path>[A-Za-z0-9][A-Za-z0-9/]*/|[a-z0-9]*[A-Z][A-Za-z0-9]*(?:[/.][a-z0-9/.]*)?)$", moved),
    (r"^/a(?:/.*)?$", unknown),
)
_LEDGER: Routes = (
    (r"^/lists(?P<format>|\.json)$", lists),
    (r"^/lists/(?P<key>[0-9a-f]{10})(?P<format>|\.json)$", list_on_day),
    (r"^/a/(?P<key>[a-z2-7]{10})/listed(?P<format>|\.json)$", listed),
)

ROUTES: Routes = (
    (r"^/$", home),
    (r"^/search(?P<format>|\.json)$", search_page),
    (r"^/search(?:/(?P<of>edits|missing))?\.atom$", search_feed),
    (r"^/search(?P<format>\.csv|\.jsonl|\.parquet|\.ipynb)$", search_file),
    (r"^/-/looks/(?P<name>[a-zA-Z0-9._-]+)$", looks),
    *_PLOTS,
    *_CHANGES,
    *_LEDGER,
    *_ARTICLES,
    *_NO_ARTICLES,
)
