"""A site in a process of its own on a free port of this machine, and what it answers."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

from bench.children import ROOT

_PATIENCE = 60  # seconds that a site may take to answer first
_IN_PROGRAM, _IN_KERNEL = 11, 12  # fields of /proc/PID/stat behind the name, proc(5)
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


class Site(NamedTuple):
    """A connection that is kept, as a browser keeps it, and the process that answers on it."""

    connection: HTTPConnection
    process: int

    def ask(self, path: str) -> bytes:
        """The body of a page. Raises RuntimeError where the site does not answer with success."""
        try:
            return self._answer(path)
        except (RemoteDisconnected, BrokenPipeError):  # the other site took so long that this one hung up
            self.connection.close()
            return self._answer(path)

    def _answer(self, path: str) -> bytes:
        self.connection.request("GET", f"/{path}")
        with self.connection.getresponse() as answer:
            body = answer.read()
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"/{path} is answered with {answer.status}")
        return body

    def processor_seconds(self) -> float:
        """What the process has computed so far, in steps of a hundredth; Linux alone tells."""
        told = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(told[_IN_PROGRAM]) + int(told[_IN_KERNEL])) / os.sysconf("SC_CLK_TCK")

    def peak_mb(self) -> float:
        """The most memory that the process had so far, as the kernel counts it; Linux alone tells."""
        told = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8")
        found = _PEAK.search(told)
        return int(found[1]) / 1024 if found else float("nan")


@contextmanager
def served(arguments: Sequence[str]) -> Iterator[Site]:
    """Run a module of Python that serves on the port which is put behind its arguments."""
    port = _free_port()
    line = [sys.executable, *arguments, "--port", str(port)]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            site = Site(HTTPConnection("127.0.0.1", port), process.pid)
            _wait_for(site, process)
            yield site
            site.connection.close()
        finally:
            process.terminate()


def _wait_for(site: Site, process: subprocess.Popen[bytes]) -> None:
    end = monotonic() + _PATIENCE
    while process.poll() is None and monotonic() < end:
        try:
            site.ask("-/versions.json")
        except ConnectionError:  # it does not listen yet
            site.connection.close()
            sleep(0.1)
        else:
            return
    raise RuntimeError(f"the site on port {site.connection.port} does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
