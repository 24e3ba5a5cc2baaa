"""Whoever is told: a real server on loopback, in a thread, that remembers what came."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from tests.crawling.conftest import news
from tests.waiting import PATIENCE

__all__ = ["hook", "news"]


class Hook(ThreadingHTTPServer):
    """Answers with `status`, or not before `may_answer` is set."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answering)
        self.status, self.came = 200, []
        self.may_answer = Event()
        self.may_answer.set()
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def address(self, path="/hook/T0K3N-bi-mat-2026", scheme="json"):
        return f"{scheme}://127.0.0.1:{self.server_port}{path}"

    @property
    def messages(self):
        return [json.loads(body) for method, _, body in self.came if method == "POST"]


class _Answering(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.came.append((self.command, self.path, body))
        self.server.may_answer.wait(PATIENCE)
        self.send_response(self.server.status)
        self.end_headers()

    def do_GET(self):
        self.do_POST()

    def log_message(self, *args):
        pass


@pytest.fixture
def hook():
    server = Hook()
    yield server
    server.may_answer.set()
    server.shutdown()
    server.server_close()
