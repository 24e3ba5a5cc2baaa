"""The real command, with Scrapy and sockets, against the made-up portal on loopback."""

import json
import re
import signal
import subprocess
import sys
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from archiver.demo import DRESSES, DemoPortal, DressedPortal, compose, stories
from archiver.demo.news import REPOSTS
from archiver.demo.responses import redirect
from archiver.portals import PORTALS
from tests.crawling.conftest import ROOT, Command
from tests.crawling.truth import stories_in
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor
from tests.waiting import PATIENCE, Gate, assert_apart, wait_until


@pytest.fixture
def news():
    """Enough for a list of several pages."""
    return stories(24)


def portal(news, **options):
    return DemoPortal(news, lambda: NOW, **({"faults": False, "crawl_delay": 0} | options))


def wait_for(served, requests, process=None):
    wait_until(lambda: len(served.requests) >= requests, process)


def test_it_holds_the_truth_faults_and_all(command):
    """Faults that need a real connection (cut off, too slow) are played here."""
    run = command(portal(stories(), faults=True, slow_seconds=0.5))
    values = run.values()
    truth = run.served.portal.truth()
    found = stories_in(run.archive, [story.url for story in truth.stories])
    assert found == {story.url: story for story in truth.stories}
    assert values["status"] == "finished"
    assert values["exit_status"] == 0
    assert values["new_articles"] == len(truth.stories)
    cut = run.captures.execute("SELECT DISTINCT error FROM captures WHERE error IS NOT NULL").fetchall()
    assert cut
    assert all(error.startswith("the answer was cut off") for (error,) in cut)
    ((later, earlier),) = REPOSTS.items()
    twice = run.archive.execute(
        "SELECT title, other_title, kind FROM texts_elsewhere JOIN articles USING (article_key)"
    )
    assert set(twice) == {(stories()[later].title, stories()[earlier].title, "exact")}


def test_the_next_crawl_asks_for_little_and_changes_nothing(command, news):
    run = command(portal(news))
    run.values()
    before, asked = run.rows(), len(run.served.requests)
    assert run.values()["status"] == "finished"
    assert len(run.served.requests) - asked <= 1 + 1 + 6, "robots.txt, the home page and the lists"
    assert run.rows() == before


def test_it_says_who_it_is_and_asks_as_if_of_the_portal(command, news):
    hosts = []
    made_up = portal(news)
    respond = made_up.respond
    made_up.respond = lambda method, target, headers=None, body=b"": (
        hosts.append((headers or {}).get("Host")) or respond(method, target, headers, body)
    )
    run = command(made_up)
    assert run.run("--limit", "12", ARCHIVER_CONTACT="luutru@example.org").returncode == 0
    agents = {asked.user_agent for asked in run.served.requests}
    assert len(agents) == 1
    assert re.fullmatch(r"archiver/\S+ \(.*luutru@example\.org.*\)", agents.pop())
    assert set(hosts) == {"anthuan.example"}
    assert run.served.requests[0].target == "/robots.txt"


def test_captures_note_where_the_connection_went_and_rows_use_the_portals_own_address(command, news):
    run = command(portal(news))
    run.run("--limit", "15")
    fetched_from = run.captures.execute("SELECT DISTINCT fetched_from FROM captures").fetchall()
    assert fetched_from == [(run.served.base_url,)]
    for table, column in [("articles", "url"), ("list_rows", "url"), ("images", "url"), ("captures", "url")]:
        hosts = {url.split("/")[2] for (url,) in run.archive.execute(f"SELECT {column} FROM {table}")}
        assert hosts == {"anthuan.example"}, table


class TestRobots:
    @pytest.mark.parametrize("answer", ["missing", "html"])
    def test_none_forbids_nothing(self, command, news, answer):
        run = command(portal(news, robots=answer))
        assert run.values("--limit", "8")["status"] == "limited"

    def test_an_error_means_that_nothing_is_crawled(self, command, news):
        run = command(portal(news, robots="error"))
        ran = run.run()
        assert ran.returncode == 1
        assert "does not answer (HTTP 500)" in ran.stdout
        assert {asked.target for asked in run.served.requests} == {"/robots.txt"}
        assert run.captures.execute("SELECT count(*) FROM captures").fetchone()[0] == len(run.served.requests) >= 2

    def test_what_it_forbids_is_not_asked_for(self, command, news):
        run = command(portal(news))
        run.run()
        assert not [asked for asked in run.served.requests if asked.target.startswith("/noi-bo")]

    def test_its_crawl_delay_is_kept(self, command, news):
        run = command(portal(news, crawl_delay=0.4))
        run.run("--limit", "6")
        at = [asked.at for asked in run.served.requests]
        assert len(at) == 7
        assert_apart(at[1:], 0.4)


def test_the_delay_is_kept_and_one_request_at_a_time(command, news):
    run = command(portal(news))
    run.run("--limit", "4", "--delay", "0.7")
    assert_apart([asked.at for asked in run.served.requests], 0.7)


def test_a_portal_that_is_not_there_gets_a_plain_message(command, news):
    run = command(portal(news))
    run.served.stop()
    ran = run.run()
    assert ran.returncode == 1
    assert "https://anthuan.example/ does not answer (the connection was refused)" in ran.stdout
    assert "Traceback" not in ran.stdout + ran.stderr


def test_a_second_run_on_the_same_portal_says_so(command, news):
    run = command(portal(news))
    gate = Gate(run.served.portal)
    gate.hold(4)
    first = run.start()
    wait_until(gate.held.is_set, first)
    second = run.run()
    assert second.returncode == 4
    assert "another crawl of demo is running" in second.stdout + second.stderr
    reparse = subprocess.run([sys.executable, "-m", "archiver", "reparse", "--data", str(run.folder)],
                             capture_output=True, text=True, check=False)  # fmt: skip
    assert reparse.returncode == 4
    first.send_signal(signal.SIGINT)
    gate.open()
    first.communicate(timeout=PATIENCE)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(command, news, sign):
    run = command(portal(news))
    gate = Gate(run.served.portal)
    gate.hold(9)
    process = run.start()
    wait_until(gate.held.is_set, process)
    process.send_signal(sign)
    gate.open()
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "interrupted" in out
    assert "Traceback" not in out + err
    assert run.captures.execute("SELECT status FROM crawls").fetchall() == [("interrupted",)]
    assert run.values()["status"] == "finished"
    assert run.archive.execute("SELECT count(*) FROM articles").fetchone()[0] == len(news)


def test_plain_lines_where_there_is_no_terminal_and_a_table_at_the_end(command, news):
    ran = command(portal(news)).run()
    assert ran.returncode == 0
    assert "demo: finished" in ran.stdout
    assert re.search(r"new articles +24\b", ran.stdout)
    assert re.search(r"checks passed +(\d+) of \1\b", ran.stdout)
    assert "\r" not in ran.stderr
    assert "\x1b" not in ran.stderr
    assert "Scrapy" not in ran.stderr
    assert len(ran.stderr) < 2000


def test_scrapys_own_command_crawls_too(command, news):
    run = command(portal(news))
    line = [sys.executable, "-m", "scrapy", "crawl", "portal", "-a", "portal=demo", "-a", f"base_url={run.served.base_url}",
            "-a", f"data={run.folder}", "-a", "limit=10", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_START_DELAY=0"]  # fmt: skip
    ran = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in ran.stderr, ran.stderr
    assert run.captures.execute("SELECT status FROM crawls").fetchall() == [("limited",)]


def test_scrapys_own_command_explains_a_wrong_name(command):
    line = [sys.executable, "-m", "scrapy", "crawl", "portal", "-a", "portal=atlantis"]
    ran = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert "no portal is called 'atlantis'" in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr
    assert ran.returncode != 0


class Elsewhere(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


def test_no_other_host_is_contacted(command, news):
    """Not even one on loopback to which the portal redirects."""
    elsewhere = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    elsewhere.asked = []
    Thread(target=elsewhere.serve_forever, daemon=True).start()
    made_up = portal(news)
    respond = made_up.respond

    def astray(method, target, headers=None, body=b""):
        if "Kinh-te.aspx" in target:
            return redirect(f"http://127.0.0.1:{elsewhere.server_port}/portal/Pages/Kinh-te.aspx")
        return respond(method, target, headers, body)

    made_up.respond = astray
    run = command(made_up)
    run.run()
    elsewhere.shutdown()
    elsewhere.server_close()
    assert elsewhere.asked == []
    assert run.archive.execute(
        "SELECT count(*) FROM problems WHERE reason = 'redirects to another site'"
    ).fetchone() == (1,)


def test_a_cookie_is_given_back_and_no_list_of_suffixes_fetched(command, news, tmp_path):
    """Scrapy asks two other hosts for that list when it first meets a cookie with a domain."""
    made_up = portal(news)
    respond, cookies = made_up.respond, []

    def asking(method, target, headers=None, body=b""):
        cookies.append((headers or {}).get("Cookie", ""))
        answer = respond(method, target, headers, body)
        extra = (
            ("Set-Cookie", "phien=1; Domain=anthuan.example; path=/"),
            ("Set-Cookie", "khac=2; Domain=example; path=/"),
        )
        return replace(answer, headers=answer.headers + extra)

    made_up.respond = asking
    ran = command(made_up).run("--limit", "5", HOME=str(tmp_path), TLDEXTRACT_CACHE=str(tmp_path / "suffixes"))
    assert ran.returncode == 0
    assert ran.stderr == ""
    assert all("phien=1" in cookie for cookie in cookies[1:])
    assert not (tmp_path / "suffixes").exists()


def test_nothing_listens_while_it_crawls(command, news):
    """No console, no remote control."""
    run = command(portal(news))
    gate = Gate(run.served.portal)
    gate.hold(4)
    process = run.start()
    wait_until(gate.held.is_set, process)
    links = [link.readlink().name for link in Path(f"/proc/{process.pid}/fd").iterdir() if link.is_symlink()]
    inodes = {name[len("socket:[") : -1] for name in links if name.startswith("socket:")}
    table = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    listening = {fields[9] for fields in table if fields[3] == "0A"}
    process.kill()
    gate.open()
    assert inodes
    assert not inodes & listening


def test_the_run_is_written_down(command, news):
    run = command(portal(news))
    run.values("--limit", "5")
    (row,) = run.archive.query("SELECT * FROM crawls")
    assert row["status"] == "limited"
    assert json.loads(row["settings"])["limit"] == 5
    assert json.loads(row["versions"])["scrapy"].startswith("2.")
    assert row["peak_memory_mb"] > 10
    assert json.loads(row["counts"])["fetched"] == 6, "robots.txt among them"


def test_pieces_of_lists_are_posted_for_and_gone_on_with_by_the_next_run(command, tmp_path):
    """What only a real request shows: that the form arrives as one, also where it comes from the frontier alone."""
    first = stories(12)
    news = (*first, *(compose(100 + i, "kinh-te", first[-1].listed_at.replace(day=i + 1), 7) for i in range(10)))
    worn = DressedPortal(DRESSES["uiarticle"], news, lambda: NOW, faults=False, crawl_delay=0)
    visitor = Visitor(worn, tmp_path / "visited", known=PORTALS["demo-uiarticle"])
    visitor.crawl()
    before = [method for method, _, _ in visitor.asked].index("POST")
    run = command(worn)
    run.line = lambda *options: [
        "demo-uiarticle" if word == "demo" else word for word in Command.line(run, "--file-budget", "0", *options)
    ]
    assert run.values("--limit", str(before))["status"] == "limited"
    pieces = "SELECT url, page FROM frontier WHERE method = 'POST' AND state = 'waiting'"
    assert [page for _, page in run.captures.execute(pieces).fetchall()] == [2]
    assert run.values()["open_problems"] == 0
    assert run.rows() == visitor.rows()
    posted = run.captures.execute("SELECT status FROM captures WHERE method = 'POST'").fetchall()
    assert posted == [(200,), (200,)], "the second page, and the empty one behind it"
