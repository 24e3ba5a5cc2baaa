"""What is said about a platform and about a portal: plain values, no behaviour.

They are compared by identity: there is one value for each, and comparing or hashing its fields would cost more than
what is looked up by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Tls = Literal["usual", "old", "unverified"]
"""How a server is trusted. `old`: OpenSSL at SECLEVEL=1; `unverified`: that, and any certificate."""


@dataclass(frozen=True, slots=True, eq=False)
class Selectors:
    """Where a platform's markup puts each part: `tag.class`, `.class`, `#id`, `tag[itemprop=name]`, first match wins.

    An id counts behind ASP.NET's prefix too: `#PostDate` is `ctl00_Main_PostDate`, `#_label` whatever ends
    so. A part that no selector finds is looked for by the page's visible landmarks.
    """

    title: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    breadcrumb: tuple[str, ...] = ()
    list_box: tuple[str, ...] = ()
    list_item: tuple[str, ...] = ()  # the element that holds the title link of a row
    hidden: tuple[str, ...] = ()  # shown to nobody although nothing in the markup says so
    only_articles: tuple[str, ...] = ()  # what no other page has; where none is named, a title or a lead is that
    not_body: tuple[str, ...] = ()  # in the body's element, and of the page: tools, the date once more


@dataclass(frozen=True, slots=True, eq=False)
class Fragments:
    """How the pages of a list are asked for, where its script posts a form for them and gets a piece of HTML.

    The first page has an address and is plain; the form of the others is taken from what it says in scripts, hidden
    fields and data attributes, however it writes the names: `site_id: 4`, `"site_id": "4"`, `site_id=4&`, `siteId = 4`.
    """

    path: str  # where to post
    page: str  # the field that holds the number of the page
    size: str  # the one that holds how many rows a page has
    taken: tuple[tuple[str, str], ...]  # fields that the first page must tell, and the pattern of a value
    named_by: tuple[str, ...]  # of these, the ones that name the list
    said: tuple[tuple[str, str | None], ...]  # others: as the first page says them, else so; null for not at all
    pages: str  # a pattern: how many pages the first page says there are
    pager: str  # the class of the element that shows their numbers


@dataclass(frozen=True, slots=True, eq=False)
class Platform:
    """A content management system that several portals run on."""

    key: str
    name: str
    selectors: Selectors = field(default_factory=Selectors)
    case_matters: bool = True  # in paths and in names of query parameters
    unnamed_parameters: tuple[str, ...] = ()  # query parameters that do not name the page, besides session ids
    print_views: re.Pattern[str] | None = None  # addresses of print views of pages that have an address of their own
    unnamed_parameters_like: str | None = None  # a pattern of such parameters, where their names vary
    date_order: Literal["dmy", "mdy"] = "dmy"
    fragments: Fragments | None = None  # further pages of lists, besides what links and forms lead to
    feeds: tuple[str, ...] = ()  # where RSS or Atom is found, or the page that lists feeds
    sitemaps: tuple[str, ...] = ()  # where a sitemap is found, besides those that robots.txt names
    signs: tuple[str, ...] = ()  # strings in its pages by which the platform is recognised


@dataclass(frozen=True, slots=True, eq=False)
class Authority:
    """Who governs: a unit of administration or an office, for as long as it was that. What no source proves is null.

    Days are ISO 8601, the first and the last on which it was; a year or a month stands alone where no more is proven.
    """

    key: str
    name: str
    source: str  # what proves it: a law, a page with its address
    unit_type: str | None = None  # "tỉnh", "huyện", "thị xã", "xã" …
    code: str | None = None  # of the General Statistics Office
    province: str | None = None  # that it belonged to
    valid_from: str | None = None
    valid_to: str | None = None
    successor: Authority | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Tenure:
    """That a portal spoke for an authority, and when: a portal outlives the authority that opened it."""

    authority: Authority
    source: str
    valid_from: str | None = None  # as in Authority; null where it is not known since when
    valid_to: str | None = None  # null where it still does, or nobody knows until when


@dataclass(frozen=True, slots=True, eq=False)
class Portal:
    """One portal: where it is, what it is called, and the platform it runs on."""

    key: str
    name: str
    url: str  # the home page, with a final slash
    province: str
    unit_type: str | None  # "thị xã", "huyện", "xã" …, as the portal says; null where nothing known says it
    platform: Platform
    hosts: tuple[str, ...]  # every host name of the portal, its own first
    timezone: str = "Asia/Ho_Chi_Minh"
    tls: Tls = "usual"
    gone_after_checks: int = 3  # bad checks, while the home page was well …
    gone_after_days: int = 14  # … over so many days, before an article is called gone, or a portal closed
    site_names: tuple[str, ...] = ()  # what stands behind an article's title in <title>, besides the usual words
    tenures: tuple[Tenure, ...] = ()  # for whom it spoke, oldest first
    on_request: bool = False  # crawled only by name, or where the configuration has a section for it
