"""Crawls of the made-up portal: within the process and without a network, or as the real command on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.demo import DemoPortal, Served, serve, stories
from tests.demo.conftest import NOW
from tests.driving.visitor import SLOW, Looking, Visitor
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def news():
    return stories(60)


@pytest.fixture
def calm(news):
    """A portal without faults."""
    return DemoPortal(news, lambda: NOW, faults=False)


@pytest.fixture
def visitor(calm, tmp_path):
    return Visitor(calm, tmp_path)


@pytest.fixture
def faulty(tmp_path):
    """Who visits the whole portal, faults and traps included."""
    return Visitor(DemoPortal(stories(), lambda: NOW, slow_seconds=SLOW + 1), tmp_path)


class Command(Looking):
    """The real command, in its own process, against a portal on loopback."""

    program = ("-m", "archiver")

    def __init__(self, served: Served, folder: Path) -> None:
        self.served = served
        self.folder = folder
        self.started: list[subprocess.Popen[str]] = []

    def line(self, *options: str) -> list[str]:
        return [sys.executable, *self.program, "crawl", "demo", "--base-url", self.served.base_url, "--data",
                str(self.folder), "--delay", "0", "--recheck", "none", *options]  # fmt: skip

    def run(self, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.line(*options),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            env=os.environ | environment,
        )

    def start(self, *options: str) -> subprocess.Popen[str]:
        """Start it and go on; whatever still runs at the end of the test is killed."""
        self.started.append(
            subprocess.Popen(self.line(*options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        )
        return self.started[-1]

    def end(self) -> None:
        for process in self.started:
            process.kill()
            process.communicate()
        self.served.stop()

    def values(self, *options: str) -> dict[str, object]:
        ran = self.run("--json", *options)
        assert ran.stdout, ran.stderr
        return json.loads(ran.stdout)


@pytest.fixture
def command(tmp_path):
    """Serves a portal until the test ends, and runs the command against it."""
    commands = []

    def against(portal: DemoPortal) -> Command:
        commands.append(Command(serve(portal), tmp_path / "data"))
        return commands[-1]

    yield against
    for each in commands:
        each.end()
