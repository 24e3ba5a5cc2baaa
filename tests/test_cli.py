"""The command as people meet it: what it says, where to, and with which exit status."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from socket import create_server
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from archiver.cli import main
from archiver.crawling.report import Ending
from archiver.demo import DemoPortal, stories
from archiver.store.ground.locks import PortalLock
from tests.crawling.conftest import ROOT
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *line: runner.invoke(main, [str(word) for word in line])


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A folder with a small archive, for reading alone."""
    folder = tmp_path_factory.mktemp("data")
    Visitor(DemoPortal(stories(20), lambda: NOW, faults=False), folder).crawl()
    return folder


COMMANDS = sorted(main.commands)


def test_the_commands_are_known():
    assert COMMANDS == [
        "alert",
        "backup",
        "config",
        "crawl",
        "demo",
        "export",
        "import",
        "parse",
        "portals",
        "probe",
        "reparse",
        "restore",
        "schedule",
        "serve",
        "snapshot",
        "status",
        "verify",
        "wayback",
        "withhold",
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_and_each_of_its_options(run, name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert main.commands[name].help
    assert all(option.help for option in main.commands[name].params if option.param_type_name == "option")
    for shared in ("--config", "--data", "--json", "--verbose"):
        assert shared in result.output


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (["crawl", "atlantis"], "no portal is called 'atlantis'; known are anlao, bactramy, demo"),
        (["crawl", "demo"], "the demo portal stands on no network"),
        (["crawl", "myhao", "--delay", "0"], "is less than a portal can be asked to bear"),
        (
            ["crawl", "myhao", "--delay", "0.2", "--base-url", "http://example.org"],
            "is less than a portal can be asked",
        ),
        (["crawl", "myhao", "--base-url", "localhost:8000"], "--base-url must begin with http:// or https://"),
        (["crawl", "myhao", "--base-url", "http://"], "and name a host"),
        (["crawl", "myhao", "--base-url", "http://localhost:x"], "--base-url must begin"),
        (["crawl", "myhao", "--limit", "0"], "--limit counts requests, at least 1"),
        (["crawl", "myhao", "--delay", "-1"], "--delay counts seconds"),
        (["crawl", "myhao", "--deadline", "0"], "--deadline counts seconds, more than 0"),
        (["crawl", "myhao", "--deadline", "nan"], "--deadline counts seconds"),
        (["crawl", "myhao", "--memory", "64"], "--memory counts megabytes, 128 to 1,000,000"),
        (["crawl", "myhao", "--jobs", "2"], "--jobs belongs to a crawl of all that is due"),
        (["crawl", "--base-url", "http://127.0.0.1:1"], "--base-url is of one portal: name it"),
        (["crawl", "--delay", "0"], "is less than a portal can be asked to bear"),
        (["crawl", "myhao", "--delay", "nan"], "--delay counts seconds"),
        (["crawl", "myhao", "--recheck", "some"], "--recheck"),
        (["parse", "myhao", __file__], "--url"),
        (["parse", "myhao", __file__, "--url", "tin.aspx"], "--url must be a page's whole address"),
        (["parse", "myhao", __file__, "--url", "https://x.vn/", "--at", "hôm nay"], "--at is a time such as"),
        (["parse", "myhao", "no-such-file.html", "--url", "https://x.vn/"], "no-such-file.html"),
        (["serve", "--no-sql"], "--no-sql belong to --public"),
        (["serve", "--base-url", "/kho/"], "belong to --public"),
        (["serve", "--public", "--base-url", "kho?x"], "--base-url is a path such as /kho/"),
        (["serve", "--public", "--base-url", "ftp://example.org/"], "--base-url is a path such as /kho/"),
        (["snapshot", "--keep", "0"], "--keep"),
        (["backup"], "Missing argument 'DEST'"),
        (["backup", "data/backups"], "is inside --data"),
        (["backup", "."], "--data is inside DEST"),
        (["restore"], "name an article (KEY|URL --reason …), or a backup (--from DEST)"),
        (["restore", "khoa", "--from", "backups"], "name an article (KEY|URL --reason …), or a backup (--from DEST)"),
        (["restore", "khoa"], "an article is restored with --reason"),
        (["restore", "khoa", "--reason", "x", "--force"], "--force and --despite-damage belong to --from"),
        (["restore", "--from", "backups", "--reason", "x"], "a backup is restored without one"),
        (["nothing"], "No such command"),
    ],
)
def test_what_cannot_be_meant_is_explained(run, tmp_path, line, complaint):
    result = run(*line, *(["--data", tmp_path / "data"] if line[0] == "crawl" else []))
    assert result.exit_code == 2, result.output
    assert complaint in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("contact", "is_asked_for"), [("", True), ("luutru@example.org", False)])
def test_a_crawl_that_names_nobody_to_ask_says_so(run, tmp_path, monkeypatch, contact, is_asked_for):
    monkeypatch.setenv("ARCHIVER_CONTACT", contact)
    monkeypatch.setattr("archiver.commands.crawl.run", lambda *_: [Ending("finished", "nothing was asked")])
    result = run("crawl", "myhao", "--data", tmp_path)
    assert result.exit_code == 0
    assert ("Set ARCHIVER_CONTACT to your address" in result.stderr) == is_asked_for
    assert "Set ARCHIVER_CONTACT" not in run("crawl", "demo", "--base-url", "http://127.0.0.1:9").stderr


@pytest.mark.parametrize("name", ["status", "reparse", "serve", "snapshot", "verify", "backup"])
def test_what_needs_an_archive_says_how_to_come_by_one(run, tmp_path, name):
    result = run(name, *([tmp_path.parent / "backups"] if name == "backup" else []), "--data", tmp_path)
    assert result.exit_code == 1
    assert "archiver crawl myhao" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_archive_is_named(run, tmp_path):
    (tmp_path / "captures.db").write_text("this is no database, but long enough to be looked at" * 50)
    result = run("status", "--data", tmp_path)
    assert result.exit_code == 1
    assert "captures.db" in result.output
    assert "Traceback" not in result.output


def test_parse_prints_one_page(run, tmp_path):
    file = tmp_path / "page.html"
    portal = DemoPortal(stories(20), lambda: NOW, faults=False)
    story = portal.truth().stories[0]
    file.write_bytes(portal.respond("GET", story.url.removeprefix("https://anthuan.example") + "?v=2").body)
    result = run("parse", "demo", file, "--url", story.url, "--at", "2025-06-30T08:00")
    assert result.exit_code == 0
    printed = json.loads(result.output)
    assert printed["kind"] == "article"
    assert printed["article"]["title"] == story.title
    assert printed["article"]["published_at"] is None, "no minute is joined in from other pages"
    assert printed["listed"]


def test_status_says_how_the_archive_stands(run, crawled):
    result = run("status", "--data", crawled)
    assert result.exit_code == 0
    assert re.search(r"demo \(up\): 20 articles, 20 revisions, 6 lists, \d+ captures", result.output)
    assert "finished" in result.output
    assert re.search(
        r"due now, every \S.*, because \S.*\n  last success 2025-07-01T\d\d:\d\dZ, from pub", result.output
    )
    assert "  not enabled: it is crawled by hand alone\n" in result.output, "the made-up one is on no network"
    assert re.search(r"disk: captures.db [\d.]+ .B, archive.db [\d.]+ .B, growth not known before ", result.output)
    lines = {
        line.get("portal", ""): line
        for line in map(json.loads, run("status", "--data", crawled, "--json").output.splitlines())
    }
    values, disk = lines["demo"], lines[""]
    assert disk["disk"]["days_left"] is None
    assert (values["portal"], values["articles"], values["waiting"]) == ("demo", 20, 0)
    assert values["is_due"] is True
    assert values["last_success"] < values["next_due"]
    assert values["capture_lag_minutes"] is None
    assert 15 <= values["interval_minutes"] <= 1440


def test_status_names_enabled_portals_that_were_never_crawled(run, crawled, tmp_path):
    said = run("status", "--data", crawled).output
    assert re.search(
        r"^myhao: nothing is archived yet\n  due now, every 1 d, because it was never crawled\n", said, re.MULTILINE
    )
    told = {
        line.get("portal"): line
        for line in map(json.loads, run("status", "--data", crawled, "--json").output.splitlines())
    }
    never = told["myhao"]
    assert (never["articles"], never["web_status"], never["last_success"], never["runs"]) == (0, None, None, [])
    assert never["is_due"] is never["enabled"] is True
    assert told["demo"]["enabled"] is False
    settings = tmp_path / "archiver.toml"
    settings.write_text("[portals.myhao]\nenabled = false\n", encoding="utf-8")
    assert "myhao" not in run("status", "--data", crawled, "--config", settings).output


def test_status_says_when_the_last_good_backup_was_begun(run, crawled, tmp_path):
    folder = shutil.copytree(crawled, tmp_path / "data")
    assert "backup" not in run("status", "--data", folder).output
    assert run("backup", tmp_path / "disk", "--data", folder).exit_code == 0
    line = rf"^backup to {re.escape(str(tmp_path))}/disk: last good one \d{{4}}-\d\d-\d\dT\d\d:\d\dZ$"
    assert re.search(line, run("status", "--data", folder).output, re.MULTILINE)
    *_, told = map(json.loads, run("status", "--data", folder, "--json").output.splitlines())
    assert (told["copy"]["kind"], told["copy"]["outcome"]) == ("backup", "good")


def test_reparse_counts_what_it_read(run, crawled):
    result = run("reparse", "--data", crawled)
    assert result.exit_code == 0, result.output
    assert re.search(r"demo: \d+ captures read, 20 articles", result.output)
    values = json.loads(run("reparse", "demo", "--data", crawled, "--json").output)
    assert values["new"] == 20


def test_verify_says_that_all_is_well(run, crawled):
    for deep in ([], ["--deep"]):
        result = run("verify", "--data", crawled, *deep)
        assert result.exit_code == 0, result.output
        assert re.search(r"\d+ captures, \d+ payloads, 20 articles, 20 revisions: all is well", result.output)


def test_verify_names_what_is_wrong(run, crawled, tmp_path):
    folder = shutil.copytree(crawled, tmp_path / "copy")
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        db.execute(
            "UPDATE revisions SET title = 'Không có gì.' WHERE article_key = (SELECT min(article_key) FROM articles)"
        )
        db.commit()
    assert run("verify", "--data", folder).exit_code == 1
    result = run("verify", "--data", folder, "--json")
    faults = [json.loads(line) for line in result.output.splitlines()]
    assert "content" in faults[0]["fault"]
    assert faults[-1]["faults"] == 1


def test_verify_names_a_search_index_that_is_wrong_and_reparse_rights_it(run, crawled, tmp_path):
    folder = shutil.copytree(crawled, tmp_path / "copy")
    with closing(sqlite3.connect(folder / "archive.db", isolation_level=None)) as db:
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    result = run("verify", "--data", folder)
    assert result.exit_code == 1
    assert "the search index holds" in result.output
    assert run("reparse", "--data", folder).exit_code == 0
    assert run("verify", "--deep", "--data", folder).exit_code == 0


def test_verify_deep_looks_at_every_word_of_the_index(run, crawled, tmp_path):
    folder = shutil.copytree(crawled, tmp_path / "copy")
    with closing(sqlite3.connect(folder / "archive.db", isolation_level=None)) as db:
        number = db.execute("SELECT max(number) FROM articles_fts_entries").fetchone()[0]
        row = {"rowid": number, "lead": "không ai viết", "lead_folded": "khong ai viet"}
        db.execute(f"INSERT INTO articles_fts ({', '.join(row)}) VALUES (?, ?, ?)", list(row.values()))
    assert run("verify", "--data", folder).exit_code == 0, "as far as the quick check sees"
    result = run("verify", "--deep", "--data", folder)
    assert result.exit_code == 1
    assert "the search index does not hold the words of the texts" in result.output


def test_an_index_that_nothing_watches_is_made_anew_before_captures_are_added(run, crawled, tmp_path):
    folder = shutil.copytree(crawled, tmp_path / "copy")
    assert run("export", "--warc", tmp_path / "all.warc.gz", "--data", crawled).exit_code == 0
    with closing(sqlite3.connect(folder / "archive.db", isolation_level=None)) as db:
        db.execute("DROP TRIGGER articles_after_update_search")
        db.execute("UPDATE articles SET title = 'Khác hẳn'")
    assert run("verify", "--data", folder).exit_code == 1
    assert run("import", tmp_path / "all.warc.gz", "--data", folder).exit_code == 0
    assert "articles_after_update_search" not in run("verify", "--data", folder).output


def test_an_article_is_withheld_and_restored(run, crawled, tmp_path):
    folder = shutil.copytree(crawled, tmp_path / "copy")
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        key, title = db.execute("SELECT article_key, title FROM articles LIMIT 1").fetchone()
    result = run("withhold", key, "--reason", "một người xin gỡ", "--category", "personal data", "--data", folder)
    assert result.exit_code == 0, result.output
    assert f"{key} is withheld" in result.output
    assert title.encode() not in b"".join(file.read_bytes() for file in folder.glob("archive.db*"))
    assert run("restore", key, "--reason", "nhầm", "--data", folder).exit_code == 0
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        assert db.execute("SELECT title FROM articles WHERE article_key = ?", (key,)).fetchone() == (title,)


def test_a_key_that_no_article_has_is_explained(run, crawled):
    result = run("withhold", "khongcokey", "--reason", "x", "--data", crawled)
    assert result.exit_code == 1
    assert "no article is called 'khongcokey'" in result.output


@pytest.fixture
def read_by_another(crawled, tmp_path):
    """An archive of an older reader, which did not read who signed."""
    folder = shutil.copytree(crawled, tmp_path / "copy")
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        db.execute("UPDATE readers SET reader_version = 'older'")
        db.execute("UPDATE revisions SET author_raw = NULL")
        db.commit()
    return folder


def test_an_archive_of_another_reader_is_read_again_before_anything_is_added(run, read_by_another, tmp_path):
    """Before a crawl too: see tests/crawling/test_outdated.py."""
    (tmp_path / "none.warc").write_bytes(b"")
    line = ["import", tmp_path / "none.warc"]
    result = run(*line, "--data", read_by_another)
    assert "all is read again first" in result.stderr
    assert re.search(r"demo: \d+ captures read, 20 articles, 0 later revisions", result.output)
    assert re.search(r"demo: \d+ articles read differently in author_raw", result.output)
    assert "before: None" in result.output
    with closing(sqlite3.connect(read_by_another / "archive.db")) as db:
        report = db.execute("SELECT from_version, field, articles FROM reading_changes").fetchall()
        assert db.execute("SELECT max(revision_count) FROM articles").fetchone() == (1,)
    assert [(version, field) for version, field, _ in report] == [("older", "author_raw")]
    assert "read again" not in run(*line, "--data", read_by_another).output


def test_verify_tells_what_it_could_not_compare(run, read_by_another):
    result = run("verify", "--data", read_by_another, "--deep")
    assert result.exit_code == 1, "its revisions do not match their digests either"
    with closing(sqlite3.connect(read_by_another / "archive.db")) as db:
        assert run("reparse", "--data", read_by_another).exit_code == 0
    with closing(sqlite3.connect(read_by_another / "archive.db")) as db:
        db.execute("UPDATE readers SET reader_version = 'older'")
        db.commit()
    result = run("verify", "--data", read_by_another, "--deep", "--json")
    assert result.exit_code == 3
    first, last = map(json.loads, result.output.splitlines())
    assert "demo: not compared, for another reader (older) made it" in first["unchecked"]
    assert last["faults"] == 0


def test_reparse_waits_for_no_crawl(run, crawled):
    lock = PortalLock(crawled, "demo")
    lock.take()
    try:
        result = run("reparse", "--data", crawled)
    finally:
        lock.free()
    assert result.exit_code == 4
    assert "is running" in result.output


def test_portals_are_listed(run):
    shown = run("portals").output
    told = {each["portal"]: each for each in map(json.loads, run("portals", "--json").output.splitlines())}
    assert len(told) > 8
    assert all(f"{key}  {each['name']}" in shown for key, each in told.items())
    assert (told["myhao"]["on_request"], told["thieuhoa"]["on_request"]) == (False, True)
    assert shown.count("on request") == sum(each["on_request"] for each in told.values())
    assert not [key for key in told if key.startswith("demo-")], "dresses of the demo are no portals to choose from"


class TestDemo:
    """The README's first command."""

    @pytest.fixture
    def started(self, tmp_path):
        line = [
            sys.executable,
            "-m",
            "archiver",
            "demo",
            "--data",
            str(tmp_path),
            "--port",
            "0",
            "--stories",
            "30",
            "--json",
        ]
        process = subprocess.Popen(
            line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        yield process
        if process.poll() is None:
            process.kill()
        process.communicate()

    @pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
    def test_it_crawls_and_serves_until_it_is_told_to_end(self, started, sign):
        crawled = json.loads(started.stdout.readline())
        address = json.loads(started.stdout.readline())["url"]
        assert crawled["status"] == "finished"
        assert crawled["new_articles"] == 30
        with urlopen(f"{address}archive/articles.json?_size=0", timeout=20) as answer:
            assert json.load(answer)["filtered_table_rows_count"] == 30
        started.send_signal(sign)
        _, errors = started.communicate(timeout=20)
        assert "Traceback" not in errors
        with pytest.raises(ProcessLookupError):
            os.killpg(started.pid, 0)


def test_a_port_that_is_taken_is_explained(run, crawled):
    with create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--data", crawled, "--port", taken.getsockname()[1])
    assert result.exit_code == 1
    assert "try another one: --port 0" in result.output


def test_the_readme_names_every_command_and_option_of_a_crawl():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `archiver (\w+)", readme, re.MULTILINE)) == set(COMMANDS)
    options = {option.opts[-1] for option in main.commands["crawl"].params if option.param_type_name == "option"}
    assert all(option in readme for option in options - {"--verbose", "--config"})


def test_no_file_names_a_package_index_or_a_place_on_this_machine():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    told = re.compile(
        "|".join(["py" + "pi.org", "--index" + "-url ", "files.python" + "hosted", "/home" + "/", "/root" + "/"])
    )
    for name in tracked:
        if name.endswith((".py", ".md", ".toml", ".lock", ".cfg", ".yaml", "Makefile", "run")):
            assert not told.search((ROOT / name).read_text(encoding="utf-8")), name
