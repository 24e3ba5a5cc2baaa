"""The benchmarks, on a few pages and without their peers: figures come out, and every field is right."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.demo import DRESSES
from archiver.portals.platforms import PLATFORMS
from bench import platforms, reading, run, serving, serving_in_words, twice
from bench.fields import OUR_FIELDS, peers_right
from bench.pages import heavy_pages, short_pages
from bench.peers import TOOLS
from bench.results import replaced
from bench.table import table

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("make", [heavy_pages, short_pages])
def test_our_reader_is_right_in_every_field_of_every_page(make, tmp_path):
    pages = make(10, tmp_path / "pages")
    for figures in reading.compare(pages, rounds=1, peers_python=None):
        assert figures.milliseconds > 0
        assert {name: figures.right[name] for name in OUR_FIELDS} == dict.fromkeys(OUR_FIELDS, 10)


def test_copies_are_found_among_notices_on_templates(tmp_path, capsys):
    twice.main(150, tmp_path)
    copies, linked = re.search(r"of (\d+) copies (\d+) are linked", capsys.readouterr().out).groups()
    assert copies == linked != "0"


def test_pages_weigh_what_they_should(tmp_path):
    assert 64_000 < heavy_pages(3, tmp_path / "heavy").size < 70_000
    assert short_pages(3, tmp_path / "short").size < 20_000


def test_every_platform_is_read_right_on_pages_of_one_weight(tmp_path):
    costs = platforms.compare(tmp_path, pages=4, rounds=1)
    assert [cost.name for cost in costs] == [PLATFORMS[key].name for key in ("tandan", *DRESSES)]
    assert {cost.right for cost in costs} == {(4, 4, 4)}
    assert all(64_000 < cost.size < 70_000 and cost.milliseconds > 0 for cost in costs)


def test_a_platform_that_costs_too_much_misses_the_goal():
    cheap, dear = (
        platforms.Cost(name, 67_000, (each,), (1, 1, 1), 1) for name, each in (("first", 4.0), ("other", 8.4))
    )
    assert [goal.is_reached for goal in platforms.goals([cheap, dear])] == [False]
    assert [goal.is_reached for goal in platforms.goals([cheap, cheap])] == [True]


def test_a_peer_may_lay_a_text_out_but_not_lose_or_add_any(tmp_path):
    pages = heavy_pages(3, tmp_path / "pages")
    titles = [story.title for story in pages.stories]
    good = [{"title": story.title, "day": story.published_on, "body": story.body} for story in pages.stories]
    good[0]["body"] = f"{titles[0]}\n{good[0]['body']}".replace("\n\n", "\n").replace(" | ", "\t")
    assert peers_right(pages, good) == {"title": 3, "day": 3, "all text": 3, "body": 3}
    good[0]["body"] += "\nTin mới nhất"
    good[1]["body"] = good[1]["body"].rpartition("\n\n")[0]
    assert peers_right(pages, good) == {"title": 3, "day": 3, "all text": 2, "body": 1}
    html = [{"title": each["title"], "html": f"<p>{each['body']}</p>"} for each in good]
    assert peers_right(pages, html)["day"] is None


def test_the_whole_of_it_in_quick():
    results = (ROOT / "bench" / "RESULTS.md").read_bytes()
    parts = ("reading", "platforms", "crawling", "verifying")  # tests/faults goes through the fourth
    only = [word for part in parts for word in ("--only", part)]
    line = [sys.executable, "bench/run.py", "--quick", "--no-peers", *only]
    ran = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    headings = re.findall(r"^## (.*)", ran.stdout, re.MULTILINE)
    assert headings == [
        "Reading 67 KB pages",
        "Reading short pages",
        "Reading by platform",
        "Crawling",
        "Bytes kept of a page",
        "A second crawl that finds nothing new",
        "Peak memory of a crawl",
        "Verifying",
        "Goals",
    ]
    assert re.search(r"archiver crawl +\| +1 \| +-?\d+\.\d\d \|", ran.stdout)
    assert re.search(r"bare Scrapy, 8 at a time +\| +8 \|", ran.stdout)
    assert re.search(r"right +\| +0 wrong \| +reached", ran.stdout)
    assert re.search(r"archiver verify +\| +-?\d+\.\d+ \|", ran.stdout)
    assert "8 requests" in ran.stdout, "robots.txt, the home page and six lists"
    assert (ROOT / "bench" / "RESULTS.md").read_bytes() == results


def test_serving_asks_ours_and_plain_datasette_the_same(tmp_path):
    found = serving.measure(tmp_path, articles=300, rounds=2)
    assert list(found.pages) == [*serving.PAGES, *serving.ALONE]
    assert all(len(timed.ours) == 2 and min(timed.ours) > 0 for timed in found.pages.values())
    assert all(len(timed.plain) == (2 if timed.page in serving.PAGES else 0) for timed in found.pages.values())
    assert found.peak_mb > 20 < found.plain_peak_mb
    assert found.index_size > found.text
    told = serving_in_words.section(found)
    assert re.search(r"^\| article +\|( +[\d.]+ \|){8} +— \| +— \| +0 of 2 \|$", told, re.MULTILINE)


def served(articles, milliseconds, plain, peak=100.0):
    pages = {
        page: serving.Timed(page, [milliseconds] * 3, [plain] * 3 if page in serving.PAGES else [])
        for page in (*serving.PAGES, *serving.ALONE)
    }
    return serving.Served(articles, 1000, 1.0, 10**6, 1.0, 10**6, pages, peak)


def test_goals_of_serving_can_be_missed():
    reached = serving_in_words.goals([served(100, 10.0, 120.0), served(300, 30.0, 360.0)])
    assert [goal.is_reached for goal in reached] == [True] * 7
    missed = serving_in_words.goals([served(100, 110.0, 110.0), served(300, 400.0, 400.0, peak=121.0)])
    assert [goal.is_reached for goal in missed] == [False] * 7
    assert "home page" in missed[-1].measured


def test_without_the_peers_it_says_how_to_get_them(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(run, "PEERS_PYTHON", tmp_path / "python")
    assert run.main(["--quick"]) == 2
    assert "make bench" in capsys.readouterr().err


def test_the_lock_names_every_peer_and_no_index():
    lock = (ROOT / "bench" / "requirements-peers.lock").read_text(encoding="utf-8").splitlines()
    assert {package for package, _ in TOOLS.values()} <= {line.partition("==")[0] for line in lock}
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+( ; .*)?", line) for line in lock)


BEFORE = """# What was measured

By `make bench`.

## Reading

1 ms.

How it is measured.

## Crawling

2 ms.

## Goals

| goal    | measured |         |
|:--------|---------:|--------:|
| reading |        1 | reached |
| crawl   |        2 |  missed |
"""


def test_a_part_that_is_measured_alone_takes_the_place_of_what_was_printed_before():
    told = "# Another\n\n## Crawling\n\n3 ms.\n\n## New\n\n4.\n\n## Goals\n\n"
    told += table(("goal", "measured", ""), [("crawl", 3, "reached"), ("new", 4, "reached")])
    text = replaced(BEFORE, told, "Measured apart.")
    assert text == BEFORE.replace("2 ms.", "Measured apart.\n\n3 ms.").replace(
        "## Goals", "## New\n\nMeasured apart.\n\n4.\n\n## Goals"
    ).replace("| crawl   |        2 |  missed |", "| crawl   |        3 | reached |\n| new     |        4 | reached |")
    assert replaced(text, told, "Measured apart.") == text


def test_a_table_stands_in_columns():
    assert table(("tool", "ms"), [("ours", 1.5), ("another", 12)]).splitlines() == [
        "| tool    |  ms |",
        "|:--------|----:|",
        "| ours    | 1.5 |",
        "| another |  12 |",
    ]
