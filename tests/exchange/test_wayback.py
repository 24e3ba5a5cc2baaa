"""A portal that is gone, out of a web archive: a real pywb, and stand-ins for what others answer."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from click.testing import CliRunner

from archiver import cli
from archiver.clock import moment
from archiver.demo import DemoPortal, stories
from archiver.exchange.asking import Asker, NoAnswerError
from archiver.exchange.options import INTERNET_ARCHIVE, WaybackOptions
from archiver.exchange.wayback import Follower, fetch_from_archive
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.evidence.captures import body_of, captures_in_order
from archiver.store.ground.locks import PortalLock
from archiver.store.rebuild.rereading import Listener
from tests.demo.conftest import NOW
from tests.driving.clocks import SetClock
from tests.driving.visitor import Visitor
from tests.exchange.archive_server import Pywb
from tests.exchange.conftest import DEMO, bring, evidence_in, export, rows_in
from tests.exchange.shapes import in_members, response
from tests.store.conftest import Evidence, article, url
from tests.waiting import PATIENCE, resting, wait_until


def fetch(folder, source, clock=None, follower=None, **options):
    """One run, on a clock that does not wait; returns how it ended and what was not to be had."""
    refused = []
    follower = follower or Follower(lambda *why: refused.append(why), lambda *_: None, lambda *_: None)
    options = WaybackOptions(source, **({"delay": 0.0} | options)).checked()
    clock = clock or SetClock(datetime(2026, 8, 1, tzinfo=UTC))
    return fetch_from_archive(DEMO, options, folder, clock, "archiver/0 (test)", follower), refused


def captures(folder):
    return list(captures_in_order(open_captures(folder), ["demo"]))


def counts(ending):
    return {name: dict(ending.summary)[name] for name in ("distinct captures found", "here already", "fetched")}


@pytest.fixture
def asked(monkeypatch):
    """The addresses that are asked for."""
    found, attempt = [], Asker._attempt

    def noted(self, address, parameters):
        found.append(address)
        return attempt(self, address, parameters)

    monkeypatch.setattr(Asker, "_attempt", noted)
    return found


@pytest.fixture(scope="module")
def brought(pywb, tmp_path_factory):
    folder = tmp_path_factory.mktemp("brought")
    ending, refused = fetch(folder, pywb.url)
    assert (ending.status, refused) == ("finished", [])
    return folder


class TestWithPywb:
    def test_every_page_comes_once_for_each_payload(self, brought, crawled):
        db, original = open_captures(brought), open_captures(crawled)
        pages = [each for each in captures_in_order(original, ["demo"]) if each.status == 200 and each.method == "GET"]
        html = {each.sha256 for each in pages if (each.header("Content-Type") or "").startswith("text/html")}
        found = captures(brought)
        assert {each.sha256 for each in found} == html
        assert len({(each.request_key, each.sha256) for each in found}) == len(found)
        by_digest = {each.sha256: body_of(original, each) for each in pages}
        assert all(body_of(db, each) == by_digest[each.sha256] for each in found)

    def test_times_are_those_of_the_archive_and_the_source_is_said(self, brought, pywb):
        listed = {(each["url"], each["timestamp"]) for each in pywb.index}
        for capture in captures(brought):
            timestamp = "".join(char for char in capture.captured_at[:19] if char.isdigit())
            assert (capture.url, timestamp) in listed
            assert capture.source == "wayback"
            assert capture.fetched_from == f"{pywb.url}/{timestamp}id_/{capture.url}"
        (run,) = open_archive(brought).query("SELECT * FROM crawls")
        assert (run["kind"], run["status"]) == ("wayback", "finished")
        assert json.loads(run["settings"])["source"] == pywb.url

    def test_articles_and_their_edits_are_there(self, brought, crawled):
        columns = "article_key, number, title, lead, body, published_raw, author, images, attachments"
        query = f"SELECT {columns} FROM revisions ORDER BY article_key, number"
        assert open_archive(brought).execute(query).fetchall() == open_archive(crawled).execute(query).fetchall()
        assert len(open_archive(brought).execute("SELECT * FROM revisions WHERE number = 2").fetchall()) == 1

    def test_headers_are_those_of_the_portal(self, brought, crawled):
        of = {each.sha256: each for each in captures(brought)}
        home = next(each for each in captures(crawled) if each.url == DEMO.url)
        assert json.loads(of[home.sha256].headers) == json.loads(home.headers)
        assert of[home.sha256].etag == home.etag

    def test_another_run_asks_for_the_index_alone(self, brought, pywb, asked):
        before = captures(brought)
        ending, _ = fetch(brought, f"{pywb.url}/cdx")
        assert counts(ending) == {
            "distinct captures found": len(before), "here already": len(before), "fetched": 0,
        }  # fmt: skip
        assert set(asked) == {f"{pywb.url}/cdx"}
        assert captures(brought) == before

    def test_what_was_crawled_or_imported_is_not_fetched(self, exported, pywb, tmp_path, asked):
        bring(tmp_path, exported)
        before = rows_in(tmp_path)
        assert dict(fetch(tmp_path, pywb.url)[0].summary)["fetched"] == 0
        assert set(asked) == {f"{pywb.url}/cdx"}
        assert rows_in(tmp_path) == before

    def test_times_can_be_bounded(self, pywb, tmp_path):
        ending, _ = fetch(tmp_path, pywb.url, first="20250702", last="2025")
        assert 0 < counts(ending)["fetched"] < 70
        assert {each.captured_at[:10] for each in captures(tmp_path)} == {"2025-07-02"}
        ending, _ = fetch(tmp_path, pywb.url, last="202506")
        assert (ending.status, counts(ending)["distinct captures found"]) == ("finished", 0)
        assert "holds no page of the portal" in ending.reason

    def test_a_run_that_was_killed_is_gone_on_with_and_nothing_fetched_twice(self, pywb, brought, tmp_path, asked):
        rests = tmp_path / "rests"
        program = resting("archiver.exchange.runs", "Runs._keep", 31, rests)
        line = [
            sys.executable,
            *program,
            "wayback",
            "demo",
            "--source",
            pywb.url,
            "--delay",
            "0",
            "--data",
            str(tmp_path),
        ]
        process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(rests.exists, process)
        process.kill()
        process.wait()
        first = {each.fetched_from for each in captures(tmp_path)}
        assert 20 <= len(first) < len(captures(brought))
        ending, _ = fetch(tmp_path, pywb.url)
        assert ending.status == "finished"
        assert not first & set(asked)
        assert [each.capture_key for each in captures(tmp_path)] == [each.capture_key for each in captures(brought)]
        assert rows_in(tmp_path) == rows_in(brought)
        runs = open_archive(tmp_path).execute("SELECT status FROM crawls ORDER BY started_at").fetchall()
        assert runs == [("killed",), ("finished",)]

    def test_the_command_says_how_it_went(self, pywb, tmp_path, monkeypatch):
        monkeypatch.setattr("archiver.progress._BETWEEN_LINES", PATIENCE)
        line = ["wayback", "demo", "--source", pywb.url, "--delay", "0", "--from", "20250702", "--data", str(tmp_path)]
        result = CliRunner().invoke(cli.main, line)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        assert "demo: finished - every page that the archive holds is here" in result.stdout
        again = CliRunner().invoke(cli.main, [*line[:-2], "--data", str(tmp_path), "--json"])
        values = json.loads(again.stdout)
        assert (values["status"], values["fetched"]) == ("finished", 0)
        assert values["here_already"] > 0


def test_pywb_tells_of_pages_that_flipped_though_it_keeps_each_payload_once(tmp_path):
    evidence = Evidence(tmp_path / "a")
    for name, body in (("a", "Một."), ("a", "Một."), ("a", "Hai."), ("a", "Một."), ("b", "Hai.")):
        evidence.tell(evidence.keep(url(name), article(body=body), seconds=3600))
    evidence.settle()
    (tmp_path / "pywb").mkdir()
    server = Pywb(tmp_path / "pywb", export(tmp_path / "a", tmp_path / "a.warc.gz"))
    ending, refused = fetch(tmp_path / "b", server.url)
    server.stop()
    assert (ending.status, refused) == ("finished", [])
    wanted = [each for number, each in enumerate(captures(tmp_path / "a")) if number != 1]
    assert [(each.url, each.captured_at, each.sha256) for each in captures(tmp_path / "b")] == [
        (each.url, each.captured_at, each.sha256) for each in wanted
    ]
    assert rows_in(tmp_path / "b") == rows_in(tmp_path / "a")


class StandIn:
    """A web archive of which every answer is said: `answers` maps a path to (status, headers, body), or to several."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                stand_in.asked.append((self.path, self.headers["User-Agent"]))
                status, headers, body = stand_in.answer(self.path)
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path):
        place = next((each for each in self.answers if path.startswith(each)), None)
        if place is None:
            return 404, (), b"{}"
        found = self.answers[place]
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found(path) if callable(found) else found

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def stand_in():
    servers = []

    def make(answers):
        servers.append(StandIn(answers))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()


def index(*rows):
    """As the Internet Archive answers: a list of lists, the names of the columns first; nothing for a page too many."""
    names = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
    listed = [
        ["k" + address, at, address, *(more or ["text/html", "200"]), digest, "99"]
        for address, at, digest, *more in rows
    ]

    def answer(path):
        query = parse_qs(urlsplit(path).query)
        is_first = query["page"] == ["0"] and query["url"] == ["anthuan.example/*"]
        return 200, (), json.dumps([names, *listed]).encode() if is_first else b""

    return answer


def copy(at="2019-05-01T08:00:00.000000Z", body=b"<html>", *headers):
    return 200, (("Memento-Datetime", format_datetime(moment(at), usegmt=True)), *headers), body


def flips(states):
    """A page of which the archive holds one capture a year, from 2011 on; the letters name its payloads."""
    return [(url("a"), f"{year}0101000000", state * 32) for year, state in enumerate(states, 2011)]


def copies(states):
    """Copies of it, as they are asked for."""

    def answer(path):
        year = int(path.removeprefix("/web/")[:4])
        body = article(body=f"Bản {states[year - 2011]}.").encode()
        return copy(f"{year}-01-01T00:00:00.000000Z", body, ("Content-Type", "text/html"))

    return answer


CDX = "/cdx/search/cdx"
AT = "20190501080000"
AT_IN_WORDS = "2019-05-01T08:00:00.000000Z"


class TestWithOthers:
    def test_the_internet_archive_is_asked_in_its_own_words(self, monkeypatch, tmp_path):
        asked = []

        def answer(self, address, params=None, **_):
            asked.append((address, params))
            raise requests.ConnectionError("there is no network here")

        monkeypatch.setattr("requests.Session.get", answer)
        ending, _ = fetch(tmp_path, INTERNET_ARCHIVE, delay=1.0, first="2019", last="201912")
        assert ending.reason == "https://web.archive.org/cdx/search/cdx does not answer (no connection)"
        address, sent = asked[0]
        assert address == "https://web.archive.org/cdx/search/cdx"
        assert sent == {"url": "anthuan.example/*", "output": "json", "filter": ["statuscode:(200|-)", "mimetype:(text/html|warc/revisit)"],
                        "from": "2019", "to": "201912", "page": "0"}  # fmt: skip

    def test_its_index_and_its_copies_are_understood(self, stand_in, tmp_path):
        pages = [(url("a"), AT, "A" * 32), (url("a"), "20200501080000", "A" * 32), (url("b"), AT, "B" * 32),
                 ("https://khac.example/", AT, "C" * 32)]  # fmt: skip
        page = article().encode()
        headers = (("Content-Type", "text/html"), ("x-archive-orig-etag", '"1"'), ("x-archive-orig-server", "IIS"),
                   ("x-archive-src", "x.warc.gz"), ("server-timing", "x"))  # fmt: skip
        server = stand_in({CDX: index(*pages), "/web/": copy("2019-05-01T08:00:00.000000Z", page, *headers)})
        ending, refused = fetch(tmp_path, server.url + CDX)
        assert (ending.status, refused) == ("finished", [])
        assert counts(ending) == {"distinct captures found": 2, "here already": 0, "fetched": 2}
        one, two = captures(tmp_path)
        assert {one.fetched_from, two.fetched_from} == {f"{server.url}/web/{AT}id_/{url(name)}" for name in "ab"}
        assert one.captured_at == two.captured_at == "2019-05-01T08:00:00.000000Z"
        names = [name.lower() for name, _ in json.loads(one.headers)]
        assert names == ["content-type", "etag", "server"]
        assert {agent for _, agent in server.asked} == {"archiver/0 (test)"}

    def test_a_capture_of_a_time_that_cannot_be_is_refused_and_hides_no_other(self, stand_in, tmp_path):
        times = ["00010101000000", "19891231235959", "20190231000000", AT, "20310101000000"]
        listed = [(url("a"), at, "A" * 32) for at in times[:-1]] + [(url("a"), times[-1], "B" * 32)]
        server = stand_in({CDX: index(*listed), "/web/": copy(AT_IN_WORDS, article().encode())})
        ending, refused = fetch(tmp_path, server.url + CDX)
        assert [why for _, why in refused] == [
            "its time lies before the web",
            "its time lies before the web",
            "its time is no time",
            "its time lies in the future",
        ]
        assert ending.status == "degraded"
        assert [each.captured_at for each in captures(tmp_path)] == [AT_IN_WORDS]

    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            (copy("2020-01-01T00:00:00.000000Z"), "the archive showed another capture"),
            ((200, (), b"<html>Sorry"), "the archive showed another capture, or a page of its own"),
            ((302, (("Location", "/web/2020id_/x"),), b""), "HTTP 302"),
            ((404, (), b"not here"), "HTTP 404"),
            ((403, (), b"excluded"), "HTTP 403"),
            ((500, (), b""), "HTTP 500"),
            ((429, (("Retry-After", "3600"),), b""), "HTTP 429"),
        ],
    )
    def test_what_is_not_to_be_had_is_said_and_asked_for_next_time(self, stand_in, tmp_path, answer, why):
        server = stand_in({CDX: index((url("a"), AT, "A" * 32)), "/web/": answer})
        ending, ((address, said),) = fetch(tmp_path, server.url + CDX)
        assert (ending.exit_status, captures(tmp_path)) == (3, [])
        assert address.endswith(f"id_/{url('a')}")
        assert said.startswith(why)
        server.answers["/web/"] = copy()
        assert fetch(tmp_path, server.url + CDX)[0].status == "finished"
        assert len(captures(tmp_path)) == 1

    def test_an_archive_of_another_reader_is_read_again_first(self, stand_in, tmp_path):
        server = stand_in({CDX: index((url("a"), AT, "A" * 32)), "/web/": copy(AT_IN_WORDS, article().encode())})
        fetch(tmp_path, server.url + CDX)
        open_archive(tmp_path).execute("UPDATE readers SET reader_version = 'older'")
        heard = []
        rereading = Listener(outdated=lambda: heard.append(len(server.asked)))
        asked = len(server.asked)
        fetch(tmp_path, server.url + CDX, follower=Follower(*[lambda *_: None] * 3, rereading))
        assert heard == [asked], "before anything is asked for"
        assert open_archive(tmp_path).execute("SELECT DISTINCT reader_version FROM readers").fetchone() != ("older",)

    def test_a_page_that_flipped_shows_every_state_under_its_time(self, stand_in, tmp_path):
        """A A B B A C A: of the seven the first of each stretch, and each payload asked for once."""
        server = stand_in({CDX: index(*flips("AABBACA")), "/web/": copies("AABBACA")})
        ending, refused = fetch(tmp_path, server.url + CDX)
        assert (ending.status, refused) == ("finished", [])
        assert counts(ending) == {"distinct captures found": 5, "here already": 0, "fetched": 3}
        assert dict(ending.summary)["kept from the index"] == 2
        told = [(each.captured_at[:4], each.source) for each in captures(tmp_path)]
        assert told == [("2011", "wayback"), ("2013", "wayback"), ("2015", "wayback index"), ("2016", "wayback"),
                        ("2017", "wayback index")]  # fmt: skip
        revisions = [(row["number"], row["captured_at"][:4], row["same_as"]) for row in open_archive(tmp_path).query(
            "SELECT number, captured_at, same_as FROM revisions ORDER BY number")]  # fmt: skip
        assert revisions == [(1, "2011", None), (2, "2013", None), (3, "2015", 1), (4, "2016", None), (5, "2017", 1)]

    def test_what_only_the_index_shows_says_so(self, stand_in, tmp_path):
        server = stand_in({CDX: index(*flips("ABA")), "/web/": copies("ABA")})
        fetch(tmp_path, server.url + CDX)
        first, _, last = captures(tmp_path)
        assert (last.sha256, last.status, last.url) == (first.sha256, 200, first.url)
        assert (last.headers, last.fetched_from) == (None, server.url + CDX)
        assert first.fetched_from.startswith(f"{server.url}/web/2011")
        (row,) = open_archive(tmp_path).query("SELECT * FROM captures WHERE source = 'wayback index'")
        assert (row["fetched_from"], row["revision"]) == (server.url + CDX, 3)

    def test_another_run_adds_nothing(self, stand_in, tmp_path):
        server = stand_in({CDX: index(*flips("AABA")), "/web/": copies("AABA")})
        fetch(tmp_path, server.url + CDX)
        before, asked = captures(tmp_path), len(server.asked)
        ending, _ = fetch(tmp_path, server.url + CDX)
        assert counts(ending) == {"distinct captures found": 3, "here already": 3, "fetched": 0}
        assert all(path.startswith(CDX) for path, _ in server.asked[asked:])
        assert captures(tmp_path) == before

    def test_runs_for_parts_of_the_time_give_the_same_as_one(self, stand_in, tmp_path):
        server = stand_in({CDX: index(*flips("ABABBA")), "/web/": copies("ABABBA")})
        fetch(tmp_path / "one", server.url + CDX)
        for first, last in (("2014", "2016"), ("2011", "2012"), (None, None)):
            fetch(tmp_path / "parts", server.url + CDX, first=first, last=last)
        assert rows_in(tmp_path / "parts") == rows_in(tmp_path / "one")
        assert len([path for path, _ in server.asked if path.startswith("/web/")]) == 2 * 2

    @pytest.mark.parametrize(("status", "asked"), [("-", 3), ("200", 2)])
    def test_what_the_archive_met_again_counts_too(self, stand_in, tmp_path, status, asked):
        """It keeps such a page once, as a revisit; where the index names no status, the copy is asked for it."""
        flipped = flips("ABA")
        flipped[2] += ("warc/revisit", status)
        server = stand_in({CDX: index(*flipped), "/web/": copies("ABA")})
        assert fetch(tmp_path, server.url + CDX)[0].status == "finished"
        assert [each.captured_at[:4] for each in captures(tmp_path)] == ["2011", "2012", "2013"]
        assert len({each.sha256 for each in captures(tmp_path)}) == 2
        assert len([path for path, _ in server.asked if path.startswith("/web/")]) == asked

    def test_pictures_that_it_met_again_are_not_asked_for(self, stand_in, tmp_path):
        """Their first captures are no pages, and are not listed; of a revisit the index does not say what it was."""
        row = (url("a"), AT, "A" * 32, "warc/revisit", "-")
        server = stand_in({CDX: index(row), "/web/": copies("A")})
        assert counts(fetch(tmp_path, server.url + CDX)[0])["distinct captures found"] == 0

    def test_a_charset_that_only_headers_name_is_that_of_the_payload(self, stand_in, tmp_path):

        def answer(path):
            at = path.removeprefix("/web/")[:4]
            body = article(body="Khác." if at == "2012" else "Thị xã họp.").encode("utf-16-be")
            return copy(f"{at}-01-01T00:00:00.000000Z", body, ("Content-Type", "text/html; charset=utf-16-be"))

        server = stand_in({CDX: index(*flips("ABA")), "/web/": answer})
        fetch(tmp_path / "a", server.url + CDX)
        revisions = list(open_archive(tmp_path / "a").query("SELECT number, same_as FROM revisions ORDER BY number"))
        assert [row["same_as"] for row in revisions] == [None, None, 1]
        bring(tmp_path / "b", export(tmp_path / "a", tmp_path / "a.warc.gz"))
        assert rows_in(tmp_path / "b") == rows_in(tmp_path / "a")
        assert evidence_in(tmp_path / "b") == evidence_in(tmp_path / "a")

    def test_one_request_at_a_time_as_far_apart_as_was_said(self, stand_in, tmp_path):
        server = stand_in({CDX: index((url("a"), AT, "A" * 32), (url("b"), AT, "B" * 32)), "/web/": copy()})
        clock = SetClock()
        start = clock.monotonic()
        fetch(tmp_path, server.url + CDX, clock, delay=1.5)
        assert clock.monotonic() - start == pytest.approx(1.5 * (len(server.asked) - 1))

    def test_it_backs_off_where_the_archive_is_busy(self, stand_in, tmp_path):
        busy = [(503, (), b""), (429, (("Retry-After", "40"),), b""), copy()]
        server = stand_in({CDX: index((url("a"), AT, "A" * 32)), "/web/": busy})
        clock = SetClock()
        start = clock.monotonic()
        ending, _ = fetch(tmp_path, server.url + CDX, clock, delay=1.0)
        assert ending.status == "finished"
        assert clock.monotonic() - start >= 2 + 40

    def test_an_archive_that_goes_down_is_not_asked_on_and_on(self, stand_in, tmp_path):
        rows = [(url(f"a{number:02}"), AT, f"{'ABCDEFGHIJKLMNOPQRST'[number]}" * 32) for number in range(20)]
        server = stand_in({CDX: index(*rows), "/web/": [copy(), copy(), copy(), (503, (), b"")]})
        ending, refused = fetch(tmp_path, server.url + CDX)
        assert (ending.status, len(captures(tmp_path)), len(refused)) == ("degraded", 3, 5)
        assert ending.reason == "the archive stopped answering (HTTP 503); the next run goes on from here"

    @pytest.mark.parametrize(
        "answer", [(200, (), b"<html>Welcome"), (404, (), b"<html>"), (200, (), b'[["a"'), (403, (), b"")]
    )
    def test_what_is_no_index_is_said_to_be_none(self, stand_in, tmp_path, answer):
        ending, _ = fetch(tmp_path, stand_in({CDX: answer}).url + CDX)
        assert (ending.status, ending.exit_status) == ("failed", 1)
        assert "/cdx/search/cdx does not answer" in ending.reason

    def test_an_interrupted_run_is_ended_cleanly(self, stand_in, tmp_path):
        server = stand_in({CDX: index((url("a"), AT, "A" * 32), (url("b"), AT, "B" * 32)), "/web/": copy()})

        def interrupts(done, total):
            raise KeyboardInterrupt

        ending, _ = fetch(tmp_path, server.url + CDX, follower=Follower(lambda *_: None, interrupts, lambda *_: None))
        assert (ending.status, ending.exit_status, len(captures(tmp_path))) == ("interrupted", 1, 1)
        assert counts(fetch(tmp_path, server.url + CDX)[0]) == {
            "distinct captures found": 2, "here already": 1, "fetched": 1,
        }  # fmt: skip


def test_a_connection_that_breaks_off_is_no_answer(stand_in):
    server = stand_in({"/": (200, (("Transfer-Encoding", "chunked"),), b"5\r\nab")})
    with pytest.raises(NoAnswerError, match="the answer was cut off or damaged"):
        Asker(SetClock(), 0, "test").get(server.url)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setattr(cli, "SystemClock", SetClock)
    runner = CliRunner()
    return lambda *line: runner.invoke(cli.main, ["wayback", *line, "--data", str(tmp_path / "data")])


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (["atlantis"], "no portal is called 'atlantis'"),
        (["demo", "--source", "web.archive.org"], "--source must begin with http:// or https://"),
        (["demo", "--from", "2023-06"], "--from is a year, month or day"),
        (["demo", "--to", "20230631"], "--to is a year, month or day"),
        (["demo", "--from", "2024", "--to", "202312"], "--from 2024 comes after --to 202312"),
        (["demo", "--delay", "0.1"], "is less than an archive can be asked to bear"),
        (["demo", "--delay", "nan"], "--delay counts seconds"),
    ],
)
def test_what_cannot_be_meant_is_explained(run, tmp_path, line, complaint):
    result = run(*line)
    assert result.exit_code == 2, result.output
    assert complaint in result.output
    assert not (tmp_path / "data").exists()


def test_an_archive_that_does_not_answer_gets_a_plain_message(run):
    result = run("demo", "--source", "http://127.0.0.1:9/towns", "--delay", "0")
    assert result.exit_code == 1
    assert "demo: failed - http://127.0.0.1:9/towns/cdx does not answer (no connection)" in result.stdout
    assert "Traceback" not in result.output


def test_the_source_may_come_from_the_environment(run, monkeypatch):
    monkeypatch.setenv("ARCHIVER_WAYBACK", "http://127.0.0.1:9/other")
    assert "http://127.0.0.1:9/other/cdx does not answer" in run("demo", "--delay", "0").stdout


def test_a_portal_that_is_being_crawled_is_left_alone(run, tmp_path):
    lock = PortalLock(tmp_path / "data", "demo")
    lock.take()
    result = run("demo", "--source", "http://127.0.0.1:9/", "--delay", "0")
    lock.free()
    assert result.exit_code == 4


def test_a_file_of_another_archive_is_replayed_and_fetched_as_well(tmp_path):
    """What is asked for by its copy and what is imported from the file that holds it come to the same articles."""
    pages = in_members(response("a", article()), response("a", article(body="Sửa."), at="2024-06-09T02:24:00Z"))
    (tmp_path / "a.warc.gz").write_bytes(pages)
    (tmp_path / "pywb").mkdir()
    server = Pywb(tmp_path / "pywb", tmp_path / "a.warc.gz")
    try:
        fetch(tmp_path / "fetched", server.url)
    finally:
        server.stop()
    bring(tmp_path / "imported", tmp_path / "a.warc.gz")
    assert rows_in(tmp_path / "fetched") == rows_in(tmp_path / "imported")
    keys = [[each.capture_key for each in captures(tmp_path / name)] for name in ("fetched", "imported")]
    assert keys[0] == keys[1]


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory):
    """A crawl with its pictures and documents, and a web archive of it."""
    folder = tmp_path_factory.mktemp("illustrated")
    portal = DemoPortal(stories(20), lambda: NOW, faults=False)
    Visitor(portal, folder).crawl(file_budget=500)
    file = folder / "illustrated.warc.gz"
    export(folder, file)
    server = Pywb(tmp_path_factory.mktemp("pywb-illustrated"), file)
    yield folder, server
    server.stop()


def files_in(folder):
    archive = open_archive(folder)
    return set(archive.execute("SELECT url, sha256 FROM images UNION SELECT url, sha256 FROM attachments").fetchall())


def test_pictures_and_documents_of_articles_come_with_them(illustrated, tmp_path, asked):
    folder, pywb = illustrated
    ending, refused = fetch(tmp_path, pywb.url)
    assert (ending.status, refused) == ("finished", [])
    assert len(files_in(folder)) > 10
    assert files_in(tmp_path) == files_in(folder)
    assert open_archive(tmp_path).execute("SELECT count(*) FROM attachments WHERE text IS NULL").fetchone() == (0,)
    asked.clear()
    fetch(tmp_path, pywb.url)
    assert not [address for address in asked if "id_/" in address]


def test_a_budget_bounds_the_files_of_a_run(illustrated, tmp_path):
    _, pywb = illustrated
    missing = None
    for _ in range(2):
        fetch(tmp_path, pywb.url, file_budget=5)
        left = sum(digest is None for _, digest in files_in(tmp_path))
        assert missing is None or left == missing - 5
        missing = left
    fetch(tmp_path, pywb.url, file_budget=0)
    assert sum(digest is None for _, digest in files_in(tmp_path)) == missing
