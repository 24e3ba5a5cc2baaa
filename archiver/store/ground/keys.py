"""Keys made of content, never of row numbers, so that the evidence of two machines unites without renaming."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache

from archiver.portals import Portal
from archiver.portals.addresses import canonical

Form = tuple[tuple[str, str], ...]

_STATE_FIELDS = (
    "__viewstate", "__eventvalidation", "__requestdigest", "__requestverificationtoken", "__previouspage",
    "__scrollposition", "__lastfocus",
)  # fmt: skip
"""Hidden fields of ASP.NET and SharePoint that are another each time: state, tokens, where the window stood."""


@lru_cache(maxsize=4096)  # pages of a portal link to the same few hundred others
def article_key(portal: Portal, url: str) -> str:
    """Ten letters and digits that name an article by its address, in permalinks.

    >>> from archiver.portals import PORTALS
    >>> article_key(PORTALS["demo"], "https://anthuan.example/portal/Pages/Tin-1.aspx")
    'ljqvjwndfd'
    """
    digest = hashlib.sha256(f"{portal.key}\n{canonical(portal, url)}".encode()).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:10]


def request_key(portal: Portal, method: str, url: str, form: Form | None = None) -> str:
    """What names a request: its method, its canonical address, and its form without the page's state."""
    return _request_key(portal, method, url, named_form(form) or "")


@lru_cache(maxsize=4096)
def _request_key(portal: Portal, method: str, url: str, named: str) -> str:
    return digest_of("\n".join((portal.key, method, canonical(portal, url), named)).encode())


def named_form(form: Form | None) -> str | None:
    """A form as JSON, without the state that no two answers share."""
    if form is None:
        return None
    named = sorted((name, value) for name, value in form if not name.lower().startswith(_STATE_FIELDS))
    return json.dumps(named, ensure_ascii=False, separators=(",", ":"))


def form_named(named: str) -> Form:
    """A form again, out of its JSON."""
    return tuple((name, value) for name, value in json.loads(named))


def capture_key(portal: str, request: str, captured_at: str, status: int | None, payload: str | None) -> str:
    """What names a capture: the request, the moment, and what came."""
    return digest_of("\n".join((portal, request, captured_at, str(status), payload or "")).encode())


def crawl_key(portal: str, started_at: str) -> str:
    """A run of one portal, by its beginning."""
    return f"{portal}-{''.join(char for char in started_at if char.isalnum())}"


def sha256(body: bytes) -> str:
    """The digest of a payload, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def digest_of(data: bytes) -> str:
    """Twenty hexadecimal digits: enough to tell a billion things apart."""
    return hashlib.sha256(data).hexdigest()[:20]


def digest_of_rows(rows: Iterable[object]) -> str:
    """One digest for a sequence of JSON values."""
    return digest_of(json.dumps(list(rows), ensure_ascii=False, separators=(",", ":")).encode())
