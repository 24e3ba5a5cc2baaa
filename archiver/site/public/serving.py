"""Serve snapshots to everyone, from this machine's loopback: a web server before it does the rest."""

from __future__ import annotations

import asyncio
import re
import socket
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import uvicorn

from archiver.site.errors import PlaceError
from archiver.site.public.editions import Choices
from archiver.site.public.site import Place, PublicSite
from archiver.site.serving import HOST, Announcing, listen

_PATH = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*")
_MOST_CONNECTIONS = 200


def place_of(base_url: str) -> Place:
    """Where readers find the site, as the operator says it: `/path/`, or the whole address.

    >>> place_of("/kho/"), place_of("https://luutru.example/kho")
    (Place(path='/kho/', host=None, scheme=None), Place(path='/kho/', host='luutru.example', scheme='https'))
    """
    parts = urlsplit(base_url)
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    is_whole = parts.scheme in ("http", "https") and bool(parts.netloc)
    if not _PATH.fullmatch(path) or parts.query or (parts.scheme and not is_whole):
        raise PlaceError(
            f"--base-url is a path such as /kho/, or an address such as https://example.org/, not {base_url!r}"
        )
    return Place(path, parts.netloc or None, parts.scheme or None)


def serve_publicly(
    folder: Path, port: int, base_url: str, announce: Callable[[str], None], *, allows_sql: bool
) -> None:
    """Serve the current snapshot of a folder until Ctrl-C or SIGTERM, and each that follows.

    Raises ServingError if there is none that can be shown, or the port is taken.
    """
    place = place_of(base_url)
    keep_searches_unwritten()
    site = PublicSite(folder, Choices(place.path, allows_sql), place)
    with listen(port) as listening:
        address = f"http://{HOST}:{listening.getsockname()[1]}{place.path}"
        config = uvicorn.Config(
            site,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="on",
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_graceful_shutdown=10,
        )
        try:
            asyncio.run(_serve(site, Announcing(config, lambda: announce(address)), listening))
        except KeyboardInterrupt:  # uvicorn raises it again once it has ended well
            return


async def _serve(site: PublicSite, server: uvicorn.Server, listening: socket.socket) -> None:
    await site.open()
    await server.serve(sockets=[listening])


def keep_searches_unwritten() -> None:
    """See that errors are written down without what was asked: Datasette prints them with all that belongs to them."""
    printing = import_module("datasette.handle_exception")  # before datasette.app it could not be imported whole
    vars(printing).update(rich=None, traceback=SimpleNamespace(print_exc=_print_where))


def _print_where() -> None:
    """Which error came up where; not what it says, which may be a reader's words."""
    kind, _, where = sys.exc_info()
    lines = traceback.format_tb(where)
    sys.stderr.write("".join(["An error, without its words:\n", *lines, f"{kind.__name__ if kind else ''}\n"]))
