"""A folder with two crawls of the made-up portal in it, and what was written of it."""

import pytest

from archiver.demo import DemoPortal, stories
from archiver.exchange.warc_in import Watcher, import_warcs
from archiver.exchange.warc_out import export_warc
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.rebuild.canonical import rows
from tests.demo.conftest import NOW
from tests.driving.clocks import SetClock
from tests.driving.visitor import DEMO, SLOW, Visitor
from tests.exchange.archive_server import Pywb

__all__ = ["DEMO"]

EVIDENCE = (
    "capture_key, portal, method, url, form, request_key, captured_at, status, error, headers, etag, last_modified, sha256,"
    " fetched_from"
)


def evidence_in(folder):
    """All that captures hold but where they came from."""
    return open_captures(folder).execute(f"SELECT {EVIDENCE} FROM captures ORDER BY capture_key").fetchall()


def proof_in(folder):
    """The captures as the archive tells of them, but for the run that brought them."""
    columns = "capture_key, url, captured_at, status, error, sha256, size, confirms, kind, article_key"
    return open_archive(folder).execute(f"SELECT {columns} FROM captures ORDER BY capture_key").fetchall()


def rows_in(folder):
    return list(rows(open_archive(folder)))


def export(folder, to, portals=("demo",), now="2026-01-01T00:00:00.000000Z"):
    db = open_captures(folder)
    export_warc(db, list(portals), to, now, lambda done, total: None)
    db.close()
    return to


def bring(folder, *files, clock=None):
    """Import files into a folder; returns what came of it."""
    if clock is None:
        clock = SetClock()
        clock.pass_by(days=400)
    return import_warcs(files, folder, clock, Watcher(*[lambda *_: None] * 3))


@pytest.fixture(scope="session")
def crawled(tmp_path_factory):
    """Two crawls of the whole portal, faults and traps included: pages, repeats, 304, 404, redirects, time-outs, forms."""
    folder = tmp_path_factory.mktemp("crawled")
    visitor = Visitor(DemoPortal(stories(60), lambda: NOW, slow_seconds=SLOW + 1), folder)
    visitor.crawl()
    visitor.clock.pass_by(days=1)
    story = visitor.portal.catalogue.by_section["chinh-tri"][2]
    visitor.portal.edit(story.url, title=story.title + " (sửa)")
    visitor.crawl(recheck="all")
    visitor.archive.close()
    return folder


@pytest.fixture(scope="session")
def exported(crawled, tmp_path_factory):
    return export(crawled, tmp_path_factory.mktemp("exported") / "towns.warc.gz")


@pytest.fixture(scope="session")
def pywb(exported, tmp_path_factory):
    """A web archive of what was exported."""
    server = Pywb(tmp_path_factory.mktemp("pywb"), exported)
    yield server
    server.stop()
