"""What is asked and what is answered, without sockets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from urllib.parse import parse_qs

from archiver.demo.addresses import lookup_key

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """One request, as far as the portal cares."""

    target: str
    headers: Mapping[str, str]  # by lower-case name
    body: bytes
    posted: bool

    @cached_property
    def key(self) -> str:
        """What the page is found by."""
        return lookup_key(self.target)

    @cached_property
    def query(self) -> dict[str, str]:
        """The query's parameters, the last of each name."""
        text = self.target.partition("#")[0].partition("?")[2]
        return {name: values[-1] for name, values in parse_qs(text, keep_blank_values=True).items()}


@dataclass(frozen=True, slots=True)
class Response:
    """One answer. Content-Length is always that of the whole body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    delay: float = 0.0  # seconds before the first byte
    cut_at: int | None = None  # send so many bytes of the body, then hang up

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def ok(body: bytes, *headers: tuple[str, str], content_type: str = HTML) -> Response:
    """A page."""
    return Response(200, (("Content-Type", content_type), *headers), body)


def redirect(location: str, *headers: tuple[str, str]) -> Response:
    """A page that is somewhere else."""
    body = f'<html><body><h2>Object moved to <a href="{location}">here</a>.</h2></body></html>'.encode()
    return Response(302, (("Content-Type", HTML), ("Location", location), *headers), body)


def failure(status: int, body: bytes, *headers: tuple[str, str]) -> Response:
    """An error page."""
    return Response(status, (("Content-Type", HTML), *headers), body)


def matches_etag(request: Request, etag: str) -> bool:
    """Whether the client holds this very version."""
    return etag in [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]


def unmodified_since(request: Request, changed_at: datetime) -> bool:
    """Whether the client's copy is no older than the page."""
    try:
        return changed_at <= parsedate_to_datetime(request.headers["if-modified-since"])
    except (KeyError, ValueError, TypeError):  # not sent, not a date, a date without a zone
        return False


def last_modified(changed_at: datetime) -> tuple[str, str]:
    """The header that says when the page last changed."""
    return "Last-Modified", format_datetime(changed_at.astimezone(UTC), usegmt=True)


def unchanged(*headers: tuple[str, str]) -> Response:
    """304: what you have is good."""
    return Response(304, headers, b"")
