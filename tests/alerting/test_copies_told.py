"""`archiver backup` and `archiver snapshot` tell a webhook on loopback what became of them; so does `archiver alert`."""

import shutil

import pytest
from click.testing import CliRunner

from archiver.alerting.copies import begun, load_copies, lock_of, save_copies
from archiver.cli import main
from archiver.clock import SystemClock, stamp
from archiver.demo import DemoPortal, stories
from archiver.store.ground.errors import LockedError
from archiver.store.ground.locks import alone_at, alone_in
from tests.alerting.test_webhook import CONFIGURATION
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crawled")
    Visitor(DemoPortal(stories(8), lambda: NOW, faults=False), folder).crawl()
    return folder


@pytest.fixture
def data(crawled, tmp_path, hook, monkeypatch):
    folder = shutil.copytree(crawled, tmp_path / "data")
    # The runs of the made-up portal are long over; how long a portal may be silent is no question here.
    (folder / "archiver.toml").write_text(CONFIGURATION + "silent_intervals = 1000\nbackup_hours = 1000000\n")
    monkeypatch.setenv("ARCHIVER_ALERT_URLS", hook.address())
    return folder


@pytest.fixture
def run(data):
    def of(*line):
        return CliRunner().invoke(main, [*map(str, line), "--data", str(data)])

    return of


def test_a_backup_that_fails_tells_it_once_and_that_it_is_well_again(run, hook, tmp_path):
    place = tmp_path / "mnt" / "backups"
    place.parent.write_text("what is mounted is no folder")
    for _ in range(2):
        assert run("backup", place).exit_code == 1
    (failed,) = hook.messages
    assert failed["title"].endswith(": the last backup failed")
    assert f"In {place}, begun at " in failed["message"]
    assert f"archiver backup {place} --data " in failed["message"]
    place.parent.unlink()
    for _ in range(2):
        assert run("backup", place).exit_code == 0
    assert "Well again: the last backup is good" in hook.messages[1]["message"]
    assert len(hook.messages) == 2


def test_damaged_evidence_is_told_and_so_is_a_backup_without_its_archive(run, data, hook, tmp_path):
    (data / "archive.db").unlink()
    assert run("backup", tmp_path / "b").exit_code == 3
    assert any(each["title"].endswith("things are wrong") or "backup" in each["title"] for each in hook.messages)
    assert "the last backup is not whole" in hook.messages[-1]["message"]
    assert "there is no archive.db to back up" in hook.messages[-1]["message"]


def test_a_snapshot_that_fails_is_told(run, data, hook):
    (data / "snapshots").write_text("no folder")
    assert run("snapshot").exit_code == 1
    assert hook.messages[0]["title"].endswith(": the last snapshot failed")


def test_one_that_was_killed_is_told_by_the_next_look_and_one_at_work_is_not(run, data, hook):
    save_copies(data, begun((), "backup", "/mnt/b", stamp(SystemClock().now())))
    with alone_at(data, lock_of("backup", "/mnt/b"), "busy"):
        assert run("alert").exit_code == 0
    assert hook.messages == []
    assert run("alert").exit_code == 3
    assert "the last backup was cut short" in hook.messages[0]["title"]


def test_that_another_is_at_work_is_no_failure(run, data, hook, tmp_path):
    place = tmp_path / "b"
    place.mkdir()
    with alone_in(place, "busy"):
        assert run("backup", place).exit_code == 4
    assert load_copies(data) == ()
    assert run("backup", place).exit_code == 0
    before = load_copies(data)
    with alone_in(place, "busy"), alone_at(data, "another", ""):
        assert run("backup", place).exit_code == 4
    assert load_copies(data) == before
    assert hook.messages == []


def test_a_configuration_that_cannot_be_understood_keeps_no_backup_from_being_made(run, data, hook, tmp_path):
    (data / "archiver.toml").write_text("[alerts")
    assert run("backup", tmp_path / "b").exit_code == 0
    assert "configuration" in hook.messages[0]["title"]
    assert load_copies(data)[0].outcome == "good"


def test_a_place_where_nothing_can_be_noted_keeps_no_backup_from_being_made(run, monkeypatch, tmp_path, caplog):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("archiver.commands.copying.save_copies", full)
    assert run("backup", tmp_path / "b").exit_code == 0
    assert "cannot be noted" in caplog.text


def test_the_lock_that_says_that_one_is_at_work_goes_with_its_process(data):
    with (
        alone_at(data, "backup-1", "busy"),
        pytest.raises(LockedError, match="busy"),
        alone_at(data, "backup-1", "busy"),
    ):
        pass
    with alone_at(data, "backup-1", "busy"):
        pass
