"""The drill: a crawl is backed up while it runs, its machine is lost, and from the backup all goes on as if it had not been."""

import json
import random
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from archiver.backups.places import backups_in
from archiver.cli import main
from archiver.demo import DemoPortal, stories
from archiver.store.databases.opening import open_archive
from archiver.store.rebuild.canonical import rows
from tests.backups.conftest import add_capture, all_rows, made
from tests.crawling.conftest import command  # noqa: F401  a fixture
from tests.crawling.test_kill import captured
from tests.demo.conftest import NOW
from tests.waiting import PATIENCE, Gate, wait_until


def portal():
    return DemoPortal(stories(60), lambda: NOW, faults=False)


def archiver(*line):
    """A command that ends well; what it printed, read as JSON."""
    ran = CliRunner().invoke(main, [*map(str, line), "--json"])
    assert ran.exit_code == 0, ran.output
    return [json.loads(each) for each in ran.stdout.splitlines()]


def canonical(folder):
    archive = open_archive(folder)
    found = list(rows(archive))
    archive.close()
    return found


def test_a_crawl_goes_on_from_a_backup_as_if_nothing_had_been_lost(command, tmp_path):  # noqa: F811
    whole = command(portal())
    whole.folder = tmp_path / "whole"
    whole.values()
    run = command(portal())
    gate = Gate(run.served.portal)
    gate.hold(100)  # it cannot come to its end before it is killed
    crawl = run.start()
    for goal in (10, 40, 70):
        wait_until(lambda goal=goal: captured(run.folder) >= goal, crawl)
        (backed_up,) = archiver("backup", tmp_path / "backups", "--data", run.folder)
        assert crawl.poll() is None, "it was backed up while it ran"
        assert backed_up["rows"]["captures"] >= goal
        assert backed_up["added"]["captures"] < backed_up["rows"]["captures"] or goal == 10
    crawl.kill()
    crawl.communicate()
    gate.open()

    new = tmp_path / "new"
    restored = archiver("restore", "--from", tmp_path / "backups", "--data", new)[-1]
    assert restored["rows"] == backed_up["rows"]
    assert archiver("verify", "--deep", "--data", new)[-1]["faults"] == 0

    run.folder = new
    run.values()
    assert run.rows() == whole.rows()
    archiver("backup", tmp_path / "backups", "--data", new)
    archiver("restore", "--from", tmp_path / "backups", "--data", tmp_path / "newest")
    assert canonical(tmp_path / "newest") == whole.rows()
    assert archiver("verify", "--backup", tmp_path / "backups", "--data", new)[-1]["faults"] == 0


def wait_for_making(process, folder):
    """When it began to make a backup, in seconds of the machine's own clock."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and not list(folder.glob(".making-*")) and time.monotonic() < deadline:
        time.sleep(0.001)
    return time.monotonic()


def test_whenever_a_backup_is_killed_the_earlier_one_is_whole_and_the_next_comes_about(data, tmp_path, clock):
    folder = tmp_path / "backups"
    first = made(data, folder, clock).backup
    dice, seed = random.Random(), random.randrange(10**6)
    dice.seed(seed)
    print(f"seed {seed}")
    line = [sys.executable, "-m", "archiver", "backup", str(folder), "--data", str(data), "--json"]
    cut_short, lasts = 0, 0.0  # seconds that the making of a backup takes here, learnt from one that was not cut short
    for number in range(6):
        add_capture(data, f"lần {number}", f"2025-07-03T0{number}:00:00.000000Z")
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        begun = wait_for_making(process, folder)
        if number == 0:
            process.communicate()
            lasts = time.monotonic() - begun
        time.sleep(dice.random() * lasts * (number > 1))  # the second dies at once
        process.kill()
        process.communicate()
        cut_short += process.returncode != 0
        assert all(archiver("verify", "--backup", each.folder)[-1]["faults"] == 0 for each in backups_in(folder)[-1:])
    print(f"{cut_short} of 6 were cut short")
    assert cut_short
    archiver("backup", folder, "--data", data)
    assert first.name in [each.name for each in backups_in(folder)]
    archiver("restore", "--from", folder, "--data", tmp_path / "new")
    assert all_rows(tmp_path / "new") == all_rows(data)


@pytest.mark.parametrize("step", range(10))
def test_a_restore_that_is_cut_short_loses_nothing(data, tmp_path, clock, monkeypatch, step):
    """It dies before each of the moves and flushes in turn: what stood there is whole, here or aside, and can be had."""
    from archiver.backups import restoring
    from archiver.backups.restoring import Order, restore_backup

    backup = made(data, tmp_path / "backups", clock).backup
    good = all_rows(data)
    add_capture(data, "chỉ ở đây")
    newer = all_rows(data)
    calls = {"left": step}

    def dying(real):
        def call(*rest):
            calls["left"] -= 1
            if calls["left"] < 0:
                raise KeyboardInterrupt
            return real(*rest)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(restoring, "sync", dying(restoring.sync))
        patched.setattr(type(data), "replace", dying(type(data).replace))
        try:
            restore_backup(Order(backup, data, force=True), clock, lambda *_: None)
        except KeyboardInterrupt:
            died = True
        else:
            died = False
    assert died == (step < 9)
    kept = [place for place in (data, *data.glob("replaced-*")) if (place / "captures.db").exists()]
    found = [captured_rows(place) for place in kept]
    assert captured_rows_of(newer) in found
    again = restore_backup(Order(backup, data, force=True), clock, lambda *_: None)
    assert again.is_done
    assert all_rows(data) == good


def captured_rows(folder):
    from archiver.store.databases.opening import open_captures

    captures = open_captures(folder)
    found = sorted(captures.execute("SELECT capture_key FROM captures").fetchall())
    captures.close()
    return found


def captured_rows_of(told):
    return sorted((row[0],) for row in told[0]["captures"])
