"""What is read in a page: frozen values without behaviour.

Every value here is text as published (NFC, clean spaces) or null. A ``*_raw`` field keeps the visible text that a
normalized value was read from, so that a reader of the archive can check the one against the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PageKind = Literal["article", "list", "other"]
ListKind = Literal["latest", "home", "section", "related"]
FeedKind = Literal["rss", "atom", "sitemap", "sitemap index"]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an article."""

    url: str  # absolute
    caption: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that an article links to (PDF, DOCX, XLSX, ZIP …)."""

    url: str  # absolute
    label: str  # the link's visible text, "" where it has none


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """The number of an official document, where a text names one: `Quyết định số 1051/QĐ-UBND ngày 04/3/2021`."""

    number: str  # as printed: "1051/QĐ-UBND"
    key: str  # for comparing, coarser than the number: "1051/QD/UBND"; issuers each count anew, every year
    year: int | None  # the number's own: 2021 in "05/2021/NQ-HĐND"
    kind: str | None  # code of the kind: "QĐ"; "CV" for numbers without one that an office gives its letters
    kind_name: str | None  # "Quyết định"; null where the code has several meanings and no word beside it says which
    issuer: str | None  # code of who issued it: "UBND"
    issuer_name: str | None  # "Ủy ban nhân dân"; null like `kind_name`
    dated: str | None  # YYYY-MM-DD, the day printed beside the number; null where none is, or an impossible one
    dated_raw: str | None  # "ngày 04/3/2021"
    start: int  # where the number stands in the text (NFC)
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its own page shows it; minutes that only lists know are joined in later, by the store."""

    url: str
    title: str | None
    lead: str | None
    body: str | None  # paragraphs parted by a blank line; lines and table rows by a newline; cells by " | "
    section: str | None  # last step of the breadcrumb
    author: str | None  # who signs, without the label
    author_raw: str | None  # the sign-off as printed: "Tin, ảnh: Lê Văn Mẫu"
    published_on: str | None  # YYYY-MM-DD, the portal's local day
    published_at: str | None  # ISO 8601 with +07:00, only where the page gives a time
    published_raw: str | None  # "Đăng ngày 28 - 12 - 2021"; of a page that shows no date, what it tells machines
    published_precision: str | None  # "day", "minute", "second", of what the page itself says
    published_from: str | None  # "page", "page and meta", "meta" where it shows no date; null where nothing was read
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list box."""

    list_kind: ListKind
    box: int  # from 1: which box of the page, in reading order
    heading: str | None  # the box's own heading: "Tin mới nhất"
    position: int  # from 1, within the box
    url: str  # absolute
    title: str
    listed_at: str | None  # ISO 8601 with +07:00; YYYY-MM-DD where only a day is printed
    listed_raw: str | None  # "(08/12/2021 9:24 SA)"


@dataclass(frozen=True, slots=True)
class Link:
    """A link that may lead to another page of the portal."""

    url: str  # absolute
    text: str


@dataclass(frozen=True, slots=True)
class PagerStep:
    """A step of a list's pager: a plain link, or a form to be posted with the state of the page it was found on."""

    number: int | None  # the page number that the pager prints; null for words and arrows
    is_next: bool  # "Trang sau", "»": to the next page, as against "Trang đầu", "«"
    url: str  # absolute
    form: tuple[tuple[str, str], ...] | None = None  # null for a plain link


@dataclass(frozen=True, slots=True)
class Problem:
    """Something on a page that could not be read or believed, with the text it was about."""

    stage: Literal["fetch", "follow", "decode", "parse", "read", "date", "list", "keep", "file", "feed"]
    reason: str
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class FileText:
    """What an attached file says."""

    format: str | None  # "PDF", "DOCX", "XLSX"; of files that are not read "DOC", "ZIP" …; null where it is unknown
    text: str | None  # paragraphs parted by a blank line, rows by a newline, cells by " | "; null if nothing was read
    pages: int | None = None  # of a PDF, as it says itself
    is_cut_off: bool = False  # it says more than was read: a limit was reached
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An address that a feed or a sitemap tells of."""

    url: str  # absolute
    title: str | None  # sitemaps tell none
    listed_at: str | None  # ISO 8601 with +07:00, or YYYY-MM-DD; of a sitemap, when the page was changed last
    listed_raw: str | None  # "Tue, 27 Jun 2023 10:14:00 +0700"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed (RSS, Atom) or a sitemap: what a portal tells machines of its pages."""

    kind: FeedKind
    url: str
    title: str | None = None  # what a feed calls itself
    entries: tuple[FeedEntry, ...] = field(default=(), repr=False)  # each address once, in reading order
    sitemaps: tuple[str, ...] = ()  # of an index: the sitemaps that it names
    is_cut_off: bool = False  # it says more than was read
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that one page says."""

    kind: PageKind
    url: str
    heading: str | None = None  # the page's own title or last breadcrumb: a list's name
    article: Article | None = None
    listed: tuple[ListRow, ...] = ()
    links: tuple[Link, ...] = field(default=(), repr=False)
    pager: tuple[PagerStep, ...] = ()
    feeds: tuple[str, ...] = ()  # absolute: feeds that a page other than an article names
    list_url: str | None = None  # of a list: the address of its first page, as far as the pager tells; null of a piece
    page_number: int | None = None  # of a list: which page this is, 1 without a pager
    pages: int | None = None  # of a list whose script posts for further pages: how many there are, at the least
    series: str | None = None  # of such a list, on its first page and on pieces: what names it in what is posted
    is_piece: bool = False  # rows of a list without a page around them, as a script is given them
    window_title: str | None = None  # what the page calls itself, without the site's name
    says_missing: bool = False  # it shows no article and says that there is none, whatever its status
    names_portal: bool | None = None  # of the home page: whether it names the place whose portal it is meant to be
    is_cut_off: bool = False  # its end is missing: what is not on it may be on the page
    problems: tuple[Problem, ...] = ()
