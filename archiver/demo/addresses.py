"""The portal's addresses: the one that names a page, and the many under which the same page is linked."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal
from unicodedata import normalize
from urllib.parse import quote, unquote

from archiver.demo.stencil import hole

HOST = "https://anthuan.example"

Place = Literal["list", "box", "home"]

SAFE = "/%():;=?&,!'*$@+~-._"
SESSION_IN_PATH = re.compile(r"/\([a-z]\([^/]*\)\)(?=/)", re.IGNORECASE)
SESSION_AFTER_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
SCHEME_AND_HOST = re.compile(r"^https?://[^/?#]*", re.IGNORECASE)


def article_path(slug: str, day: datetime) -> str:
    """The platform's path of an article; month and day are not padded.

    >>> article_path("Thong-baoabc01", datetime(2024, 5, 7))
    '/portal/Pages/2024-5-7/Thong-baoabc01.aspx'
    """
    return f"/portal/Pages/{day.year}-{day.month}-{day.day}/{slug}.aspx"


def encoded(path: str) -> str:
    """A path as ASCII, its letters percent-encoded as they are composed."""
    return quote(path, safe=SAFE)


def absolute(path: str) -> str:
    """The address that names a page.

    >>> absolute("/portal/Pages/2024-5-7/Lễ-hội.aspx")
    'https://anthuan.example/portal/Pages/2024-5-7/L%E1%BB%85-h%E1%BB%99i.aspx'
    """
    return HOST + encoded(normalize("NFC", path))


def lookup_key(target: str) -> str:
    """What the server finds a page by: no session, no query, letter case and spelling of the letters ignored.

    >>> lookup_key("/(S(k3b1))/Portal/pages/Le%CC%82-ho.aspx;jsessionid=0F?sid=1")
    '/portal/pages/lê-ho.aspx'
    """
    path = SCHEME_AND_HOST.sub("", target).partition("?")[0].partition("#")[0]
    path = SESSION_AFTER_PATH.sub("", SESSION_IN_PATH.sub("", path))
    return normalize("NFC", unquote(path)).lower() or "/"


def link(path: str, number: int, place: Place) -> str:
    """How a list, a box or the home page writes the link to article `number`.

    Lists give some articles a disguise; a path with Vietnamese letters is written in three ways.
    """
    if place == "list":
        return disguised(encoded(path), number)
    if place == "box":
        return encoded(normalize("NFD", path))
    return path


def disguised(path: str, number: int) -> str:
    """One of the addresses under which portals repeat a page; six of twelve articles are left as they are."""
    match number % 12:
        case 1:
            return f"{path};jsessionid={hole('token')}"
        case 3:
            return f"{path}?sid={hole('token')}"
        case 5:
            return f"/(S({hole('token')})){path}"
        case 7:
            return f"{HOST}:443{path}"
        case 9:
            return path.replace("/portal/Pages/", "/portal/pages/")
        case 11:
            return HOST.replace("https:", "http:") + path
    return path
