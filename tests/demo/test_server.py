"""The portal behind a socket: keep-alive, faults on the wire, a log, a clean end."""

import os
import signal
import subprocess
import sys
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from threading import active_count
from time import monotonic
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from archiver.demo import serve
from tests.waiting import PATIENCE, wait_until

ROOT = Path(__file__).parents[2]


@pytest.fixture
def served(portal):
    with serve(portal) as running:
        yield running


@pytest.fixture
def connection(served):
    address = urlsplit(served.base_url)
    opened = HTTPConnection(address.hostname, address.port, timeout=PATIENCE)
    yield opened
    opened.close()


def ask(connection, url, method="GET", **headers):
    connection.request(method, urlsplit(url).path, headers=headers)
    return connection.getresponse()


def test_one_connection_serves_many_requests(connection):
    assert ask(connection, "/").read()
    socket = connection.sock
    for url in ("/robots.txt", "/portal/Pages/Kinh-te.aspx", "/khong-co"):
        ask(connection, url).read()
    assert connection.sock is socket


def test_requests_are_logged(served, connection):
    ask(connection, "/robots.txt", **{"User-Agent": "thu-nghiem"}).read()
    (asked,) = served.requests
    assert asked[1:] == ("GET", "/robots.txt", 200, "thu-nghiem")
    assert asked.at <= monotonic()


def test_head_and_304_have_no_body(connection):
    head = ask(connection, "/", "HEAD")
    assert int(head.headers["Content-Length"]) > 5_000
    assert head.read() == b""
    known = ask(connection, "/", **{"If-None-Match": head.headers["ETag"]})
    assert (known.status, known.read()) == (304, b"")
    assert ask(connection, "/robots.txt").read().startswith(b"User-agent")


def test_cut_body_is_cut_on_the_wire(served, portal, connection):
    url = portal.playbill()["cut"][0]
    with pytest.raises(IncompleteRead):
        ask(connection, url).read()
    connection.close()
    assert len(ask(connection, url).read()) > 5_000


def test_slow_answer_is_slow_on_the_wire(portal, connection):
    url = portal.playbill()["slow"][0]
    started = monotonic()
    ask(connection, url).read()
    assert monotonic() - started >= 0.3


def test_posted_forms_arrive(connection):
    connection.request("POST", "/portal/Pages/Chinh-tri.aspx", body=b"__EVENTTARGET=&__EVENTARGUMENT=Page%242")
    assert connection.getresponse().status == 200


def test_server_ends_with_open_connections(portal):
    before = active_count()
    with serve(portal) as running:
        address = urlsplit(running.base_url)
        waiting = HTTPConnection(address.hostname, address.port)
        waiting.request("GET", "/")
        waiting.getresponse().read()
    assert active_count() == before
    waiting.close()
    with pytest.raises(URLError):
        urlopen(running.base_url, timeout=2)


def test_server_does_not_wait_for_slow_answers(news, portal):
    slow = type(portal)(news, portal.press.now, slow_seconds=60)
    with serve(slow) as running:
        address = urlsplit(running.base_url)
        waiting = HTTPConnection(address.hostname, address.port)
        waiting.request("GET", urlsplit(slow.playbill()["slow"][0]).path)
        wait_until(lambda: running.requests)
        started = monotonic()
    assert monotonic() - started < 30, "half of what that answer takes"
    waiting.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_command_serves_until_it_is_told_to_end(number):
    command = [sys.executable, "-m", "archiver.demo", "--port", "0", "--count", "40", "--no-faults"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        url = process.stdout.readline().decode().strip()
        with urlopen(url, timeout=PATIENCE) as page:
            assert "THỊ XÃ AN THUẬN" in page.read().decode()
        process.send_signal(number)
        _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, b"")
