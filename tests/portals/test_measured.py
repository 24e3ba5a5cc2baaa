"""The figures of how well platforms read, and the README's table that says them: printed by the program, never stale."""

import json

import pytest
from click.testing import CliRunner

from archiver.cli import main
from archiver.commands.measured import FILE, markdown_table, measured
from archiver.demo import DemoPortal, stories
from archiver.portals import PORTALS
from archiver.portals.platforms import PLATFORMS
from archiver.store.databases.opening import open_archive
from archiver.store.interpretation.problems import open_problems
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor
from tests.portals import measure
from tests.portals.real_pages import CLAIMS, are_here

STALE = "commands/measured.json is stale: make portals"


def test_there_are_figures_of_every_platform():
    assert list(measured()["platforms"]) == list(PLATFORMS), STALE
    assert all(told["dress"]["pages"] for told in measured()["platforms"].values())


@pytest.mark.parametrize("key", PLATFORMS)
def test_they_are_what_is_counted_today(key):
    told = measured()["platforms"][key]
    assert measure.of_dress(key) == told["dress"], STALE
    assert measure.of_golden_pages(key) == told["golden"], STALE


def test_so_are_those_of_portals():
    counted = {key: each for key, portal in PORTALS.items() if (each := measure.of_portal(portal))}
    assert counted == measured()["portals"], STALE


@pytest.mark.parametrize("key", PLATFORMS)
def test_so_are_those_of_real_pages(key):
    if not are_here():
        pytest.skip("the folder of real pages is not here")
    assert measure.of_real_pages(key) == measured()["platforms"][key]["real"], STALE


def test_the_readme_says_what_the_program_prints():
    readme = measure.README.read_text(encoding="utf-8")
    said = readme.partition(measure.BEGIN)[2].partition(measure.END)[0]
    printed = CliRunner().invoke(main, ["portals", "--markdown"]).output
    assert said == printed == markdown_table(measured()), "README.md is stale: make portals"


def test_a_field_that_is_read_wrong_is_counted_and_named(monkeypatch):
    """One that reads no leads, and takes the newest row for none."""

    def half_blind(page):
        told = measure_golden(page)
        if told["article"]:
            told["article"]["lead"] = None
        return told

    measure_golden = measure.golden
    monkeypatch.setattr(measure, "golden", half_blind)
    told = measure.of_golden_pages("liferay")
    assert set(told["wrong"]) == {"lead"}
    assert told["fields"] - told["right"] == told["wrong"]["lead"] > 0
    count = measure.Count()
    count.rows([{"title": "a", "url": "b", "listed_at": None}], [])
    assert (count.fields, count.as_values()) == (3, None)
    assert sum(count.wrong.values()) == 3


def test_without_the_real_pages_their_last_figures_stay(monkeypatch):
    for name in ("of_dress", "of_golden_pages", "of_portal"):
        monkeypatch.setattr(measure, name, lambda _: None)
    monkeypatch.setattr(measure, "are_here", lambda: False)
    kept = {key: told["real"] for key, told in measure.measured()["platforms"].items()}
    assert kept == {key: told["real"] for key, told in measured()["platforms"].items()}
    assert len(CLAIMS) > 5


def test_the_file_is_shipped():
    assert '"commands/measured.json"' in (measure.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    Visitor(DemoPortal(stories(20), lambda: NOW, faults=False), folder).crawl()
    return folder


def told_of(folder, *more):
    result = CliRunner().invoke(main, ["portals", "--json", "--data", str(folder), *more])
    assert result.exit_code == 0
    return {each["portal"]: each for each in map(json.loads, result.output.splitlines())}


def test_of_each_portal_it_is_said_where_it_is_how_it_reads_and_for_whom_it_speaks(tmp_path):
    told = told_of(tmp_path)
    assert told["hungyen"]["tls"] == "unverified"
    assert (told["hungyen"]["authority"], told["myhao"]["authority"]) == ("Tỉnh Hưng Yên", None)
    assert (told["myhao"]["last_authority"], told["myhao"]["authority_until"]) == ("Thị xã Mỹ Hào", "2025-06-30")
    assert told["sapa"]["authority"] is None
    assert told["myhao"]["golden_pages"]["right"] == told["myhao"]["golden_pages"]["fields"] > 10
    assert told["doluong"]["hosts"] == ["doluong.nghean.gov.vn", "doluong.gov.vn"]
    assert {each["archived"] for each in told.values()} == {None}
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_an_archive_it_is_said_what_is_known_of_its_articles(folder):
    told = told_of(folder)
    archived = told["demo"]["archived"]
    assert (archived["articles"], archived["title"], archived["day"], archived["text"]) == (20, 20, 20, 20)
    assert 0 < archived["lead"] < 20
    assert archived["problems"] == open_problems(open_archive(folder), "demo")
    assert told["myhao"]["archived"] is None
    words = CliRunner().invoke(main, ["portals", "--data", str(folder)]).output
    assert "archived: 20 articles; title 100.0%, day 100.0%" in words
    assert max(map(len, words.splitlines())) <= 80
