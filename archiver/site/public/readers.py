"""What of a request the site looks at: nothing that tells one reader from another, but for the language."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from archiver.site.languages import COOKIE, LANGUAGES, preferred

Scope = dict[str, Any]

_FORGOTTEN = (b"cookie", b"authorization", b"accept-language")


def path_within(scope: Scope, base: str) -> str:
    """The path of a request within the site, whether a proxy passes on the path under which it stands or not."""
    sent: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    raw = sent.partition(b"?")[0].decode("latin-1")
    return "/" + raw[len(base) :] if raw.startswith(base) else raw


def language_for(scope: Scope) -> str:
    """The language in which a reader is answered: as asked for, as chosen before, as the browser prefers."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
    for choice in (asked, _cookie(scope)):
        if choice in LANGUAGES:
            return choice
    return preferred(_header(scope, b"accept-language"))


def anonymous(scope: Scope, path: str, language: str, host: str | None, scheme: str | None) -> Scope:
    """The request as the site gets it: without cookies and credentials, and at the path within the site.

    Nobody signs in here; the cookie that keeps a choice of language becomes a preference like a browser's. `host` and
    `scheme` are those under which the site is known, if the operator named them.
    """
    left_out = (*_FORGOTTEN, b"host") if host else _FORGOTTEN
    headers = [(name, value) for name, value in scope["headers"] if name.lower() not in left_out]
    headers.append((b"accept-language", language.encode()))
    if host:
        headers.append((b"host", host.encode()))
    changed = {"headers": headers, "raw_path": path.encode("latin-1"), "path": path}
    return scope | changed | ({"scheme": scheme} if scheme else {})


def already_has(scope: Scope, tag: str) -> bool:
    """Whether a reader's browser, or a cache, says that it holds this very state."""
    return tag in [each.strip() for each in _header(scope, b"if-none-match").split(",")]


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")


def _cookie(scope: Scope) -> str:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(_header(scope, b"cookie"))
    except CookieError:  # whatever another site of the same host keeps there
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""
