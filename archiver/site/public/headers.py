"""What goes with every answer: how long it may be kept, and what a browser may not do with it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from archiver import __version__

Header = tuple[bytes, bytes]

# Nothing on our pages acts: no script, no plug-in, no frame but of captured pages, which have a policy of their own.
OURS = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; frame-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Datasette's own have scripts in them.
DATASETTES = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NO_PAGE = "default-src 'none'; sandbox; frame-ancestors 'none'"
_EVERYWHERE: dict[bytes, bytes] = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"permissions-policy": b"browsing-topics=(), camera=(), geolocation=(), microphone=()",
    b"cross-origin-opener-policy": b"same-origin",
}
SECONDS_TO_KEEP = 300  # what is withheld must be gone from caches soon after it is gone from the site


def answer_headers(headers: list[Header], status: int, tag: str, *, is_ours: bool) -> list[Header]:
    """The headers of an answer as they are sent. What a page says of itself (a policy, an age, a tag) stays."""
    said = {name.lower(): value for name, value in headers}
    is_page = said.get(b"content-type", b"").startswith(b"text/html")
    added = _EVERYWHERE | _ageing(said, status, tag)
    if is_page:
        added |= {b"vary": b"Accept-Language, Cookie"}
    if b"content-security-policy" not in said:
        policy = (OURS if is_ours else DATASETTES) if is_page else NO_PAGE
        added |= {b"content-security-policy": policy.encode(), b"x-frame-options": b"DENY"}
    replaced = {b"server", b"vary", *added}
    return [(name.lower(), value) for name, value in headers if name.lower() not in replaced] + list(added.items())


def kept_headers(tag: str) -> list[Header]:
    """Of an answer that says: what you have is still so."""
    return [
        (b"etag", tag.encode()),
        (b"cache-control", f"public, max-age={SECONDS_TO_KEEP}".encode()),
        (b"vary", b"Accept-Language, Cookie"),
        *_EVERYWHERE.items(),
    ]


def tag_of(digest: str, language: str) -> str:
    """What names an answer's state: the snapshot, the program, and the reader's language."""
    return f'W/"{digest[:16]}-{looks_digest()}-{language}"'


@cache
def looks_digest() -> str:
    """A digest of all that makes a page of a snapshot: another program may make another page of it."""
    total = hashlib.sha256(__version__.encode())
    for file in _files(files("archiver.site")):
        total.update(file.read_bytes())
    return total.hexdigest()[:8]


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            found += _files(each)
        elif each.name.endswith((".py", ".html", ".yaml")):
            found.append(each)
    return found


def _ageing(said: dict[bytes, bytes], status: int, tag: str) -> dict[bytes, bytes]:
    """How long an answer may be kept. Pages of ours say so themselves, to everyone or to one; Datasette's do not."""
    age = said.get(b"cache-control", b"")
    if age.startswith((b"public", b"private")) or b"immutable" in age:
        return {}
    if status not in (200, 301, 302):
        return {b"cache-control": b"no-store"}
    kept = {b"cache-control": f"public, max-age={SECONDS_TO_KEEP}".encode()}
    return kept | ({b"etag": tag.encode()} if status == 200 and b"etag" not in said else {})
