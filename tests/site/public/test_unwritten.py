"""What readers ask is written down nowhere, whatever comes of it."""

import socket
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from tests.site.public.conftest import served

SECRET = "bimatcuadocgia"
HEADERS = {"Referer": f"https://x.example/?q={SECRET}", "User-Agent": SECRET, "Cookie": f"x={SECRET}"}
SLOW = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
ASKED = (
    f"search?q={SECRET}",
    f"{SECRET}",
    f"{SECRET}/",
    f"archive/{SECRET}",
    f"a/{SECRET}",
    f"-/{SECRET}",
    f"archive/articles?_search={SECRET}",
    f"archive/articles?_search={SECRET}%22*%28&_searchmode=raw",
    f"archive/articles?title__contains={SECRET}",
    f"archive/articles?title__glob={SECRET}{'*a' * 200}",
    f"archive/articles?_sort={SECRET}",
    f"archive/articles?_facet={SECRET}",
    f"archive/articles?_timelimit={SECRET}",
    f"archive/articles?_next={SECRET}",
    f"archive/articles.csv?_stream=1&title__contains={SECRET}",
    f"archive/articles_by_words?words={SECRET}",
    f"archive/articles?{'x' * 9000}={SECRET}",
    f"archive?{urlencode({'sql': f'SELECT {SECRET}'})}",
    f"archive?{urlencode({'sql': f'SELEKT {SECRET}'})}",
    f"archive.csv?{urlencode({'sql': f'SELECT * FROM {SECRET}'})}",
    f"archive.json?{urlencode({'sql': SLOW + f' -- {SECRET}'})}",
    f"archive.csv?{urlencode({'sql': SLOW + f' -- {SECRET}', '_stream': 1})}",
    f"archive.json?{urlencode({'sql': 'SELECT :word', 'word': SECRET})}",
    f"archive/articles?{urlencode({'_where': SECRET})}",
)


def send(address, request):
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        connection.sendall(request)
        connection.recv(1000)


@pytest.mark.parametrize("options", [(), ("--verbose",)], ids=["as it is", "verbose"])
def test_no_word_of_a_reader_is_written(snapshots, options):
    with served("--snapshots", snapshots, *options) as (process, address):
        with httpx.Client(timeout=60, headers=HEADERS) as client:
            statuses = [client.get(address + path).status_code for path in ASKED]
            assert client.post(address + "archive", content=SECRET).status_code == 405
        for request in (
            f"{SECRET} / HTTP/9.9\r\n\r\n",
            f"GET /{SECRET} {SECRET}\r\n\r\n",
            f"GET / HTTP/1.1\r\n{SECRET}\r\n\r\n",
        ):
            send(address, request.encode())
    assert {*statuses} >= {200, 400, 404, 414}, "all ways to end were tried"
    assert max(statuses) < 500
    assert SECRET not in process.written
    assert "An error, without its words" in process.written, "the operator hears of errors"
    assert "127.0.0.1 - " not in process.written
