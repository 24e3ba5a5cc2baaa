"""Whether a page can be read without ending the program: tried in a process of its own.

A run that was killed while it read a page may have been killed by that page, or by anything else in the world: a power
cut, a person, the system. Only the first happens again. The process is this module's `main`: it takes a line of JSON
(portal, address, media type, time) and the page's bytes.
"""

from __future__ import annotations

import json
import subprocess
import sys

from archiver.clock import moment
from archiver.portals import PORTALS
from archiver.reading.page import read

_LONGEST = 60  # seconds; whoever waits longer for a page will kill the program


def survives(body: bytes, portal: str, url: str, media_type: str | None, captured_at: str) -> bool:
    """Whether reading a page leaves a process alive. An error of the reader does.

    Starting the process takes some tenths of a second. An interrupt of the program does not reach it.
    """
    order = json.dumps([portal, url, media_type, captured_at]).encode() + b"\n"
    try:
        tried = subprocess.run(
            [sys.executable, "-m", "archiver.crawling.trial"],
            input=order + body,
            capture_output=True,
            timeout=_LONGEST,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return False
    return tried.returncode >= 0


def main() -> None:
    """Read one page from the standard input, and say nothing of it."""
    portal, url, media_type, captured_at = json.loads(sys.stdin.buffer.readline())
    read(sys.stdin.buffer.read(), PORTALS[portal], url, media_type, moment(captured_at))


if __name__ == "__main__":
    main()
