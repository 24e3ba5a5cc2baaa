"""A real pywb, in an environment of its own, on loopback: what our files are replayed by, and a web archive to ask."""

import json
import os
import socket
import subprocess
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from tests.crawling.conftest import ROOT

BIN = ROOT / ".venv-pywb" / "bin"


class _Stays(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Pywb:
    """Serves WARC files as the collection `towns`."""

    def __init__(self, folder: Path, *files: Path) -> None:
        if not (BIN / "wayback").exists():
            raise RuntimeError("pywb is not set up: make .venv-pywb/.ready")
        self.folder = folder
        self._manage("init", "towns")
        self._manage("add", "towns", *map(str, files))
        self.port = _free_port()
        self.log = (folder / "pywb.log").open("wb")
        line = [BIN / "wayback", "--port", str(self.port), "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(
            line, cwd=folder, stdout=self.log, stderr=self.log, env=_environment(), start_new_session=True
        )
        self._wait()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/towns"

    @property
    def index(self) -> list[dict[str, str]]:
        """What pywb found in the files."""
        lines = (self.folder / "collections/towns/indexes/index.cdxj").read_text(encoding="utf-8").splitlines()
        found = []
        for line in lines:
            key, at, values = line.split(" ", 2)
            found.append({"urlkey": key, "timestamp": at, **json.loads(values)})
        return found

    def replay(self, timestamp: str, url: str, form=None) -> tuple[int, bytes]:
        """Status and body of a capture, as it was captured."""
        request = Request(f"{self.url}/{timestamp}id_/{url}", data=urlencode(form).encode() if form else None)
        try:
            with build_opener(_Stays).open(request, timeout=20) as answer:
                return answer.status, answer.read()
        except HTTPError as error:
            with error:
                return error.code, error.read()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()

    def _manage(self, *line: str) -> None:
        ran = subprocess.run(
            [BIN / "wb-manager", *line],
            cwd=self.folder,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr

    def _wait(self) -> None:
        for _ in range(300):
            assert self.process.poll() is None, (self.folder / "pywb.log").read_text()
            try:
                with build_opener().open(f"{self.url}/cdx?url=nothing.example&output=json", timeout=5):
                    return
            except HTTPError as error:
                error.close()
                return
            except (URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError("pywb does not answer")


def _environment() -> dict[str, str]:
    """pywb's environment knows nothing of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
