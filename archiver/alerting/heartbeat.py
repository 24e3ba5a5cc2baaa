"""An outside switch that acts when nobody asks its address any more."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from archiver.alerting.apart import spoken_to
from archiver.logs.secrets import keep_out

_SECONDS = 45


def beat(address: str, suffix: str = "") -> str | None:
    """Ask the address, with what else is to be said behind it; null, or what went wrong."""
    keep_out(address)
    try:
        place = with_suffix(address, suffix)
    except ValueError as error:  # half an address of IPv6
        return f"its address is none: {error}"
    return spoken_to("asking", {"address": place}, _SECONDS)


def with_suffix(address: str, suffix: str) -> str:
    """An address with more behind its path, or with one more argument.

    >>> with_suffix("https://hc-ping.com/6f1c-0000", "/start")
    'https://hc-ping.com/6f1c-0000/start'
    >>> with_suffix("https://example.org/ping/?key=6f1c", "/fail")
    'https://example.org/ping/fail?key=6f1c'
    >>> with_suffix("https://example.org/ping?key=6f1c", "?state=run")
    'https://example.org/ping?key=6f1c&state=run'
    """
    if not suffix:
        return address
    parts = urlsplit(address)
    if suffix.startswith("?"):
        return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, suffix[1:])))))
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + suffix))
