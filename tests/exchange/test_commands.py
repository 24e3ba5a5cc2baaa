"""`archiver export` and `archiver import` as people meet them."""

import json
import re
import signal
import subprocess
import sys
from shutil import copytree

import pytest
from click.testing import CliRunner

from archiver.cli import main
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.ground.locks import PortalLock
from tests.exchange.conftest import evidence_in, rows_in
from tests.exchange.shapes import browsertrix, in_members, response, wget
from tests.store.conftest import article
from tests.waiting import PATIENCE, resting, wait_until


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Without the lines that say how far it is, which a slow machine has time for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("archiver.progress._BETWEEN_LINES", PATIENCE)
    runner = CliRunner()
    return lambda *line: runner.invoke(main, [str(word) for word in line])


def test_out_and_in_again(run, crawled, tmp_path):
    out = run("export", "--data", crawled, "--warc", "towns.warc.gz")
    assert (out.exit_code, out.stderr) == (0, "")
    assert out.stdout.startswith("towns.warc.gz: ")
    assert " captures of demo, " in out.stdout
    back = run("import", "towns.warc.gz", "--data", tmp_path / "data")
    assert (back.exit_code, back.stderr) == (0, "")
    assert "demo: finished - everything in the files was read" in back.stdout
    assert rows_in(tmp_path / "data") == rows_in(crawled)
    status = run("status", "--data", tmp_path / "data").output
    assert "demo (up): 60 articles" in status


def test_what_is_withheld_stays_out_and_is_counted(run, crawled, tmp_path):
    folder = copytree(crawled, tmp_path / "data")
    (key,) = open_archive(folder).execute("SELECT article_key FROM articles ORDER BY 1 LIMIT 1").fetchone()
    assert run("withhold", key, "--reason", "x", "--data", folder).exit_code == 0
    out = run("export", "--data", folder, "--warc", "towns.warc.gz")
    assert re.search(r" captures of demo, [1-9] of withheld articles left out, ", out.stdout), out.stdout
    whole = run("export", "--data", folder, "--warc", "all.warc.gz", "--with-withheld", "--json")
    assert json.loads(whole.stdout)["left_out"] == 0
    run("import", "all.warc.gz", "--data", tmp_path / "other")
    assert rows_in(tmp_path / "other") == rows_in(crawled), "the decision is the operator's, and goes with no file"


def test_a_name_is_found_where_none_is_given(run, crawled, tmp_path):
    assert run("export", "demo", "--data", crawled, "--warc").exit_code == 0
    assert [file.name for file in tmp_path.glob("*.gz*")] == ["demo-20250702.warc.gz"]
    again = run("export", "demo", "--data", crawled, "--warc")
    assert again.exit_code == 1
    assert "demo-20250702.warc.gz is there already and stays as it is" in again.output


@pytest.mark.parametrize(
    ("line", "status", "complaint"),
    [
        (["export"], 2, "archiver export --warc FILE.warc.gz"),
        (["export", "--warc", "demo"], 2, "a file's name that ends in .warc.gz or .warc, not 'demo'"),
        (["export", "atlantis", "--warc"], 2, "no portal is called 'atlantis'"),
        (["export", "myhao", "--warc"], 1, "there are no captures of myhao"),
        (["export", "--warc", "none/such/place.warc"], 1, "none/such/place.warc"),
        (["import"], 2, "Missing argument 'FILE...'"),
        (["import", "none.warc.gz"], 2, "'none.warc.gz' does not exist"),
    ],
)
def test_what_cannot_be_done_is_explained(run, crawled, line, status, complaint):
    result = run(*line, "--data", crawled)
    assert result.exit_code == status, result.output
    assert complaint in result.output
    assert "Traceback" not in result.output


def test_without_an_archive_there_is_nothing_to_write(run, tmp_path):
    result = run("export", "--warc", "--data", tmp_path / "data")
    assert result.exit_code == 1
    assert "there is no archive" in result.output


def test_what_is_not_read_is_named_and_the_rest_is_kept(run, tmp_path):
    whole = in_members(*wget("a", article().encode()))
    (tmp_path / "cut.warc.gz").write_bytes(whole + in_members(response("b", article()))[:-20])
    result = run("import", "cut.warc.gz", "--data", tmp_path / "data")
    assert result.exit_code == 3
    assert f"cut.warc.gz: not read at byte {len(whole):,}: the file ends within it" in result.stderr
    assert "demo: degraded - 1 places in the files could not be read" in result.stdout
    assert result.stdout.endswith("1 captures read, 1 places not read\n")


def test_for_programs(run, tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(in_members(*browsertrix("a", article().encode())) + b"rubbish")
    result = run("import", "a.warc.gz", "--data", tmp_path / "data", "--json")
    portal, whole = map(json.loads, result.stdout.splitlines())
    assert (portal["portal"], portal["status"], portal["new_captures"], portal["new_articles"]) == (
        "demo",
        "degraded",
        1,
        1,
    )
    assert whole["unreadable"][0]["file"] == "a.warc.gz"
    assert (whole["captures"], whole["exit_status"], result.exit_code) == (1, 3, 3)


def test_nothing_to_be_read_is_a_failure(run, tmp_path):
    (tmp_path / "letter.warc").write_text("Kính gửi: Ủy ban nhân dân thị xã\n")
    result = run("import", "letter.warc", "--data", tmp_path / "data")
    assert result.exit_code == 1
    assert "letter.warc: not read at byte 0: no record begins here" in result.stderr


def test_two_at_once_do_not_meet(run, tmp_path):
    (tmp_path / "a.warc").write_bytes(response("a", article()))
    lock = PortalLock(tmp_path / "data", "demo")
    lock.take()
    result = run("import", "a.warc", "--data", tmp_path / "data")
    lock.free()
    assert result.exit_code == 4
    assert "another crawl of demo is running" in result.output


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_an_import_that_was_ended_is_gone_on_with(run, tmp_path, sign):
    """It is met in the middle of its second commit."""
    count = 300
    pages = [response(f"a{number}", article(body=f"Bài số {number}.")) for number in range(count)]
    (tmp_path / "many.warc.gz").write_bytes(in_members(*pages))
    folder = tmp_path / "data"
    rests = tmp_path / "rests"
    program = resting("archiver.exchange.runs", "Runs._keep", 250, rests)
    line = [sys.executable, *program, "import", str(tmp_path / "many.warc.gz"), "--data", str(folder)]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_until(rests.exists, process)
    process.send_signal(sign)
    out, err = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in err
    if sign == signal.SIGINT:
        assert process.returncode == 1, out + err
        assert "interrupted" in out
    assert len(kept(folder)) == 200
    result = run("import", "many.warc.gz", "--data", folder)
    assert result.exit_code == 0, result.output
    assert len(kept(folder)) == count
    assert open_captures(folder).execute("SELECT count(*) FROM crawls WHERE status = 'running'").fetchone() == (0,)


def kept(folder):
    return evidence_in(folder)
