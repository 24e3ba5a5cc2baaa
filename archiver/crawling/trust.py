"""Whom a connection trusts: certificates are verified, but where a portal's value says that it cannot be had so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from twisted.internet.interfaces import IAcceptableCiphers
from twisted.internet.ssl import AcceptableCiphers
from zope.interface import implementer  # type: ignore[import-untyped]

from archiver.portals import Portal

_OLD = "@SECLEVEL=1"


def settings_of(portal: Portal) -> dict[str, Any]:
    """Scrapy's settings for a portal alone; nothing for one of usual TLS."""
    if portal.tls == "usual":
        return {}
    verifies = portal.tls != "unverified"
    handlers = {"https": "archiver.crawling.trust.OldTls"}
    return {"DOWNLOAD_VERIFY_CERTIFICATES": verifies, "DOWNLOAD_HANDLERS": handlers}


def is_verified(portal: Portal, address: str, status: int | None) -> bool | None:
    """Whether the certificate behind an answer was verified; null where there was none, or no answer."""
    if status is None or not address.startswith("https:"):
        return None
    return portal.tls != "unverified"


@dataclass(frozen=True)
class _OldCipher:
    fullName: str = _OLD  # noqa: N815  # Twisted's name


@implementer(IAcceptableCiphers)
class OldCiphers:
    """The usual ciphers, at the security level that short keys and old hashes still pass.

    Scrapy's own setting takes a level too, and loses it: Twisted keeps the names of ciphers alone.
    """

    def selectCiphers(self, availableCiphers: Iterable[object]) -> tuple[object, ...]:  # noqa: N802, N803
        """Twisted joins the names to one string, in which OpenSSL reads the level."""
        usual = cast("Any", AcceptableCiphers).fromOpenSSLCipherString("DEFAULT")
        return (*usual.selectCiphers(availableCiphers), _OldCipher())


class OldTls(HTTP11DownloadHandler):
    """Scrapy's downloader, for a portal whose server is old."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        cast("Any", self._contextFactory).tls_ciphers = OldCiphers()
