"""What `--add` writes: a portal's file and its pages, unchecked, over nothing that is there."""

import json
import os
import shutil
from pathlib import Path

import pytest

import archiver
from archiver.portals.registry import portals_in
from archiver.probing.adding import KNOWN, PAGES, add, working_copy
from archiver.probing.looking import look
from archiver.probing.value import value_of
from archiver.store.ground.errors import DataFolderError
from tests.demo.conftest import NOW
from tests.probing.conftest import HOURS_AGO, TITLE, URL, article, whole

LIST = whole("<h2>Tin mới nhất</h2><p><a href='/a.html'>Thị xã ra quân làm sạch đường làng (28/12/2021)</a></p>")


@pytest.fixture
def looks():
    return {
        "page": look(article(), "text/html", URL),
        "home": look(LIST, "text/html", "https://vinhlac.hungyen.gov.vn/"),
    }


@pytest.fixture
def root(tmp_path):
    (tmp_path / KNOWN).mkdir(parents=True)
    (tmp_path / PAGES).mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    return tmp_path


def value(looks, key="vinh-lac"):
    return value_of(list(looks.values()), key, "usual", ())


def test_the_value_and_each_page_are_written_where_they_are_found(root, looks, monkeypatch):
    files = [file.relative_to(root).as_posix() for file in add(root, value(looks), looks)]
    assert files == [
        "archiver/portals/known/vinh_lac.py",
        "tests/pages/vinh-lac/article.html",
        "tests/pages/vinh-lac/article.json",
        "tests/pages/vinh-lac/home.html",
        "tests/pages/vinh-lac/home.json",
    ]
    assert (root / files[1]).read_bytes() == article()
    told = json.loads((root / files[2]).read_text(encoding="utf-8"))
    assert (told["checked"], told["url"], told["article"]["title"]) == (False, URL, TITLE)
    package = root / "known_of_a_test"
    shutil.copytree(root / KNOWN, package)
    monkeypatch.syspath_prepend(root)
    assert [portal.key for portal in portals_in("known_of_a_test", [str(package)])] == ["vinh-lac"]


def test_a_golden_page_says_what_is_read_whenever_that_is(root):
    """A file has no moment of capture: dates that count backwards from one are no part of it."""
    seen = {"page": look(HOURS_AGO, "text/html", URL, NOW)}
    assert seen["page"].page.listed[0].listed_at == NOW.date().isoformat()
    *_, file = add(root, value(seen), seen)
    told = json.loads(file.read_text(encoding="utf-8"))
    assert [(row["listed_at"], row["listed_raw"]) for row in told["listed"]] == [(None, "2 giờ trước")] * 2


@pytest.mark.parametrize("there", ["archiver/portals/known/vinh_lac.py", "tests/pages/vinh-lac/home.json"])
def test_nothing_is_written_over(root, looks, there):
    (root / there).parent.mkdir(parents=True, exist_ok=True)
    (root / there).write_text("here before", encoding="utf-8")
    with pytest.raises(DataFolderError, match="is there already"):
        add(root, value(looks), looks)
    assert [file.read_text(encoding="utf-8") for file in root.rglob("*inh*lac*/*") if file.is_file()] in (
        [],
        ["here before"],
    )
    assert (root / there).read_text(encoding="utf-8") == "here before"


def test_what_cannot_be_written_whole_leaves_nothing(root, looks):
    (root / PAGES / "vinh-lac").touch()
    with pytest.raises(DataFolderError, match="vinh-lac is there already"):
        add(root, value(looks), looks)
    assert not list((root / KNOWN).iterdir())


def test_of_two_at_once_one_writes_and_the_other_takes_nothing_away(root, looks, monkeypatch):
    monkeypatch.setattr(Path, "exists", lambda _: False)  # as the other finds it, a moment before
    files = add(root, value(looks), looks)
    with pytest.raises(DataFolderError, match="is there already"):
        add(root, value(looks), looks)
    assert all(file.is_file() for file in files)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_is_closed_is_left_as_it_is(root, looks):
    (root / PAGES).chmod(0o500)
    with pytest.raises(PermissionError):
        add(root, value(looks), looks)
    assert not list((root / KNOWN).iterdir())


def test_a_page_that_is_read_as_nothing_is_not_written(root, looks):
    looks["home"] = look(whole("<p>x</p>"), "text/html", "https://vinhlac.hungyen.gov.vn/")
    assert [file.name for file in add(root, value(looks), looks)] == ["vinh_lac.py", "article.html", "article.json"]


def test_it_is_written_into_a_working_copy_alone(root, tmp_path_factory):
    assert working_copy(root / "archiver") == root
    assert working_copy(type(root)(archiver.__file__).parent).name
    with pytest.raises(DataFolderError, match="no working copy"):
        working_copy(tmp_path_factory.mktemp("site-packages") / "archiver")
