"""Reading against its peers: every tool in its own process, on the same bytes, round after round."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.children import ROOT
from bench.fields import Right, ours_right, peers_right
from bench.pages import PageSet
from bench.peers import TOOLS
from bench.progress import say

Run = dict[str, Any]  # what a process printed: version, milliseconds, found

OURS = "archiver"
OURS_COLD = "archiver, caches emptied"


@dataclass(frozen=True, slots=True)
class Figures:
    """One tool on one set of pages."""

    tool: str
    version: str
    rounds: tuple[float, ...]  # of each round: milliseconds of a page, the median
    right: Right

    @property
    def milliseconds(self) -> float:
        """Of a page: the median of the rounds."""
        return median(self.rounds)


def compare(pages: PageSet, rounds: int, peers_python: Path | None) -> list[Figures]:
    """All tools in turn, so that what else the machine does meets each alike."""
    commands = _commands(pages, peers_python)
    runs: dict[str, list[Run]] = {tool: [] for tool in commands}
    for number in range(1, rounds + 1):
        for tool, command in commands.items():
            say(f"reading {pages.name}, round {number} of {rounds}: {tool}")
            runs[tool].append(_run(command))
    return [_figures(tool, commands[tool], pages, made) for tool, made in runs.items()]


def _commands(pages: PageSet, peers_python: Path | None) -> dict[str, list[str]]:
    ours = [sys.executable, "-m", "bench.our_reader", str(pages.folder)]
    commands = {OURS: ours, OURS_COLD: [*ours, "--cold"]}
    if peers_python is not None:
        commands |= {tool: _peer(peers_python, tool, pages) for tool in TOOLS}
    return commands


def _peer(python: Path, tool: str, pages: PageSet) -> list[str]:
    return [str(python), "-W", "ignore", "-m", "bench.peers", tool, str(pages.folder)]


def _run(command: Sequence[str]) -> Run:
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    run: Run = json.loads(ran.stdout)
    return run


def _figures(tool: str, command: Sequence[str], pages: PageSet, runs: Sequence[Run]) -> Figures:
    judge = peers_right if tool in TOOLS else ours_right
    right = judge(pages, runs[-1]["found"])
    if right["day"] is not None:
        right["day, undated address"] = judge(pages, _run([*command, "--undated"])["found"])["day"]
    return Figures(tool, runs[-1]["version"], tuple(median(run["milliseconds"]) for run in runs), right)
