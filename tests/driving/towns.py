"""Towns on loopback, crawled by the real command: each a portal of its own, some of them ill."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from archiver.demo import DemoPortal, serve, stories
from archiver.demo.responses import Response, failure, ok
from archiver.store.databases.opening import open_archive, open_captures
from tests.driving.packages import install_towns
from tests.waiting import PATIENCE

_NOW = datetime(2025, 6, 30, 8, 0, 9, tzinfo=timezone(timedelta(hours=7)))


class Calm(DemoPortal):
    """A town that is well."""

    def __init__(self, count: int = 20) -> None:
        super().__init__(stories(count), lambda: _NOW, faults=False, crawl_delay=0)


class Silent:
    """Takes every connection and never answers."""

    def respond(self, *_: object) -> Response:
        return Response(200, (), b"", delay=3600)


class Endless:
    """Every page leads to two more, for ever; `weight` is how many paragraphs each has."""

    def __init__(self, weight: int = 0) -> None:
        self.weight = weight

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Response:
        if target == "/robots.txt":
            return failure(404, b"")
        number = int(target.rpartition("-")[2].partition(".")[0] or 0) if "-" in target else 0
        links = [_link(f"/portal/muc-{2 * number + each}.aspx", "Mục") for each in (1, 2)] + [_link("/", "Trang chủ")]
        return ok(f"<html><body>{''.join(links)}{'<p>x</p>' * self.weight}</body></html>".encode())


def _link(target: str, text: str) -> str:
    return f"<p><a href='{target}'>{text}</a></p>"


class Towns:
    """The command, the towns it may crawl, and their archive."""

    def __init__(self, folder: Path, portals: Sequence[object], besides: str = "") -> None:
        self.folder, self.data = folder, folder / "data"
        self.served = [serve(portal) for portal in portals]
        self.environment = install_towns(folder, len(portals), besides)
        self.data.mkdir()
        self.started: list[subprocess.Popen[str]] = []

    def configure(self, of_each: Callable[[int], str] = lambda _: "delay = 0", of_all: str = "") -> None:
        """Towns are numbered from 1. myhao is on another network, and stays out."""
        lines = [f"[crawl]\n{of_all}\n[portals.myhao]\nenabled = false"]
        for number, served in enumerate(self.served, 1):
            lines.append(f'[portals.town-{number}]\nbase_url = "{served.base_url}"\n{of_each(number)}')
        (self.data / "archiver.toml").write_text("\n".join(lines), encoding="utf-8")

    def line(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "archiver", *words, "--data", str(self.data)]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.line(*words), env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start it and go on; whatever still runs at the end of the test is killed."""
        pipe = subprocess.PIPE
        self.started.append(
            subprocess.Popen(self.line(*words), env=self.environment, stdout=pipe, stderr=pipe, text=True)
        )
        return self.started[-1]

    def values(self, *words: str) -> dict[str, dict[str, object]]:
        """What was said of each portal."""
        ran = self.run(*words, "--json")
        told = [json.loads(line) for line in ran.stdout.splitlines()]
        assert told, ran.stderr
        return {each.get("portal", ""): each for each in told} | {"exit": {"status": ran.returncode}}

    def runs(self, town: str) -> list[tuple[str, str]]:
        """Status and reason of each run, the oldest first."""
        query = "SELECT status, finish_reason FROM crawls WHERE portal = ? ORDER BY started_at"
        return open_captures(self.data).execute(query, (town,)).fetchall()

    def articles(self, town: str) -> int:
        return open_archive(self.data).execute("SELECT count(*) FROM articles WHERE portal = ?", (town,)).fetchone()[0]

    def end(self) -> None:
        for process in self.started:
            process.kill()
            process.communicate()
        for served in self.served:
            served.stop()
