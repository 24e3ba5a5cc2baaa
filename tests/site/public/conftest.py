"""A snapshot and its public site: in this process, or as the real command on loopback."""

import asyncio
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from archiver.site.public.editions import Choices
from archiver.site.public.serving import place_of
from archiver.site.public.site import PublicSite
from archiver.store.databases.opening import open_archive
from archiver.store.sharing.snapshots import current
from tests.publishing.conftest import crawled, made
from tests.site.asgi import answered

__all__ = ["crawled"]
HOSTILE_TITLE = "<script>alert('x')</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="session")
def snapshots(crawled, tmp_path_factory):
    """A folder with one snapshot, for reading alone. One of its articles has a hostile title and an index with it."""
    import shutil

    folder = tmp_path_factory.mktemp("public")
    data = shutil.copytree(crawled, folder / "data")
    archive = open_archive(data)
    archive.execute("UPDATE articles SET title = ? WHERE rowid = 7", (HOSTILE_TITLE,))
    archive.execute("CREATE VIRTUAL TABLE words_fts USING fts5 (title)")
    archive.execute("INSERT INTO words_fts SELECT title FROM articles")
    archive.close()
    assert made(data, folder / "snapshots").faults == []
    return folder / "snapshots"


class Visitor:
    """Asks a site within this process."""

    def __init__(self, folder, base_url="/", **choices):
        place = place_of(base_url)
        self.base = place.path
        self.site = PublicSite(folder, Choices(place.path, **choices), place)
        asyncio.run(self.site.open())

    def ask(self, path, method="GET", **headers):
        async def asked():
            transport = httpx.ASGITransport(app=self.site)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                return await client.request(method, path, headers=headers)

        return asyncio.run(asked())

    def send(self, target, method="GET", headers=()):
        """A request whose target is sent byte for byte, as no client would send it. Returns status, headers, body."""
        path, _, query = target.partition("?")
        scope = {
            "method": method, "path": path, "raw_path": path.encode("latin-1"),
            "query_string": query.encode("latin-1"), "headers": [(b"host", b"localhost"), *headers],
        }  # fmt: skip
        status, received, body = asyncio.run(answered(self.site, scope))
        return status, dict(received), body

    def close(self):
        asyncio.run(self.site.close())


@pytest.fixture(scope="module")
def visitor(snapshots):
    visitor = Visitor(snapshots)
    yield visitor
    visitor.close()


@pytest.fixture
def snapshot(snapshots):
    return current(snapshots)


@contextmanager
def served(*options, program=("-m", "archiver")):
    """The command itself; gives the process and its address. What it writes is in `process.written` afterwards."""
    line = [sys.executable, *program, "serve", "--public", "--port", "0", *map(str, options)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=Path.cwd()) as process:
        first = ""
        while "is open at" not in first:
            said = process.stdout.readline()
            assert said, f"it ended: {first}"
            first += said
        try:
            yield process, re.search(r"is open at (http://\S+?),", first)[1]
        finally:
            process.terminate()
            process.written = first + process.stdout.read()
