"""A real browser without a window, the site on loopback, and a server that counts who asks it for anything."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import uvicorn

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NO_BROWSER = "there is no Chromium on this machine"
may_skip = CHROMIUM is None and "CI" not in os.environ  # where CI is set there has to be one, and tests fail without it
needs_browser = pytest.mark.skipif(may_skip, reason=NO_BROWSER)
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions",
)  # fmt: skip


def dom(url: str, folder: Path, *flags: str) -> str:
    """What a page has become after some seconds of its own time."""
    line = [
        str(CHROMIUM),
        *_QUIET,
        f"--user-data-dir={folder}",
        "--virtual-time-budget=8000",
        *flags,
        "--dump-dom",
        url,
    ]
    ran = subprocess.run(line, capture_output=True, text=True, timeout=100, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout


class Counter:
    """A server that notes every path that it is asked for, and answers some of them."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.asked: list[str] = []
        counter = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path not in pages:
                    counter.asked.append(f"{self.headers.get('Host')}{self.path}")
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(pages.get(self.path, b""))

            do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]

    @contextmanager
    def listening(self):
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            thread.join()
            self.server.server_close()


@contextmanager
def serving(app):
    """The address at which an ASGI application answers meanwhile."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
