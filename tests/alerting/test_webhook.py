"""`archiver alert` in a process of its own, and a webhook that it tells, on loopback."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from archiver.alerting.heartbeat import beat
from archiver.alerting.messages import Message
from archiver.alerting.said import FILE
from archiver.alerting.sending import send
from archiver.clock import stamp
from archiver.demo import DemoPortal, stories
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor
from tests.waiting import PATIENCE, wait_until

CONFIGURATION = """
[portals.demo]
base_url = "http://127.0.0.1:9"
[portals.myhao]
enabled = false
[alerts]
disk_floor_gb = 0
"""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crawled")
    Visitor(DemoPortal(stories(20), lambda: NOW, faults=False), folder).crawl()
    return folder


class Archive:
    """An archive whose last run can be made good or bad, and whoever looks after it."""

    def __init__(self, folder, to):
        self.folder, self.to = folder, to
        (folder / "archiver.toml").write_text(CONFIGURATION)
        self.ran("finished")

    def ran(self, status, reason="so it was", checks=()):
        kept = json.dumps([{"name": name, "value": 0, "floor": 1, "passed": 0} for name in checks])
        with closing(sqlite3.connect(self.folder / "captures.db", isolation_level=None)) as db:
            at = stamp(datetime.now(UTC) - timedelta(hours=1))
            db.execute(
                "UPDATE crawls SET status = ?, finish_reason = ?, checks = ?, started_at = ?",
                (status, reason, kept, at),
            )

    def line(self, *options):
        return [sys.executable, "-m", "archiver", "alert", "--data", str(self.folder), *options]

    @property
    def environment(self):
        return os.environ | {"ARCHIVER_ALERT_URLS": " ".join(self.to)}

    def look(self, *options):
        return subprocess.run(
            self.line(*options), capture_output=True, text=True, check=False, env=self.environment, timeout=PATIENCE
        )


@pytest.fixture
def archive(crawled, tmp_path, hook):
    for file in crawled.glob("*.db"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return Archive(tmp_path, [hook.address()])


def test_it_tells_once_again_when_it_changes_and_when_it_is_well(archive, hook):
    assert archive.look().returncode == 0
    assert hook.messages == []
    archive.ran("degraded", "it did not see what a good run sees: home page is well", ["home page is well"])
    for _ in range(2):
        ran = archive.look()
        assert ran.returncode == 3, ran.stderr
    (first,) = hook.messages
    assert "demo: the last run is degraded" in first["title"]
    assert "home page is well: 0, at least 1" in first["message"]
    assert f"archiver status --data {archive.folder}" in first["message"]
    archive.ran("failed", "https://anthuan.example/ does not answer (HTTP 503)")
    for _ in range(2):
        assert archive.look().returncode == 3
    assert "Changed: demo: the last run failed" in hook.messages[1]["message"]
    archive.ran("finished")
    for _ in range(2):
        assert archive.look().returncode == 0
    assert "Well again: demo: the last run saw" in hook.messages[2]["message"]
    assert len(hook.messages) == 3


def test_one_who_cannot_be_told_is_told_later_and_keeps_nobody_from_it(archive, hook):
    archive.to = ["json://127.0.0.1:9/hook/KH0NG-ai-nghe", hook.address(), hook.address("/hook/TH2-bi-mat")]
    archive.ran("failed", "the disk is full")
    hook.status = 500
    ran = archive.look()
    assert ran.returncode == 1
    assert len(hook.messages) == 2
    hook.status = 200
    ran = archive.look("--log", "json")
    assert ran.returncode == 1
    assert len(hook.messages) == 4
    (event,) = [json.loads(line) for line in ran.stderr.splitlines()]
    assert event["level"] == "error"
    assert event["event"].startswith("address 1 (json) could not be told, and will be at the next look: ")
    for shown in (ran.stdout, ran.stderr, (archive.folder / FILE).read_text()):
        assert "KH0NG" not in shown
        assert "T0K3N" not in shown
    archive.to = archive.to[1:]
    assert archive.look().returncode == 3
    assert len(hook.messages) == 4


def test_a_kill_between_telling_and_noting_loses_nothing(archive, hook):
    archive.ran("failed", "the disk is full")
    hook.may_answer.clear()
    process = subprocess.Popen(archive.line(), env=archive.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_until(lambda: hook.came, process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    hook.may_answer.set()
    assert archive.look().returncode == 3
    assert len(hook.messages) == 2, "once more than needed, and not once less"
    archive.look()
    assert len(hook.messages) == 2


def test_two_at_once_tell_once(archive, hook):
    archive.ran("failed", "the disk is full")
    both = [
        subprocess.Popen(archive.line(), env=archive.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for each in both:
        each.communicate(timeout=PATIENCE)
    assert [each.returncode for each in both] == [3, 3]
    assert len(hook.messages) == 1


def test_a_dry_run_says_it_and_tells_nobody(archive, hook):
    archive.ran("failed", "the disk is full")
    ran = archive.look("--dry-run")
    assert ran.returncode == 3
    assert "demo: the last run failed" in ran.stdout
    assert not hook.came
    assert not (archive.folder / FILE).exists()


def test_a_test_is_sent_and_noted_nowhere(archive, hook):
    ran = archive.look("--test")
    assert ran.returncode == 0, ran.stderr
    assert hook.messages[0]["title"].endswith(": a test")
    assert not (archive.folder / FILE).exists()
    archive.to = ["khongco://x"]
    ran = archive.look("--test")
    assert ran.returncode == 1
    assert "no address that Apprise knows" in ran.stdout
    archive.to = []
    assert "ARCHIVER_ALERT_URLS holds no address" in archive.look("--test").stderr


def test_what_is_wrong_is_said_though_nobody_is_to_be_told(archive):
    archive.to = []
    archive.ran("failed", "the disk is full")
    ran = archive.look()
    assert ran.returncode == 3
    assert "nobody is told" in ran.stderr
    assert "demo: the last run failed" in ran.stdout


def test_an_archive_that_cannot_be_opened_is_told_of(archive, hook):
    (archive.folder / "archive.db").write_bytes(b"no database " * 500)
    assert archive.look().returncode == 3
    assert "the archive cannot be opened" in hook.messages[0]["title"]


def test_an_archive_that_is_not_there_is_told_of(archive, hook):
    """As where its disk is not mounted."""
    archive.folder /= "mnt"
    ran = archive.look()
    assert ran.returncode == 3, ran.stderr
    assert "there is no archive in" in hook.messages[0]["message"]
    assert archive.look().returncode == 3
    assert len(hook.messages) == 1


def test_a_configuration_that_cannot_be_understood_is_told_of(archive, hook):
    """Nothing else would: neither a crawl nor a look at the archive begins without it."""
    archive.ran("failed", "the disk is full")
    archive.look()
    file = archive.folder / "archiver.toml"
    file.write_text("[crawl")
    for _ in range(2):
        ran = archive.look()
        assert ran.returncode == 3, ran.stderr
    assert len(hook.messages) == 2
    assert "the configuration cannot be understood" in hook.messages[1]["title"]
    assert f"archiver config check --data {archive.folder}" in hook.messages[1]["message"]
    file.write_text(CONFIGURATION)
    archive.look()
    assert [each["title"].rpartition(": ")[2] for each in hook.messages[2:]] == ["well again"]
    assert "the last run" not in hook.messages[2]["message"], "of what could not be looked at, nothing is well again"


def test_what_is_too_long_for_a_service_is_told_in_parts(hook):
    """On the day when everything is out of reach, much is to be told at once."""
    what = Message(
        "200 things are wrong", "\n\n".join(f"town-{number}: out of reach{'.' * 60}" for number in range(200))
    )
    sent = send(f"ntfy://127.0.0.1:{hook.server_port}/chu-de", 1, what)
    assert sent.complaint is None
    parts = [body.decode() for _, _, body in hook.came]
    assert len(parts) > 1
    assert all(len(each) < 8000 for each in parts)
    assert all(f"town-{number}:" in "".join(parts) for number in range(200))


def test_whom_to_tell_is_read_in_a_configuration_that_is_wrong_elsewhere(archive, hook):
    (archive.folder / "archiver.toml").write_text('[alerts]\nurls_env = "OTHERS"\n[crawl]\njobs = 0')
    ran = subprocess.run(
        archive.line(), env=archive.environment | {"OTHERS": hook.address("/others")}, check=False, capture_output=True
    )
    assert ran.returncode == 3
    assert [path for _, path, _ in hook.came] == ["/others"]


@pytest.mark.parametrize("refused", [".alerts.json.new", ".lock-of-alerts", FILE])
def test_a_folder_in_which_nothing_can_be_noted_keeps_nobody_from_being_told(archive, hook, refused):
    """As on a full disk, on one that the system has made read-only, or where root was here before."""
    (archive.folder / refused).mkdir()
    archive.to.append(hook.address("/hook/th2-bi-mat-2026"))
    archive.ran("failed", "the disk is full")
    ran = archive.look()
    assert ran.returncode == 3, ran.stderr
    assert len(hook.messages) == 2
    assert "ERROR" in ran.stderr or "WARNING" in ran.stderr


@pytest.mark.parametrize(("status", "complaint"), [(200, None), (404, "HTTP 404"), (503, "HTTP 503")])
def test_the_heartbeat_asks_its_address(hook, status, complaint):
    hook.status = status
    assert beat(hook.address("/ping/6f1c-0000", scheme="http")) == complaint
    assert {(method, path) for method, path, _ in hook.came} == {("GET", "/ping/6f1c-0000")}


def test_a_heartbeat_that_nobody_hears_shows_no_address():
    complaint = beat("http://127.0.0.1:9/ping/6f1c-0000-bi-mat")
    assert "refused" in complaint
    assert "6f1c" not in complaint


def test_a_heartbeat_that_says_more_shows_no_address_either():
    complaint = beat("http://127.0.0.1:9/ping/6f1c-0000-bi-mat", "/fail")
    assert "refused" in complaint
    assert "6f1c" not in complaint
    assert beat("http://[::1/ping", "/fail").startswith("its address is none")
