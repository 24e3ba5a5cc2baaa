"""`scrapy crawl portal` writes its log as `archiver crawl` does, where Scrapy's options say."""

import json
import os
import re
import subprocess
import sys

import pytest

from archiver.demo import DemoPortal
from tests.crawling.conftest import ROOT
from tests.demo.conftest import NOW

LINE = re.compile(r"(DEBUG|INFO|WARNING|ERROR|CRITICAL): .*")


@pytest.fixture
def scrapy(command, news):
    """Runs Scrapy's own command against a portal; returns what it wrote to standard error, and the key of its run."""
    run = command(DemoPortal(news, lambda: NOW, faults=False, crawl_delay=0))

    def crawl(*options, **environment):
        line = [sys.executable, "-m", "scrapy", "crawl", "portal", "-a", "portal=demo", "-a", "limit=4", *options,
                "-a", f"base_url={run.served.base_url}", "-a", f"data={run.folder}", "-s", "DOWNLOAD_DELAY=0",
                "-s", "AUTOTHROTTLE_START_DELAY=0"]  # fmt: skip
        ran = subprocess.run(
            line, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, env=os.environ | environment
        )
        assert ran.returncode == 0, ran.stderr
        newest = "SELECT crawl_key FROM crawls ORDER BY started_at DESC LIMIT 1"
        return ran.stderr, run.captures.execute(newest).fetchone()[0]

    return crawl


def test_every_event_is_one_line_and_names_its_run(scrapy):
    written, key = scrapy("-L", "INFO")
    lines = written.splitlines()
    assert f"INFO: the run began [run {key}]" in lines
    assert lines[-1].startswith("INFO: Spider closed") or "[run " in lines[-1]
    assert [
        line for line in lines if line.startswith("WARNING: limited: page budget") and line.endswith(f"[run {key}]")
    ]
    assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_without_more_options_it_says_how_the_run_ended(scrapy):
    written, key = scrapy()
    assert (
        written == f"WARNING: limited: page budget: it made 4 requests; the next crawl goes on from here [run {key}]\n"
    )


def test_it_is_json_where_the_environment_asks_for_it(scrapy, tmp_path):
    file = tmp_path / "scrapy.log"
    written, key = scrapy("--logfile", str(file), ARCHIVER_LOG="json")
    assert written == "", "Scrapy's options say where it goes"
    (event,) = [json.loads(line) for line in file.read_text().splitlines()]
    assert (event["level"], event["portal"], event["run"], event["status"]) == ("warning", "demo", key, "limited")
