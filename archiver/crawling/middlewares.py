"""Scrapy's downloader, as far as evidence asks for more of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from http.cookiejar import Cookie

from scrapy import Request
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response
from scrapy.http.cookies import CookieJar
from scrapy.utils.httpobj import urlparse_cached

RECEIVED_HEADERS = "received_headers"
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)


class ReceivedHeaders:
    """Keeps the headers as received: decoding the body takes `Content-Encoding` out of them."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the headers with the request; the response goes on unchanged."""
        request.meta[RECEIVED_HEADERS] = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        )
        return response


class Decoding(HttpCompressionMiddleware):
    """Takes the encoding off a body, unless that is a plain page, whatever its headers say.

    ASP.NET keeps the header when an error page takes the place of the page that was to be compressed.
    """

    def _handle_encoding(self, body: bytes, content_encoding: list[bytes], max_size: int) -> tuple[bytes, list[bytes]]:
        return (body, []) if _PAGE.match(body) else super()._handle_encoding(body, content_encoding, max_size)


class PortalCookies(CookiesMiddleware):
    """Cookies between us and the one portal.

    Scrapy asks another host for the list of public suffixes before it takes a cookie with a domain. One crawl speaks
    to one portal, wherever the connection goes: its cookies go back to it and to nobody else.
    """

    def _process_cookies(self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request) -> None:
        for cookie in cookies:
            cookie.domain = urlparse_cached(request).hostname or ""
            cookie.domain_specified = False
            cookie.secure = False  # with a base URL the connection may be plain where the portal's is not
            jar.set_cookie_if_ok(cookie, request)
