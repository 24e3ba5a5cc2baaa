"""What a public site does not answer, before Datasette sees it: odd addresses, inner pages, and all that changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from archiver.site.routes import ROUTES

Scope = dict[str, Any]

_METHODS = ("GET", "HEAD")
_ODD = re.compile(rb"^[^/]|//|\\|%5c|%00|%0a|%0d|[\x00-\x20\x7f-\xff]|/\.\.?(?:/|$)|%2e%2e", re.IGNORECASE)
# Of Datasette's own inner pages only its looks and its description of the archive; others name files and threads.
_OPEN = re.compile(r"/-/(?:static/|static-plugins/|metadata(?:\.json)?$)")
_OURS = tuple(re.compile(pattern) for pattern, _ in ROUTES)
_LONGEST = 8_000  # bytes of a path with its query
_MOST_ARGUMENTS = 100
_MOST_FACETS = 10
_NOT_ANSWERED = frozenset(("_trace", "_context"))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered."""

    status: int
    words: str


NOTHING_HERE = Refusal(404, "There is nothing at this address.")


def refused(scope: Scope, path: str) -> Refusal | None:
    """Why a request is refused; null for one that is answered. `path` is within the site."""
    if scope["method"] not in _METHODS:
        return Refusal(405, "This site can only be read.")
    raw = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    if _ODD.search(raw):
        return NOTHING_HERE
    query = scope.get("query_string", b"")
    if len(raw) + len(query) > _LONGEST:
        return Refusal(414, "The address is too long.")
    if path.startswith("/-/") and not (_OPEN.match(path) or is_ours(path)):
        return NOTHING_HERE
    return _refused_arguments(query)


def is_ours(path: str) -> bool:
    """Whether one of our own pages stands at a path within the site."""
    return any(pattern.match(path) for pattern in _OURS)


def holds_sql(scope: Scope) -> bool:
    """Whether a reader wrote SQL into a request."""
    return any(name in ("sql", "_where") for name, _ in _arguments(scope.get("query_string", b"")))


def _refused_arguments(query: bytes) -> Refusal | None:
    names = [name for name, _ in _arguments(query)]
    if len(names) > _MOST_ARGUMENTS or sum(name.startswith("_facet") for name in names) > _MOST_FACETS:
        return Refusal(400, "That is too much to ask for at once.")
    return NOTHING_HERE if _NOT_ANSWERED.intersection(names) else None


def _arguments(query: bytes) -> list[tuple[str, str]]:
    return parse_qsl(query.decode("latin-1"), keep_blank_values=True)
