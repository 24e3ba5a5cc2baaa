"""The log of the real command, against a portal on loopback that means ill."""

import json
import subprocess
import sys

from archiver.demo import DemoPortal
from archiver.demo.responses import ok
from tests.demo.conftest import NOW

HOSTILE = "Tin\x1b[2J\u202e"
BODY = "<html><body><p>Thân bài không được vào nhật ký</p></body></html>"


def portal(news):
    return DemoPortal(news, lambda: NOW, faults=False, crawl_delay=0)


def events(ran):
    return [json.loads(line) for line in ran.stderr.splitlines()]


def test_every_event_is_an_object_with_the_key_of_the_run(command, news):
    run = command(portal(news))
    ran = run.run("--json", "--log", "json", "--limit", "5")
    began, *others, ended = events(ran)
    (key,) = run.captures.execute("SELECT crawl_key FROM crawls").fetchone()
    assert (began["event"], began["level"], began["portal"], began["run"]) == ("the run began", "info", "demo", key)
    assert (ended["status"], ended["run"], ended["counts"]["fetched"]) == ("limited", key, 6)
    assert others == []


def test_the_environment_asks_for_it_too(command, news):
    run = command(portal(news))
    run.served.stop()
    ran = run.run(ARCHIVER_LOG="json")
    assert events(ran)[-1]["level"] == "warning"
    assert "does not answer" in events(ran)[-1]["event"]


def test_what_a_portal_sends_stays_within_its_event(command, news):
    """An answer and its headers full of line ends and commands to a terminal."""
    made_up = portal(news)
    respond = made_up.respond
    made_up.respond = lambda method, target, headers=None, body=b"": (
        ok((BODY + HOSTILE).encode(), ("Set-Cookie", "a\x1b[31m=b; Domain=\x1b[2J"), ("ETag", '"\x1b[2J"'))
        if target.endswith(".aspx")
        else respond(method, target, headers, body)
    )
    for form in ("text", "json"):
        ran = command(made_up).run("--limit", "12", "-v", "--log", form)
        assert ran.returncode in (0, 1, 3)
        assert all(line.isprintable() for line in ran.stderr.splitlines())
        assert "Thân bài" not in ran.stderr


BREAKING = """
import sys
from archiver.crawling.session import CrawlSession
from archiver.cli import main

def read(self, wanted, capture, body=None):
    raise ValueError("not read:\\n\\x1b[2J" + "x" * 9000)

CrawlSession.read = read
main()
"""


def test_an_error_of_our_own_is_one_line_with_its_place_and_no_page(command, news):
    run = command(portal(news))
    for form in ("text", "json"):
        line = [sys.executable, "-c", BREAKING, *run.line("--log", form)[3:]]
        ran = subprocess.run(line, capture_output=True, text=True, check=False)
        assert ran.returncode == 1
        (failed,) = [each for each in ran.stderr.splitlines() if "ValueError: not read" in each and " in read" in each]
        assert "archiver/crawling/" in failed
        assert "demo" in failed
        assert "Traceback" not in ran.stderr
        assert "<html" not in ran.stderr
        assert max(map(len, ran.stderr.splitlines())) < 6000


UNMET = """
from archiver.commands import overview
from archiver.cli import main

overview.standing = lambda *_: 1 / 0
main()
"""


def test_an_error_that_nobody_meets_is_one_line_too(command, news):
    run = command(portal(news))
    run.run("--limit", "2")
    line = [sys.executable, "-c", UNMET, "status", "--data", str(run.folder)]
    for form in ("text", "json"):
        ran = subprocess.run([*line, "--log", form], capture_output=True, text=True, check=False)
        assert ran.returncode == 1
        assert len(ran.stderr.splitlines()) == 1
        assert "ZeroDivisionError" in ran.stderr
        assert "archiver/commands/overview.py:" in ran.stderr


def test_what_ends_a_command_is_an_event_too(command, news, tmp_path):
    line = [sys.executable, "-m", "archiver", "status", "--data", str(tmp_path / "none"), "--log", "json"]
    ran = subprocess.run(line, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    (event,) = events(ran)
    assert event["level"] == "error"
    assert "there is no archive in" in event["event"]


def test_the_reader_that_fails_on_a_page_names_it(command, news):
    run = command(portal(news))
    broken = BREAKING.replace(
        "archiver.crawling.session import CrawlSession", "archiver.store.interpretation import reading_captures"
    )
    broken = broken.replace("CrawlSession.read = read", "reading_captures.read = lambda *_: 1 / 0")
    line = [sys.executable, "-c", broken, *run.line("--log", "json", "--limit", "3")[3:]]
    ran = subprocess.run(line, capture_output=True, text=True, check=False)
    failed = [each for each in events(ran) if each["level"] == "error"]
    assert failed
    assert failed[0]["event"].startswith("The reader failed on https://anthuan.example/")
    assert failed[0]["error"].startswith("ZeroDivisionError: division by zero (at ")
