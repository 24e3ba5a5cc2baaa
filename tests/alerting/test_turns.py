"""What follows a turn of crawls, and what the printed units run: the real command, twice at once too."""

import os
import re
import shlex
import signal
import subprocess
import sys

import pytest

from archiver.commands.turns import heard_turn
from archiver.configuration import Configuration, Heartbeat
from archiver.demo import DemoPortal
from archiver.demo.responses import failure
from archiver.demo.server import serve
from tests.demo.conftest import NOW
from tests.waiting import PATIENCE, Gate, wait_until


class Turn:
    """A folder that is configured to crawl the made-up portal alone."""

    def __init__(self, folder, portal, hook):
        self.served = serve(portal)
        self.folder, self.hook = folder, hook
        (folder / "archiver.toml").write_text(
            f'[portals.demo]\nbase_url = "{self.served.base_url}"\ndelay = 0\n'
            "[portals.myhao]\nenabled = false\n[alerts]\ndisk_floor_gb = 0\n"
        )

    @property
    def environment(self):
        return os.environ | {
            "ARCHIVER_ALERT_URLS": self.hook.address(),
            "ARCHIVER_HEARTBEAT_URL": self.hook.address("/ping/6f1c-0000", scheme="http"),
        }

    def line(self, *options):
        return [sys.executable, "-m", "archiver", "crawl", "--data", str(self.folder), *options]

    def start(self, line):
        return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment)

    def run(self, *options):
        process = self.start(self.line(*options))
        out, err = process.communicate(timeout=PATIENCE)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def says_more(self):
        """As healthchecks.io hears it."""
        with (self.folder / "archiver.toml").open("a") as file:
            file.write('[heartbeat]\nstart_suffix = "/start"\nfail_suffix = "/fail"\n')

    @property
    def beats(self):
        return [path for method, path, _ in self.hook.came if method == "GET"]


@pytest.fixture
def portal(news):
    return DemoPortal(news[:20], lambda: NOW, faults=False, crawl_delay=0)


@pytest.fixture
def turn(tmp_path, portal, hook):
    made = Turn(tmp_path, portal, hook)
    yield made
    made.served.stop()


def test_a_turn_that_went_well_is_heard_and_so_is_one_with_nothing_due(turn):
    for said in ("due: demo\n", ""):
        ran = turn.run()
        assert ran.returncode == 0, ran.stderr
        assert ran.stderr == said
    assert turn.beats == ["/ping/6f1c-0000"] * 2
    assert turn.hook.messages == []


def test_a_turn_that_failed_is_told_and_not_heard(turn, portal):
    portal.respond = lambda *_: failure(503, b"")
    ran = turn.run("--log", "json")
    assert ran.returncode == 1
    assert turn.beats == []
    (message,) = turn.hook.messages
    assert "demo: the last run failed" in message["message"]
    assert "demo: the portal is out of reach" in message["message"]
    events = [line for line in ran.stderr.splitlines() if not line.startswith("{")]
    assert events == []


def test_one_that_wants_to_know_hears_the_begin_and_the_failure_too(turn, portal):
    turn.says_more()
    assert turn.run().returncode == 0
    assert turn.beats == ["/ping/6f1c-0000/start", "/ping/6f1c-0000"]
    turn.hook.came.clear()
    (turn.folder / "archive.db").write_bytes(b"no database " * 500)
    ran = turn.run()
    assert ran.returncode == 1
    assert turn.beats == ["/ping/6f1c-0000/start", "/ping/6f1c-0000/fail"], "an error of the turn is heard as well"


def test_so_is_a_turn_in_which_no_portal_was_well(turn, portal):
    turn.says_more()
    portal.respond = lambda *_: failure(503, b"")
    assert turn.run().returncode == 1
    assert turn.beats == ["/ping/6f1c-0000/start", "/ping/6f1c-0000/fail"]


def test_of_a_turn_that_was_interrupted_its_end_is_not_heard(hook, monkeypatch):
    monkeypatch.setenv("ARCHIVER_HEARTBEAT_URL", hook.address("/ping/6f1c-0000?k=1", scheme="http"))
    told = Configuration(heartbeat=Heartbeat(start_suffix="?state=run", fail_suffix="?state=fail"))
    with pytest.raises(KeyboardInterrupt), heard_turn(told):
        raise KeyboardInterrupt
    assert [path for _, path, _ in hook.came] == ["/ping/6f1c-0000?k=1&state=run"]


def test_a_heartbeat_or_a_webhook_that_fails_is_no_failure_of_the_turn(turn, portal):
    turn.hook.status = 500
    ran = turn.run()
    assert ran.returncode == 0
    assert "ERROR: the heartbeat was not heard: HTTP 500" in ran.stderr
    assert "6f1c" not in ran.stderr


def test_what_the_service_runs_may_be_run_by_hand_and_twice_at_once(turn, portal):
    gate = Gate(portal)
    gate.hold(4)
    line = [sys.executable, "-m", "archiver", "schedule", "systemd", "--data", str(turn.folder)]
    printed = subprocess.run(line, capture_output=True, text=True, check=True).stdout
    (command,) = re.findall(r"^ExecStart=(.* crawl .*)$", printed, re.MULTILINE)
    first = turn.start(["/bin/sh", "-c", f"exec {command}"])
    wait_until(gate.held.is_set, first)
    by_hand, another_turn = (turn.start(["/bin/sh", "-c", each]) for each in (f"{command} demo", command))
    for process, status in ((by_hand, 4), (another_turn, 0)):
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == status, out + err
        assert "Traceback" not in err
    first.send_signal(signal.SIGTERM)  # as systemd ends it
    gate.open()
    out, err = first.communicate(timeout=PATIENCE)
    assert "demo: interrupted" in out, out + err
    assert turn.run().returncode == 0
    assert turn.hook.messages == []
    verify = [sys.executable, "-m", "archiver", "verify", "--data", str(turn.folder)]
    assert subprocess.run(verify, check=False, capture_output=True).returncode == 0
    assert shlex.split(command)[1:] == ["crawl", "--data", str(turn.folder)]
