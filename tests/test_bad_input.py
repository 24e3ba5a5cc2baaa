"""Whatever is typed behind a command ends in words, never in a traceback: nonsense for each argument and each option."""

import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from archiver.cli import main
from archiver.crawling.report import Ending
from archiver.demo import DemoPortal, stories
from tests.crawling.conftest import ROOT
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor

BAD_ADDRESSES = [
    "http://[bad",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:abc/",
    "http://a b/",
    "http://",
    "nonsense",
]
NONSENSE = ["", "nonsense", "-1", "9" * 30, "nan", "http://[bad", "\x01", "đ" * 5000, "\udcff"]
NEEDED = {
    "schedule": ["systemd"],
    "parse": ["demo", __file__, "--url", "https://anthuan.example/a.aspx"],
    "withhold": ["khongcokey", "--reason", "x"],
    "restore": ["khongcokey", "--reason", "x"],
    "backup": ["backups"],
    "import": ["none.warc"],
    "wayback": ["demo", "--source", "http://127.0.0.1:9/cdx", "--delay", "0"],
    "crawl": ["demo", "--base-url", "http://127.0.0.1:9", "--delay", "0"],
}
"""What each command cannot do without."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    Visitor(DemoPortal(stories(20), lambda: NOW, faults=False), folder).crawl()
    return folder


@pytest.fixture
def run(crawled, tmp_path, monkeypatch):
    """Run a command in a folder of its own; what would take the network or wait is not begun."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(crawled, tmp_path / "data")
    (tmp_path / "none.warc").write_bytes(b"")
    monkeypatch.setattr("archiver.site.serving.serve_site", lambda *_: None)
    for place in ("crawl", "demo"):
        monkeypatch.setattr(
            f"archiver.commands.{place}.run",
            lambda _, crawls, *__: [Ending("finished", "nothing was asked")] * len(crawls),
        )
    monkeypatch.setattr("archiver.commands.demo.demo_clock", lambda: lambda: NOW)
    monkeypatch.setattr(
        "archiver.exchange.wayback.fetch_from_archive", lambda *_: Ending("finished", "nothing was asked")
    )
    return lambda *line: CliRunner().invoke(main, line)


def ends_in_words(result):
    return isinstance(result.exception, SystemExit | None) and "Traceback" not in result.output


def options_of(name):
    return [each for each in main.commands[name].params if each.param_type_name == "option" and not each.is_flag]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_nonsense_for_any_option_ends_in_words(run, name):
    for option in options_of(name):
        for nonsense in NONSENSE:
            result = run(name, *NEEDED.get(name, []), option.opts[-1], nonsense)
            assert ends_in_words(result), (option.opts, nonsense, result.exception)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_nonsense_for_any_argument_ends_in_words(run, name):
    for nonsense in NONSENSE:
        needed = NEEDED.get(name, ["x"])
        for place in range(len(needed)):
            result = run(name, *needed[:place], nonsense, *needed[place + 1 :])
            assert ends_in_words(result), (place, nonsense, result.exception)


@pytest.mark.parametrize("address", BAD_ADDRESSES)
@pytest.mark.parametrize(
    "line",
    [
        ("parse", "demo", __file__, "--url"),
        ("wayback", "demo", "--delay", "0", "--source"),
        ("crawl", "demo", "--delay", "0", "--base-url"),
    ],
    ids=lambda line: line[0],
)
def test_an_address_that_is_none_is_an_error_of_use(run, line, address):
    result = run(*line, address)
    assert result.exit_code == 2, result.output
    assert line[-1] in result.output


@pytest.mark.parametrize("port", ["-1", "-5", "65536", "99999", "x"])
@pytest.mark.parametrize("name", ["serve", "demo"])
def test_a_port_that_is_none_is_an_error_of_use(run, name, port):
    result = run(name, "--port", port)
    assert (result.exit_code, "--port" in result.output) == (2, True)


@pytest.mark.parametrize(
    "line",
    [
        ("withhold", b"\xff", "--reason", "x"),
        ("withhold", "x", "--reason", b"\xff"),
        ("withhold", "x", "--reason", "x", "--category", b"\xff"),
        ("restore", b"\xff", "--reason", "x"),
        ("export", "--warc", b"\xff.warc"),
        ("status", "--data", b"\xff"),
    ],
)
def test_bytes_that_are_not_utf8_are_an_error_of_use(run, tmp_path, line):
    result = run(*(os.fsdecode(word) for word in line))
    assert (result.exit_code, result.output.splitlines()[-1][:6]) == (2, "Error:")
    assert "is not UTF-8" in result.output


def test_so_it_is_for_a_real_process(tmp_path):
    line = [sys.executable, "-m", "archiver", "restore", b"\xff\xfe", "--reason", "x", "--data", str(tmp_path)]
    ended = subprocess.run(line, capture_output=True, check=False, cwd=ROOT)
    assert (ended.returncode, b"is not UTF-8" in ended.stderr, b"Traceback" in ended.stderr) == (2, True, False)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0001-01-01", "1969-12-31"])
def test_a_time_without_a_web_is_an_error_of_use(run, at):
    result = run("parse", *NEEDED["parse"], "--at", at)
    assert (result.exit_code, "--at is a time" in result.output) == (2, True)


def test_a_pipe_is_not_waited_for(run, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    result = run("import", "pipe")
    assert (result.exit_code, "'pipe' is a pipe or a device, not a file" in result.output) == (2, True)


@pytest.mark.parametrize("name", ["status", "verify"])
def test_where_no_archive_is_none_is_made_and_called_well(run, tmp_path, name):
    for file in (tmp_path / "data").glob("archive.db*"):
        file.unlink()
    result = run(name)
    assert (result.exit_code, "`archiver reparse` makes it from captures.db" in result.output) == (1, True)
    assert list((tmp_path / "data").glob("archive.db*")) == []
