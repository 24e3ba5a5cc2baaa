"""Run Datasette on archive.db, on this machine, until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from archiver.site import plugin
from archiver.site.described import metadata
from archiver.site.errors import ServingError
from archiver.store.databases.opening import open_archive_file

HOST = "127.0.0.1"
SETTINGS: dict[str, object] = {
    "default_page_size": 50,
    "suggest_facets": False,  # halves the time of a table page; the facets worth having are in the metadata
    "facet_time_limit_ms": 1500,
    "sql_time_limit_ms": 3000,
    "max_returned_rows": 2000,
    "allow_download": False,
}


def datasette_for(archive: Path) -> Datasette:
    """Datasette on one archive, with our metadata, settings and pages."""
    if not pm.is_registered(plugin):  # as where the program runs without being installed
        pm.register(plugin)
    return Datasette([str(archive)], metadata=metadata(), settings=SETTINGS)


def is_free(port: int) -> bool:
    """Whether a port of this machine can be listened on."""
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return False
    return True


def listen(port: int) -> socket.socket:
    """Listen on a port of this machine, or on a free one for 0. Raises ServingError if the port is taken."""
    try:
        listening = socket.create_server((HOST, port))
    except OSError as error:
        raise ServingError(f"port {port} cannot be used ({error.strerror}); try another one: --port 0") from error
    # Every connection has it from here: asyncio sets it on sockets that it made itself alone, and without it the second
    # answer on a connection waits 40 ms for the reader's machine to confirm the head of it.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def serve_site(archive: Path, port: int, announce: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; `announce` gets the address once it answers. Port 0 takes a free one.

    Raises ServingError if there is no archive, or the port is taken.
    """
    if not archive.exists():
        raise ServingError(f"there is no {archive} yet; a crawl makes it: archiver crawl myhao")
    open_archive_file(archive).close()  # one that an older version made is brought up to date
    with listen(port) as listening:
        address = f"http://{HOST}:{listening.getsockname()[1]}/"
        config = uvicorn.Config(datasette_for(archive).app(), log_level="warning", lifespan="on")
        try:
            Announcing(config, lambda: announce(address)).run(sockets=[listening])
        except KeyboardInterrupt:  # uvicorn raises it again once it has ended well
            return


class Announcing(uvicorn.Server):
    """A server that says when it is there."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self.say_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        self.say_started()
