"""The made-up portal in a process of its own: `python -m bench.portal_server STORIES`.

Prints its address; then, for every line on standard input, the requests since the last such line. Ends with its input.
"""

from __future__ import annotations

import json
import sys

from archiver.demo import DemoPortal, demo_clock, serve, stories
from bench.pages import HEAVY


def main(count: int) -> None:
    """Serve until standard input ends."""
    portal = DemoPortal(stories(count), demo_clock(), faults=False, crawl_delay=0, pad_to=HEAVY)
    with serve(portal) as served:
        print(served.base_url, flush=True)
        told = 0
        for _ in sys.stdin:
            new = served.requests[told:]
            told += len(new)
            print(json.dumps([(asked.method, asked.target, asked.status) for asked in new]), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
