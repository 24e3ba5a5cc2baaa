"""Golden pages of portals: each beside the JSON that a person checked, in the form of `archiver parse`.

A folder for each portal, named by its key. A page without JSON gets one from the reader, and fails: it is to be checked
and mended by eye, and says `"checked": true` then.
"""

import difflib
import json
from pathlib import Path

import pytest

from archiver.portals import PORTALS
from archiver.portals.addresses import is_on
from archiver.probing.golden import CHECKED, golden, written
from archiver.reading.page import read

PAGES = Path(__file__).parent
FILES = sorted(PAGES.glob("*/*.html"))


class UncheckedError(AssertionError):
    """Nobody has read the page and its JSON side by side yet."""


def compare(file):
    """A page with its JSON: raises UncheckedError before a person checked it, AssertionError with the difference."""
    beside, portal = file.with_suffix(".json"), PORTALS[file.parent.name]
    if not beside.exists():
        page = read(file.read_bytes(), portal, portal.url, "text/html")
        beside.write_text(written(golden(page), checked=False), encoding="utf-8")
        raise UncheckedError(
            f"{beside.name} was missing and is written now from what is read. Set its url to the page's own address,"
            f' check all of it against {file.name}, mend what is wrong, and set "{CHECKED}": true.'
        )
    truth = json.loads(beside.read_text(encoding="utf-8"))
    if truth.pop(CHECKED, None) is not True:
        raise UncheckedError(
            f"{beside} says that nobody checked it: open {file.name} in a browser, compare, mend what is wrong, and set"
            f' "{CHECKED}": true.'
        )
    assert is_on(portal, truth["url"]), f"{truth['url']} is no address of {portal.key} ({', '.join(portal.hosts)})"
    told = golden(read(file.read_bytes(), portal, truth["url"], "text/html"))
    lines = [written(each, checked=True).splitlines() for each in (truth, told)]
    assert truth == told, "\n" + "\n".join(difflib.unified_diff(*lines, "what is right", "what is read", lineterm=""))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_page_reads_as_a_person_does(file):
    compare(file)


def test_every_folder_is_a_portals():
    folders = {each.name for each in PAGES.iterdir() if each.is_dir() and each.name != "__pycache__"}
    assert {"myhao", "sotttt-hanoi", "doluong"} <= folders
    assert folders <= set(PORTALS), f"no portal has one of these keys: {sorted(folders - set(PORTALS))}"


def test_every_json_stands_beside_a_page():
    assert [file.name for file in PAGES.glob("*/*.json") if not file.with_suffix(".html").exists()] == []


class TestHowAPageIsAdded:
    """From a page alone to one that passes."""

    @pytest.fixture
    def page(self, tmp_path):
        """A copy of a golden page, and its JSON."""
        source = PAGES / "myhao" / "article.html"
        file = tmp_path / "myhao" / "article.html"
        file.parent.mkdir()
        file.write_bytes(source.read_bytes())
        return file, json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))

    def test_one_without_json_gets_it_and_fails_until_a_person_checked_it(self, page):
        file, truth = page
        with pytest.raises(UncheckedError, match="is written now from what is read"):
            compare(file)
        with pytest.raises(UncheckedError, match="nobody checked it"):
            compare(file)
        told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        told["url"] = told["article"]["url"] = truth["url"]
        file.with_suffix(".json").write_text(json.dumps(told | {"checked": True}), encoding="utf-8")
        compare(file)

    def test_one_that_is_read_otherwise_fails_and_shows_where(self, page):
        file, truth = page
        truth["article"]["title"] = "Một đầu đề khác"
        file.with_suffix(".json").write_text(json.dumps(truth), encoding="utf-8")
        with pytest.raises(AssertionError, match=r'-  "title": "Một đầu đề khác"'):
            compare(file)

    def test_one_of_another_host_fails(self, page):
        file, truth = page
        file.with_suffix(".json").write_text(json.dumps(truth | {"url": "https://x.example/"}), encoding="utf-8")
        with pytest.raises(AssertionError, match="is no address of myhao"):
            compare(file)
