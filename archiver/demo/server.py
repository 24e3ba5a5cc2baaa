"""Serves a portal on loopback, and remembers what was asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

from archiver.demo.responses import Response

KEPT_REQUESTS = 200_000
NO_BODY = (204, 304)


class Answering(Protocol):
    """A portal, in whichever dress."""

    def respond(
        self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Response:
        """The answer to one request."""


class Asked(NamedTuple):
    """One request as the server saw it."""

    at: float  # monotonic seconds
    method: str
    target: str
    status: int
    user_agent: str


class Log:
    """The last requests, oldest first."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.kept: deque[Asked] = deque(maxlen=KEPT_REQUESTS)

    def add(self, asked: Asked) -> None:
        """Remember a request."""
        with self.lock:
            self.kept.append(asked)

    def all(self) -> list[Asked]:
        """What is remembered."""
        with self.lock:
            return list(self.kept)


class PortalServer(ThreadingHTTPServer):
    """A server that knows its portal, and its open connections so that it can end at once."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, portal: Answering, port: int) -> None:
        super().__init__(("127.0.0.1", port), Visit)
        self.portal = portal
        self.log = Log()
        self.ending = Event()
        self.open: set[socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Note the connection, then serve it in its own thread."""
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection."""
        self.open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End all open connections, slow answers included."""
        self.ending.set()
        for connection in list(self.open):
            try:
                connection.shutdown(SHUT_RDWR)
            except OSError:  # the other side was faster
                continue


class Visit(BaseHTTPRequestHandler):
    """One connection and its requests."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: PortalServer

    def do_GET(self) -> None:
        """Answer from the portal."""
        asked_at = monotonic()
        posted = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        target = self.path.encode("latin-1").decode("utf-8", "replace")  # some clients send letters as they are
        response = self.server.portal.respond(self.command, target, dict(self.headers.items()), posted)
        agent = self.headers.get("User-Agent", "")
        self.server.log.add(Asked(asked_at, self.command, self.path, response.status, agent))
        if response.delay:
            self.server.ending.wait(response.delay)
        self.send(response)

    do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_GET  # noqa: N815 (names that http.server looks for)

    def send(self, response: Response) -> None:
        """Head and body in one piece: two would wait for each other's acknowledgement."""
        body = b"" if self.command == "HEAD" or response.status in NO_BODY else response.body[: response.cut_at]
        self.close_connection = self.close_connection or response.cut_at is not None
        try:
            self.wfile.write(head(response) + body)
        except OSError:  # the client has gone
            self.close_connection = True

    def handle(self) -> None:
        """Serve the connection until either side ends it."""
        try:
            super().handle()
        except OSError:  # hung up between two requests
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (as in http.server)
        """Say nothing: the log is kept, not printed."""


def head(response: Response) -> bytes:
    """Status line and headers."""
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}", "Server: Microsoft-IIS/8.5"]
    lines += [f"{name}: {value}" for name, value in response.headers]
    if response.status not in NO_BODY:
        lines.append(f"Content-Length: {len(response.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class Served:
    """A portal being served; ends with its `with` block."""

    def __init__(self, portal: Answering, port: int) -> None:
        self.portal = portal
        self.server = PortalServer(portal, port)
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    @property
    def base_url(self) -> str:
        """Where it listens: "http://127.0.0.1:43117"."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def requests(self) -> list[Asked]:
        """The requests so far, oldest first."""
        return self.server.log.all()

    def stop(self) -> None:
        """Answer no more; returns when every thread has ended."""
        self.server.shutdown()
        self.server.hang_up()
        self.server.server_close()
        self.thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()


def serve(portal: Answering, port: int = 0) -> Served:
    """Serve a portal on loopback from now on; port 0 takes a free one."""
    return Served(portal, port)
