"""An archive that was crawled, and backups of it made without a process of their own."""

import shutil

import pytest
from click.testing import CliRunner

from archiver.backups.making import Wanted, make_backup
from archiver.cli import main
from archiver.demo import DemoPortal, stories
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.rebuild.canonical import rows
from tests.demo.conftest import NOW
from tests.driving.clocks import SetClock
from tests.driving.visitor import Visitor


@pytest.fixture(scope="session")
def crawled(tmp_path_factory):
    """For reading alone: see `data`."""
    folder = tmp_path_factory.mktemp("crawled")
    Visitor(DemoPortal(stories(12), lambda: NOW, faults=False), folder).crawl(file_budget=10)
    return folder


@pytest.fixture
def data(crawled, tmp_path):
    """A folder of an archive of one's own."""
    return shutil.copytree(crawled, tmp_path / "data")


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *line: runner.invoke(main, [str(word) for word in line])


@pytest.fixture
def clock():
    return SetClock()


def made(data, folder, clock, **options):
    """A backup, a second after the last one."""
    clock.pass_by(seconds=1)
    return make_backup(Wanted(data, folder, **options), clock, "archiver 0", lambda *_: None)


def all_rows(folder):
    """All that two archives must agree on, and every row of the evidence, its progress included."""
    captures, archive = open_captures(folder), open_archive(folder)
    evidence = {
        table: sorted(captures.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
        for table in captures.table_names()
    }
    told = list(rows(archive))
    order = captures.execute("SELECT request_key FROM frontier ORDER BY rank, depth, rowid").fetchall()
    captures.close()
    archive.close()
    return evidence, order, told


def add_capture(data, text, at="2025-07-02T01:00:00.000000Z"):
    """One more capture with a payload of its own, as a crawl keeps it."""
    from archiver.store.databases.opening import writing
    from archiver.store.evidence.captures import Answer, Asked, save_capture
    from tests.store.conftest import HTML, url

    captures = open_captures(data)
    crawl_key = captures.execute("SELECT crawl_key FROM crawls").fetchone()[0]
    asked = Asked("demo", crawl_key, "GET", url("moi"), None, "request", None)
    with writing(captures):
        capture = save_capture(captures, asked, Answer(200, None, HTML, text.encode()), at)
    captures.close()
    return capture
