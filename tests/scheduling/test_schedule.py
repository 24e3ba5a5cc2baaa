"""What `archiver schedule` prints, as those read it for whom it is meant."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from archiver.cli import main
from archiver.configuration.sections import Pace
from archiver.scheduling import container, cron, systemd
from archiver.scheduling.plan import EVERY, Plan
from tests.crawling.conftest import ROOT

ODD = 'lưu trữ 100% "$HOME"'  # a folder's name that each of them reads otherwise, if it may
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")


@pytest.fixture
def printed(tmp_path):
    def run(way, *options, data="data"):
        line = ["schedule", way, "--data", tmp_path / data, "--user", "luutru", "--json", *options]
        result = CliRunner().invoke(main, [str(word) for word in line])
        assert result.exit_code == 0, result.output
        files = [json.loads(each) for each in result.output.splitlines()]
        return {each["place"]: each["text"] for each in files}

    return run


def units(files):
    return {Path(place).name: text for place, text in files.items() if place.startswith("/etc/systemd/system/")}


def values(unit, name):
    return re.findall(rf"^{name}=(.*)$", unit, re.MULTILINE)


@needs_systemd
@pytest.mark.parametrize("data", ["data", ODD])
def test_systemd_understands_every_line_of_its_units(printed, tmp_path, data):
    files = units(printed("systemd", "--backup", tmp_path / "sao lưu", "--snapshots", tmp_path / "s", data=data))
    assert len(files) == 8
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in files]
    ran = subprocess.run(["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")
    (tmp_path / "archiver-alert.service").write_text(files["archiver-alert.service"] + "ProtectSystem=sometimes\n")
    ran = subprocess.run(["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, check=False)
    assert "sometimes" in ran.stderr, "it would have been said"


@needs_systemd
@pytest.mark.parametrize("job", ["crawl", "alert", "snapshot", "backup"])
def test_its_services_are_fenced_in(tmp_path, job):
    """0 would be no access to anything, 10 no fence at all: `--threshold` counts tenths. Its own word is OK."""
    plan = Plan(("/opt/archiver/archiver",), Path("/srv/a"), "luutru", Path("/etc/a.env"), backup=Path("/mnt/b"))
    (of_job,) = (each for each in plan.jobs if each.name == job)
    unit = tmp_path / f"archiver-{job}.service"
    unit.write_text(systemd.service(plan, of_job))
    line = ["systemd-analyze", "security", "--offline=true", "--threshold=11", "--no-pager", str(unit)]
    ran = subprocess.run(line, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-300:] + ran.stderr
    line[3] = "--threshold=1"
    assert subprocess.run(line, capture_output=True, check=False).returncode != 0, "it measures"


def test_a_unit_says_where_it_works_and_with_what(printed, tmp_path):
    files = printed("systemd", "--config", tmp_path / "kho.toml", "--environment", "/etc/kho.env")
    crawl = files["/etc/systemd/system/archiver-crawl.service"]
    program = Path(sys.executable).with_name("archiver")
    data = tmp_path / "data"
    assert values(crawl, "ExecStart") == [f"{program} crawl --data {data} --config {tmp_path / 'kho.toml'}"]
    assert values(crawl, "User") == ["luutru"]
    assert values(crawl, "WorkingDirectory") == values(crawl, "ReadWritePaths") == values(crawl, "RequiresMountsFor")
    assert values(crawl, "WorkingDirectory") == [str(data)]
    assert values(crawl, "EnvironmentFile") == ["/etc/kho.env"]
    assert values(crawl, "SuccessExitStatus") == ["4"]
    assert values(crawl, "OnFailure") == ["archiver-alert.service"]
    assert values(crawl, "PrivateTmp") == ["no"], "the archive would not be there: tests stand in /tmp"
    timer = files["/etc/systemd/system/archiver-crawl.timer"]
    assert values(timer, "Persistent") == ["true"]
    assert values(timer, "RandomizedDelaySec") == ["1min"]
    assert "/etc/kho.env" in files


def test_turns_come_often_enough_for_portals_that_are_due_often():
    shortest, begun = Pace().shortest_interval, [timedelta()]
    for tick in (number * timedelta(minutes=EVERY) for number in range(100)):
        if tick >= begun[-1] + shortest:  # counted from when the run began, some seconds after its tick
            begun.append(tick + timedelta(seconds=10))
    assert max(later - sooner for sooner, later in pairwise(begun)) <= shortest * 4 / 3


def test_homes_are_hidden_unless_something_stands_there():
    def plan(**given):
        return Plan(
            **{"program": ("/opt/a",), "folder": Path("/srv/a"), "user": "a", "environment": Path("/etc/a")} | given
        )

    def homes(given):
        return values(systemd.service(given, given.jobs[0]), "ProtectHome")

    assert homes(plan()) == ["yes"]
    assert homes(plan(folder=Path("/home", "an"))) == ["read-only"]
    assert homes(plan(program=(str(Path("/root", "archiver")),))) == ["read-only"]


@pytest.mark.parametrize("data", ["data", ODD])
def test_cron_runs_what_is_meant(printed, tmp_path, data):
    """As cron does: the line without its times and user, %s freed, by sh and with next to no environment."""
    (tmp_path / data).mkdir()
    environment = tmp_path / "bien moi truong"
    environment.write_text("ARCHIVER_CONTACT='an&b@example.org'\n")
    table = printed("cron", "--environment", environment, data=data)["/etc/cron.d/archiver"]
    seen = tmp_path / "seen"
    program = tmp_path / "program"
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$ARCHIVER_CONTACT" "$PWD" "$@" >{seen}\nexit "$(cat {tmp_path}/status)"\n'
    )
    program.chmod(0o755)
    table = table.replace(str(Path(sys.executable).with_name("archiver")), str(program))
    table = table.replace(str(cron.LOGS), str(tmp_path))
    (line,) = [each for each in table.splitlines() if " luutru cd " in each and " crawl " in each]
    command = line.split(" luutru ", 1)[1].replace(r"\%", "%")
    for status, mailed in ((0, ""), (4, ""), (1, "archiver crawl ended with 1")):
        (tmp_path / "status").write_text(str(status))
        ran = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False, env={"HOME": "/"})
        assert ran.stderr == ""
        assert ran.stdout.startswith(mailed)
        assert bool(ran.stdout) == bool(mailed)
        assert seen.read_text().splitlines() == [
            "an&b@example.org",
            str(tmp_path / data),
            "crawl",
            "--data",
            str(tmp_path / data),
        ]
    assert "flock" in table
    assert "MAILTO=" in table
    assert re.search(r"^\d+-59/5 \* \* \* \* luutru ", table, re.MULTILINE)


def test_the_compose_file_says_the_same(printed, tmp_path):
    files = printed("container", "--backup", tmp_path / "b", "--config", tmp_path / "kho.toml", data=ODD)
    told = yaml.safe_load(files[f"{ROOT}/compose.yaml"])
    assert set(told["services"]) == {"crawl", "alert", "snapshot", "backup"}
    for service in told["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["env_file"] == "/etc/archiver.env"
    crawl = told["services"]["crawl"]
    assert crawl["command"] == [
        "turns",
        "300",
        "archiver",
        "crawl",
        "--data",
        "/data",
        "--config",
        "/etc/archiver.toml",
    ]
    assert crawl["volumes"][0].replace("$$", "$") == f"{tmp_path / ODD}:/data"
    backup = told["services"]["backup"]
    assert backup["command"][2:5] == ["archiver", "backup", "/backup"]
    assert backup["volumes"][1] == f"{tmp_path / 'b'}:/backup"


@pytest.fixture
def context(printed, tmp_path):
    """The Containerfile's instructions, and a folder of what is sent to the builder: what .dockerignore lets through."""
    files = printed("container")
    folder = tmp_path / "context"
    folder.mkdir()
    allowed = [line[1:] for line in files[f"{ROOT}/.dockerignore"].splitlines() if line.startswith("!")]
    for name in allowed:
        if name == "turns.sh":
            (folder / name).write_text(files[f"{ROOT}/{name}"])
        elif (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    text = files[f"{ROOT}/Containerfile"].replace("\\\n", " ")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    return [(instruction, rest) for instruction, rest in lines], folder


def test_the_containerfile_is_made_of_instructions_and_copies_what_is_sent(context):
    instructions, folder = context
    known = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "HEALTHCHECK", "CMD"}
    assert {name for name, _ in instructions} == known
    assert instructions[0] == ("FROM", "docker.io/library/python:3.13-slim")
    copied = [
        name
        for instruction, rest in instructions
        if instruction == "COPY"
        for name in [word for word in rest.split() if not word.startswith("--")][:-1]
    ]
    assert sorted(copied) == sorted(each.name for each in folder.iterdir()), "what is sent is what is copied"
    assert [rest for name, rest in instructions if name == "USER"] == ["archiver"]
    checks = [rest for name, rest in instructions if name in ("HEALTHCHECK", "CMD")]
    assert json.loads(checks[0][checks[0].index("[") :]) == ["archiver", "status", "--data", "/data", "--json"]
    assert json.loads(checks[1]) == ["turns", str(EVERY * 60), "archiver", "crawl", "--data", "/data"]
    for rest in (rest for name, rest in instructions if name == "RUN"):
        assert subprocess.run(["/bin/sh", "-n", "-c", rest], check=False).returncode == 0


def test_what_is_copied_can_be_installed_as_the_containerfile_does(context, tmp_path):
    """With what requirements.lock brings, and no more: no index is asked."""
    instructions, folder = context
    assert re.search(r"^setuptools==", (folder / "requirements.lock").read_text(), re.MULTILINE)
    (command,) = (rest for name, rest in instructions if name == "RUN" and "--no-build-isolation" in rest)
    line = [sys.executable, "-m", *command.replace(".venv/bin/pip", "pip").split()]
    target = tmp_path / "installed"
    ran = subprocess.run(
        [*line, "--quiet", "--no-index", "--target", str(target)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr

    def all_of(package):
        return {each.relative_to(package) for each in package.rglob("*") if each.is_file() and each.suffix != ".pyc"}

    assert all_of(target / "archiver") == all_of(folder / "archiver")


class TestTurns:
    @pytest.fixture
    def turns(self, tmp_path):
        script = tmp_path / "turns.sh"
        script.write_text(container.TURNS)
        started = []

        def start(*line):
            started.append(
                subprocess.Popen(
                    ["/bin/sh", str(script), *line], stdout=subprocess.PIPE, text=True, start_new_session=True
                )
            )
            return started[-1]

        yield start
        for each in started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(each.pid, signal.SIGKILL)
            each.communicate()

    def test_one_that_fails_is_followed_by_the_next(self, turns):
        process = turns("0", "sh", "-c", "echo turn; exit 3")
        assert [process.stdout.readline() for _ in range(3)] == ["turn\n"] * 3

    def test_its_end_waits_for_that_of_a_turn(self, turns, tmp_path):
        process = turns("60", "sh", "-c", "trap 'echo ended; exit' TERM; echo began; while :; do sleep 0.05; done")
        assert process.stdout.readline() == "began\n"
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=10)[0] == "ended\n"
        assert process.returncode == 0

    def test_nor_does_a_pause_hold_it_up(self, turns):
        process = turns("60", "echo", "turn")
        assert process.stdout.readline() == "turn\n"
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)
        assert process.returncode == 0


@pytest.mark.parametrize("way", ["systemd", "cron", "container"])
def test_what_is_printed_says_what_to_do_with_it(tmp_path, way):
    result = CliRunner().invoke(main, ["schedule", way, "--data", str(tmp_path), "--user", "luutru"])
    assert result.exit_code == 0
    assert "# ===== /etc/archiver.env =====" in result.output
    assert "ARCHIVER_ALERT_URLS=''" in result.output
    assert "By hand" in result.output or "What happens" in result.output
    folder = tmp_path / "files"
    CliRunner().invoke(main, ["schedule", way, "--data", str(tmp_path), "--to", str(folder)])
    assert (folder / "etc" / "archiver.env").exists()
    assert sum(each.is_file() for each in folder.rglob("*")) == result.output.count("# ===== ")


@pytest.mark.parametrize(
    ("option", "value"),
    [("--user", "a\nExecStart=/bin/false"), ("--user", "-x"), ("--backup", "/srv/a\nb"), ("--data", "a\x1b[2J")],
)
def test_what_would_begin_a_line_of_its_own_is_refused(option, value):
    for way in ("systemd", "cron", "container"):
        result = CliRunner().invoke(main, ["schedule", way, option, value])
        assert result.exit_code == 2
        assert option in result.output


def test_whoever_has_no_name_is_called_as_the_user_that_is_proposed(monkeypatch):
    def nameless():
        raise KeyError("getpwuid(): uid not found: 4242")

    monkeypatch.setattr("getpass.getuser", nameless)
    result = CliRunner().invoke(main, ["schedule", "systemd"])
    assert result.exit_code == 0
    assert "User=archiver\n" in result.output


def test_nothing_committed_names_a_place_of_this_machine():
    for file in (ROOT / "archiver" / "scheduling").glob("*.py"):
        assert str(ROOT) not in file.read_text(encoding="utf-8")
