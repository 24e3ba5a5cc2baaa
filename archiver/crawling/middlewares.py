"""Scrapy's downloader, as far as evidence asks for more of it."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

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
