"""Processes that crawl side by side: made-up ones here, each misbehaving in its own way; none harms another."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from archiver.clock import SystemClock
from archiver.crawling.report import Ending, as_table, as_values, from_values
from archiver.store.runs.health import RunCheck
from archiver.supervising.child import Patience
from archiver.supervising.crew import Crew, worst
from archiver.supervising.errands import Errand
from tests.waiting import PATIENCE, wait_until

GOOD = """
import json
print(json.dumps({"portal": NAME, "status": "finished", "reason": "all", "exit_status": 0, "fetched": 3, "checks": []}))
"""
DEAF = """
import signal, time
for each in (signal.SIGINT, signal.SIGTERM):
    signal.signal(each, signal.SIG_IGN)
open(PATH, "w").close()
time.sleep(3600)
"""
BUSY = "import os, time\nopen(PATH, 'w').write(str(os.getpid()))\ntime.sleep(3600)"
LISTENS = """
import time
try:
    open(PATH, "w").close()
    time.sleep(3600)
except KeyboardInterrupt:
    print('{"portal": "listens", "status": "interrupted", "reason": "by hand", "exit_status": 1, "checks": []}')
"""
SLOW = "import os, time\nwhile not os.path.exists(PATH): time.sleep(0.02)\n" + GOOD
SHORT = Patience(beyond_deadline=0.5, after_asking=0.5)


def errand(name, program, seconds=PATIENCE, path=None):
    return Errand(name, (sys.executable, "-c", f"NAME = {name!r}\nPATH = {str(path)!r}\n{program}"), seconds)


def crew(jobs=4, told=lambda *_: None, patience=SHORT, clock=None):
    return Crew(jobs, clock or SystemClock(), told, patience)


class Late(SystemClock):
    """Stands still until a file is there: how long a process takes to begin does not count."""

    def __init__(self, file):
        self.file, self.began = file, None

    def monotonic(self):
        if self.began is None and self.file.exists():
            self.began = time.monotonic()
        return 0.0 if self.began is None else time.monotonic() - self.began


def test_one_that_does_not_listen_is_killed_and_the_others_end_as_they_should(tmp_path):
    deaf = tmp_path / "deaf"
    endings = crew(clock=Late(deaf)).work([
        errand("deaf", DEAF, 0.2, deaf), errand("good", GOOD), errand("crash", "raise SystemExit(7)"),
        errand("shot", "import os; os.kill(os.getpid(), 9)"), errand("silent", ""),
    ])  # fmt: skip
    assert deaf.exists()
    assert endings["good"] == Ending("finished", "all", (("fetched", 3),))
    assert "was killed" in endings["deaf"].reason
    assert endings["crash"].reason == "its process ended with 7: it said nothing"
    assert endings["shot"].reason == "it was killed by SIGKILL"
    assert {name for name, each in endings.items() if each.status == "failed"} == {"deaf", "crash", "shot", "silent"}
    assert worst(endings.values()) == 1


def test_no_more_than_so_many_at_a_time():
    slow = "import time; time.sleep(0.4)\n" + GOOD
    began = time.monotonic()
    assert len(crew(jobs=2).work([errand(f"town-{number}", slow) for number in range(4)])) == 4
    assert time.monotonic() - began >= 0.8


def is_alive(process):
    told = Path(f"/proc/{process}/stat")
    return told.exists() and told.read_text().rpartition(")")[2].split()[0] != "Z"


def test_what_a_process_started_ends_with_it(tmp_path):
    file = tmp_path / "busy"
    program = BUSY.replace("PATH", repr(str(file)))
    starts = f"import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', {program!r}])\n"
    waits = "while not (os.path.exists(PATH) and open(PATH).read()): time.sleep(0.02)\n"
    crew().work([errand("good", f"import os\n{starts}{waits}{GOOD}", path=file)])
    wait_until(lambda: not is_alive(file.read_text()))


def test_an_interrupt_ends_all_cleanly_and_begins_nothing(tmp_path):
    listens = tmp_path / "listens"

    def interrupt():
        wait_until(listens.exists)
        os.kill(os.getpid(), signal.SIGINT)

    ours = crew(jobs=1, patience=Patience(PATIENCE, PATIENCE))
    threading.Thread(target=interrupt, daemon=True).start()
    endings = ours.work([errand("listens", LISTENS, path=listens), errand("good", GOOD)])
    assert ours.was_interrupted
    assert list(endings) == ["listens"]
    assert endings["listens"].reason == "by hand"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_becomes_due_meanwhile_is_not_kept_waiting(monkeypatch, tmp_path):
    monkeypatch.setattr("archiver.supervising.crew.BETWEEN_QUESTIONS", 0.1)
    order, done = [], tmp_path / "good is done"

    def told(errand, *_):
        order.append(errand.portal)
        done.touch()

    slow = errand("slow", SLOW, path=done)
    endings = crew(told=told).work([slow], lambda: [] if order else [errand("good", GOOD)])
    assert order == ["good", "slow"]
    assert {each.status for each in endings.values()} == {"finished"}


def test_nor_is_it_by_a_long_one_that_was_itself_begun_meanwhile(monkeypatch):
    monkeypatch.setattr("archiver.supervising.crew.BETWEEN_QUESTIONS", 0.1)
    order = []
    first = errand("first", "import time; time.sleep(0.5)\n" + GOOD)
    slow = errand("slow", "import time; time.sleep(2)\n" + GOOD)

    def due():
        return [errand("good", GOOD)] if order == ["first"] else [slow] if not order else []

    crew(told=lambda errand, *_: order.append(errand.portal)).work([first], due)
    assert order == ["first", "good", "slow"]


@pytest.mark.parametrize(("pause", "times"), [(900, 1), (0.1, 2)])
def test_what_failed_or_was_cut_short_is_begun_again_only_after_a_while(monkeypatch, tmp_path, pause, times):
    monkeypatch.setattr("archiver.supervising.crew.BETWEEN_QUESTIONS", 0.1)
    monkeypatch.setattr("archiver.supervising.crew.BEFORE_AGAIN", pause)
    enough, asked, told = tmp_path / "enough", [], []
    waits = errand("waits", f"import os, time\nwhile not os.path.exists({str(enough)!r}): time.sleep(0.02)\n{GOOD}")
    ill = [errand("bad", "raise SystemExit(1)"), errand("cut", GOOD.replace("finished", "limited"))]

    def due():
        asked.append(1)
        if min(told.count("bad"), told.count("cut")) == times and (times > 1 or len(asked) > 3):
            enough.touch()
        return ill

    crew(told=lambda errand, *_: told.append(errand.portal)).work([waits, *ill], due)
    assert (told.count("bad") > 1, told.count("cut") > 1) == (times > 1, times > 1)


def test_trouble_with_asking_for_more_is_told_when_the_others_have_ended(monkeypatch, tmp_path):
    monkeypatch.setattr("archiver.supervising.crew.BETWEEN_QUESTIONS", 0.1)
    asked = tmp_path / "it was asked"

    def trouble():
        asked.touch()
        raise OSError("the disk is gone")

    ours = crew()
    with pytest.raises(OSError, match="the disk is gone"):
        ours.work([errand("slow", SLOW, path=asked)], trouble)
    assert ours.endings["slow"].status == "finished"


def test_a_process_that_cannot_begin_ends_no_other():
    endings = crew().work([Errand("none", ("/no/such/program",), 5), errand("good", GOOD)])
    assert endings["none"].reason.startswith("its process could not begin: ")
    assert endings["good"].status == "finished"


def test_lines_that_are_no_ending_are_passed_over():
    noise = GOOD + "\nprint('{half'); print('[1]'); print('{\"portal\": \"noisy\"}')"
    assert crew().work([errand("noisy", noise)])["noisy"].status == "finished"


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [([], 0), (["finished", "locked"], 0), (["finished", "degraded"], 3), (["degraded", "failed", "locked"], 1)],
)
def test_the_worst_end_counts(statuses, expected):
    assert worst(Ending(status, "") for status in statuses) == expected


def test_an_end_survives_being_told_as_values():
    ending = Ending("degraded", "vì", (("new articles", 3), ("fetched", 9)), (RunCheck("lists", 0.5, 1),))
    assert from_values({"portal": "demo", **as_values(ending)}) == ending
    assert "new articles" in as_table(from_values(as_values(ending)), "demo")
