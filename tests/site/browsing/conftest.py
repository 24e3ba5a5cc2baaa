"""One Chromium for all tests here, driven by Playwright, and the site of an archive that has everything."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect, sync_playwright

from archiver.site.serving import datasette_for
from tests.site.browser import CHROMIUM, NO_BROWSER, may_skip, serving
from tests.site.browsing.pages import PAGES
from tests.site.browsing.town import lived
from tests.site.browsing.visiting import Visitors


@pytest.fixture(scope="package")
def chromium():
    """For this package alone: Playwright's loop runs in this thread, where other tests run loops of their own."""
    if may_skip:
        pytest.skip(NO_BROWSER)
    assert CHROMIUM is not None, NO_BROWSER
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def told(tmp_path_factory):
    return lived(tmp_path_factory.mktemp("lived"))


@pytest.fixture(scope="package")
def keys(told):
    """What stands for the names in `pages.py`."""
    archive = told.archive()

    def first(query, *values):
        return archive.execute(query, values).fetchone()[0]

    a_list = first("SELECT list_key FROM lists WHERE list_kind = 'section' ORDER BY list_key")
    picture = first("SELECT sha256 FROM images WHERE article_key = ? AND sha256 IS NOT NULL", told.key("rich"))
    archive.close()
    return told.names() | {"list": a_list, "picture": picture}


@pytest.fixture(scope="package")
def address(told):
    with serving(datasette_for(told.folder / "archive.db").app()) as address:
        yield address


@pytest.fixture(scope="package")
def path_of(keys):
    return lambda name: PAGES[name].format(**keys)


@pytest.fixture(scope="package")
def visitors(chromium, address):
    return Visitors(chromium, address)


@pytest.fixture
def reader(visitors):
    """A browser of one's own for a test, which must have met nothing bad when it ends."""
    made: list = []

    def reader(**options):
        made.append(visitors.visitor(**options))
        return made[-1]

    yield reader
    for each in made:
        bad = SimpleNamespace(errors=list(each.errors), elsewhere=list(each.elsewhere), failed=list(each.failed))
        each.close()
        assert bad == SimpleNamespace(errors=[], elsewhere=[], failed=[])
