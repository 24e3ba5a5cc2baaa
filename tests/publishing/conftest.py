"""A crawled archive in which an article prints numbers that name a person, and snapshots of it."""

import shutil

import pytest

from archiver.clock import SystemClock
from archiver.demo import DemoPortal, stories
from archiver.publishing.making import Wanted, make_snapshot
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor

PHONE, CITIZEN = "0912345678", "033085001234"
SECRET_TITLE = f"Liên hệ {PHONE} để nhận quà"


@pytest.fixture(scope="session")
def crawled(tmp_path_factory):
    """For reading alone: see `data`."""
    folder = tmp_path_factory.mktemp("crawled")
    visitor = Visitor(DemoPortal(stories(40), lambda: NOW, faults=False), folder)
    visitor.crawl()
    truth = visitor.portal.truth().stories
    visitor.portal.edit(truth[3].url, title=SECRET_TITLE)
    visitor.portal.edit(truth[4].url, title=f"Ông A, CCCD {CITIZEN}")
    visitor.clock.pass_by(days=1)
    visitor.crawl(recheck="all", file_budget=60)
    return folder


@pytest.fixture
def data(crawled, tmp_path):
    """A folder of an archive of one's own."""
    return shutil.copytree(crawled, tmp_path / "data")


def made(data, folder, clock=None, **options):
    """A snapshot."""
    return make_snapshot(Wanted(data, folder, **options), clock or SystemClock(), "archiver 0", lambda *_: None)
