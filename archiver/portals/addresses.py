"""Which addresses name the same page, and which may lead to one.

`tidy` keeps an address as the portal writes it, without what does not name the page; `canonical` goes on to a form in
which two addresses of one page are equal. Keys are made from the canonical form: a changed rule changes permalinks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

from archiver.portals.model import Portal
from archiver.vietnamese.text import nfc

COOKIE_TEST = "AspxAutoDetectCookieSupport"
"""A parameter, and a cookie, by which ASP.NET finds out whether its visitor keeps cookies."""

_BEFORE_QUERY = re.compile(r"[^?#]*")
_CONTROLS = re.compile(r"[\x00-\x20\x7f]+")
_WITH_SCHEME = re.compile(r"(?:https?://|(?:javascript|mailto|tel|data|about|file|ftp):)", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r"/\([A-Z]\([^/()]*\)\)(?=/|$)|;jsessionid=[^/?]*", re.IGNORECASE)
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ESCAPED_RESERVED = re.compile(rb"[\x00-\x20!#$%&'()*+,/:;<=>?@\[\]\\^`{|}\"\x7f]")
_NO_UTF8 = re.compile("[\udc80-\udcff]")  # as "surrogateescape" marks them
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"
_SAFE_IN_QUERY = "%:@!$'()*+,;/?~-._=&[]"
_SAFE_ANYWHERE = "".join(map(chr, range(0x21, 0x7F)))
_SESSION_PARAMETERS = frozenset(
    {COOKIE_TEST.lower(), "sessionid", "session_id", "jsessionid", "phpsessid", "asp.net_sessionid"}
)
_TRACKING_PARAMETERS = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|_ga", re.IGNORECASE)
_PRINT_PARAMETERS = re.compile(r"print(?:=(?:1|true|yes))?|(?:view|mode|layout|type)=print", re.IGNORECASE)
_FILES = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|rar|7z|gz|jpe?g|png|gif|bmp|webp|svg|ico|tiff?"
    r"|mp3|mp4|wav|wmv|wma|avi|flv|mov|m4a|m4v|webm|css|js|json|xml|rss|atom|woff2?|ttf|eot|swf|exe|apk|ics)$",
    re.IGNORECASE,
)
_DOCUMENTS = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|rar|7z)$", re.IGNORECASE)
_LONGEST_ADDRESS = 2000
_DEEPEST_PATH = 16
_MOST_REPEATS = 2


def absolute(base: str, href: str) -> str:
    r"""An address as a browser would resolve it; "" where it cannot.

    >>> absolute("https://x.vn/a/b.aspx", "\\tin\\1.aspx")
    'https://x.vn/tin/1.aspx'
    """
    href = href.strip()
    if "\\" in href and not href.lower().startswith("javascript:"):
        href = _BEFORE_QUERY.sub(lambda path: path[0].replace("\\", "/"), href, count=1)
    if href[:1] == "/" and href[1:2] not in ("/", "\\"):
        return _origin(base) + href
    if _WITH_SCHEME.match(href):
        return href
    return _joined(base, href)


def as_meant(header: str) -> str:
    """An address in a header, whose bytes are read as Latin-1, although many servers write UTF-8.

    >>> as_meant("/tin-thá»\x8b-xÃ£.aspx"), as_meant("/tin.aspx")
    ('/tin-thị-xã.aspx', '/tin.aspx')
    """
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def as_sent(url: str) -> str:
    """An address as a request can carry it, and otherwise as it is: no fragment, nothing but ASCII, no spaces.

    >>> as_sent("https://x.vn/tin mới.aspx?a=%20#top")
    'https://x.vn/tin%20m%E1%BB%9Bi.aspx?a=%20'
    """
    return quote(url.partition("#")[0], safe=_SAFE_ANYWHERE)


@lru_cache(maxsize=256)
def _origin(base: str) -> str:
    start = base.find("/", base.find("//") + 2)
    return base if start < 0 else base[:start]


@lru_cache(maxsize=1024)
def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def tidy(portal: Portal, url: str) -> str:
    """An absolute address without session ids, tracking, default ports, fragment; letter case as the portal writes it.

    Hosts and scheme of the portal's own pages become those of its home page; percent-encoding is minimal and NFC.
    An address that cannot be taken apart comes back as it is.
    """
    try:
        parts = urlsplit(_CONTROLS.sub(lambda match: "%20" * match[0].count(" "), url.strip()))
        port = parts.port
    except ValueError:
        return url
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower().rstrip(".")
    if scheme not in ("http", "https"):
        return url
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    if host in portal.hosts and port in (None, 80, 443):
        home = urlsplit(portal.url)
        scheme, netloc = home.scheme, home.netloc
    path = _without_dots(_encoded(_SESSION_IN_PATH.sub("", parts.path), _SAFE_IN_PATH)) or "/"
    query = "&".join(_naming_parameters(portal, _encoded(parts.query, _SAFE_IN_QUERY)))
    return f"{scheme}://{netloc}{path}" + (f"?{query}" if query else "")


@lru_cache(maxsize=4096)
def canonical(portal: Portal, url: str) -> str:
    """The one form in which all addresses of a page are equal. For keys, not for showing."""
    tidied = tidy(portal, url)
    address, mark, query = tidied.partition("?")
    if not portal.platform.case_matters and is_on(portal, tidied):
        address = _lowered(address)
        query = "&".join(_name_lowered(parameter) for parameter in query.split("&"))
    return address + mark + "&".join(sorted(query.split("&")))


def to_base(base: str | None, url: str) -> str:
    """Where to connect for an address of the portal: there, or at another base that stands in for it."""
    if not base:
        return url
    parts = urlsplit(url)
    return base.rstrip("/") + (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def from_base(portal: Portal, base: str | None, url: str) -> str:
    """The portal's own address for one at the base that stands in for it; any other address as it is.

    >>> from archiver.portals import PORTALS
    >>> from_base(PORTALS["demo"], "http://127.0.0.1:8000", "http://127.0.0.1:8000/portal/a.aspx")
    'https://anthuan.example/portal/a.aspx'
    """
    stem = (base or "").rstrip("/")
    if stem and (url == stem or url.startswith((f"{stem}/", f"{stem}?"))):
        return portal.url.rstrip("/") + url[len(stem) :]
    return url


def robots_url(portal: Portal) -> str:
    """Where a portal says what may be asked for."""
    return urljoin(portal.url, "/robots.txt")


def is_on(portal: Portal, url: str) -> bool:
    """Whether an address belongs to the portal."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").lower().rstrip(".")
    return parts.scheme in ("http", "https") and host in portal.hosts and port in (None, 80, 443)


@lru_cache(maxsize=4096)
def is_page(portal: Portal, url: str) -> bool:
    """Whether a tidy address may be a page to read: on the portal, no file, no print view of another page."""
    path, _, query = url.partition("?")
    if not is_on(portal, url) or _FILES.search(path):
        return False
    views = portal.platform.print_views
    return not (views and views.search(path)) and not any(map(_PRINT_PARAMETERS.fullmatch, query.split("&")))


def is_file_address(url: str) -> bool:
    """Whether an address ends like that of a file of any kind: a picture, a document, a part that pages are made of.

    >>> is_file_address("https://x.vn/anh/1.JPG?w=300"), is_file_address("https://x.vn/Pages/tin.aspx")
    (True, False)
    """
    return _FILES.search(url.partition("?")[0]) is not None


def is_document(url: str) -> bool:
    """Whether an address is that of a document to download: PDF, DOCX, XLSX, ZIP …

    >>> is_document("https://x.vn/VanBan/1.PDF?id=3"), is_document("https://x.vn/Pages/pdf.aspx")
    (True, False)
    """
    return _DOCUMENTS.search(url.partition("?")[0]) is not None


def is_trap(url: str) -> bool:
    """Whether an address repeats itself, as relative links on a broken site make it do for ever.

    >>> is_trap("https://x.vn/en/vi/en/vi/trang.aspx"), is_trap("https://x.vn/tin-tuc/tin-tuc/a.aspx")
    (True, False)
    """
    segments = [segment.lower() for segment in url.partition("?")[0].split("/")[3:] if segment]
    if len(url) > _LONGEST_ADDRESS or len(segments) > _DEEPEST_PATH:
        return True
    pairs = list(pairwise(segments))
    return any(segments.count(segment) > _MOST_REPEATS for segment in segments) or any(
        pairs[index] == pairs[index + 2] for index in range(len(pairs) - 2)
    )


def _encoded(text: str, safe: str) -> str:
    """Percent-encoding as sparing as it may be, over NFC: `Thi-u%CC%89y`, `Thi-ủy` and `Thi-%E1%BB%A7y` are one."""
    if text.isascii() and "%" not in text:
        return quote(text, safe=safe)
    decoded = _ESCAPES.sub(lambda match: _unescaped(match[0]), text)
    return quote(nfc(decoded), safe=safe)


def _unescaped(escapes: str) -> str:
    """What may be decoded without changing what the address means; reserved and invalid bytes stay escaped."""
    kept = _ESCAPED_RESERVED.sub(lambda match: b"%%%02X" % match[0][0], unquote_to_bytes(escapes))
    decoded = kept.decode("utf-8", errors="surrogateescape")
    return _NO_UTF8.sub(lambda match: f"%{ord(match[0]) - 0xDC00:02X}", decoded)


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept) + ("/" if path.endswith(("/.", "/..")) else "")


def _naming_parameters(portal: Portal, query: str) -> list[str]:
    unnamed, unnamed_like = portal.platform.unnamed_parameters, portal.platform.unnamed_parameters_like
    kept = []
    for parameter in query.split("&"):
        name = parameter.partition("=")[0].lower()
        if (
            parameter
            and name not in _SESSION_PARAMETERS
            and name not in unnamed
            and not (unnamed_like and re.fullmatch(unnamed_like, name, re.IGNORECASE))
            and not _TRACKING_PARAMETERS.match(name)
        ):
            kept.append(parameter)
    return kept


def _lowered(address: str) -> str:
    """In lower case, percent-encoded letters too: `%E1%BB%A6` and `%E1%BB%A7` are Ủ and ủ."""
    if "%" not in address:
        return address.lower()
    lowered = quote(_ESCAPES.sub(lambda match: _unescaped(match[0]), address).lower(), safe=_SAFE_IN_PATH)
    return _ESCAPES.sub(lambda match: match[0].upper(), lowered)


def _name_lowered(parameter: str) -> str:
    name, mark, value = parameter.partition("=")
    return name.lower() + mark + value
