"""Scrapy's downloader, as far as evidence asks for more of it."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookiejar import Cookie

from scrapy import Request
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http import Response
from scrapy.http.cookies import CookieJar
from scrapy.utils.httpobj import urlparse_cached

RECEIVED_HEADERS = "received_headers"


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


class PortalCookies(CookiesMiddleware):
    """Cookies between us and the one portal.

    Scrapy asks another host for the list of public suffixes before it takes a cookie with a domain. One crawl speaks
    to one portal, wherever the connection goes: its cookies go back to it and to nobody else.
    """

    def _process_cookies(self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request) -> None:
        for cookie in cookies:
            cookie.domain = urlparse_cached(request).hostname or ""
            cookie.domain_specified = False
            jar.set_cookie_if_ok(cookie, request)
