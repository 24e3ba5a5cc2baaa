"""The public site in a browser: its policy lets everything through that its own pages and Datasette's need."""

import pytest

from tests.publishing.conftest import made
from tests.site.browsing.pages import PAGES
from tests.site.browsing.visiting import Visitors
from tests.site.public.conftest import served


@pytest.fixture(scope="module")
def public(told, chromium, tmp_path_factory):
    """Visitors of a snapshot of the archive, with its captured pages, below a path of its own."""
    folder = tmp_path_factory.mktemp("snapshots")
    assert made(told.folder, folder, with_payloads=True).faults == []
    with served("--snapshots", folder, "--base-url", "/kho/") as (_, address):
        yield Visitors(chromium, address.partition("/kho/")[0])


def test_nothing_goes_wrong_on_any_page(public, path_of):
    window = public.visitor("en")
    found = {}
    for name in PAGES:
        answer = window.open(f"/kho{path_of(name)}")
        window.unfold()
        status = [] if answer.status in (200, 400, 404, 410) else [answer.status]
        found[name] = [*status, *window.errors, *window.failed, *window.elsewhere, *window.broken_pictures()]
        for notes in (window.errors, window.failed, window.elsewhere):
            notes.clear()
    window.close()
    assert found == {name: [] for name in PAGES}
