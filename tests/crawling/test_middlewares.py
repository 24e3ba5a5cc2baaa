"""Bodies whose headers tell of an encoding, or lie about it."""

import gzip

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from archiver.crawling.middlewares import Decoding, PortalCookies
from tests.store.conftest import article

PAGE = article().encode()


def decoded(body, encoding):
    request = Request("http://127.0.0.1/")
    response = Response(request.url, headers={"Content-Encoding": encoding}, body=body, request=request)
    return Decoding.from_crawler(get_crawler()).process_response(request, response).body


@pytest.mark.parametrize("body", [gzip.compress(PAGE), PAGE, b"\xef\xbb\xbf\r\n" + PAGE, b"<!DOCTYPE html>" + PAGE])
def test_a_page_is_had_whether_it_is_compressed_or_only_said_to_be(body):
    assert decoded(body, "gzip").endswith(PAGE)


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate"])
def test_a_plain_page_under_any_name(encoding):
    assert decoded(PAGE, encoding) == PAGE


def test_what_is_neither_is_refused():
    with pytest.raises(OSError, match="Not a gzipped file"):
        decoded(b"garbage", "gzip")


def test_a_secure_cookie_of_any_domain_goes_back_to_the_portal_alone():
    """Also over a plain connection to a base that stands in for the portal."""
    cookies = PortalCookies()
    asked = Request("http://127.0.0.1:8000/a")
    headers = {"Set-Cookie": ["ok=1; Domain=.gov.vn; Path=/; Secure; HttpOnly", "x", "two=2; Domain=evil.example"]}
    cookies.process_response(asked, Response(asked.url, headers=headers))
    again, elsewhere = Request("http://127.0.0.1:8000/b"), Request("http://evil.example/")
    cookies.process_request(again)
    cookies.process_request(elsewhere)
    assert {b"ok=1", b"two=2"} <= set(again.headers[b"Cookie"].split(b"; "))
    assert b"Cookie" not in elsewhere.headers
