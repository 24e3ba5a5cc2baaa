"""One archive of the bad fortnight for all tests here, and the site that serves it."""

import asyncio

import pytest

from archiver.site.serving import datasette_for
from tests.site.plots.fortnight import live


@pytest.fixture(scope="session")
def fortnight(tmp_path_factory):
    return live(tmp_path_factory.mktemp("fortnight"))


@pytest.fixture(scope="session")
def site(fortnight):
    return datasette_for(fortnight.visitor.folder / "archive.db")


@pytest.fixture
def get(site):
    return lambda path, **more: asyncio.run(site.client.get(path, follow_redirects=True, **more))
