"""`python -m archiver.demo`: serve the made-up portal until interrupted."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from signal import SIGINT, SIGTERM, signal
from threading import Event

from archiver.demo.clock import demo_clock
from archiver.demo.news import stories
from archiver.demo.portal import DemoPortal
from archiver.demo.server import serve


def options(arguments: Sequence[str] | None = None) -> Namespace:
    """The command line."""
    parser = ArgumentParser(prog="python -m archiver.demo", description="Serve a made-up portal on loopback.")
    parser.add_argument("--port", type=int, default=8075, help="0 takes a free one (default: 8075)")
    parser.add_argument("--count", type=int, default=160, help="how many stories (default: 160)")
    parser.add_argument("--seed", type=int, default=2021, help="another seed, other news (default: 2021)")
    parser.add_argument("--no-faults", action="store_true", help="every address answers well at once")
    parser.add_argument("--pad-to", type=int, metavar="BYTES", help="make pages about so heavy")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM."""
    asked = options(arguments)
    ended = Event()
    for number in (SIGINT, SIGTERM):
        signal(number, lambda *_: ended.set())
    news = stories(asked.count, asked.seed)
    portal = DemoPortal(news, demo_clock(), faults=not asked.no_faults, seed=asked.seed, pad_to=asked.pad_to)
    with serve(portal, asked.port) as served:
        print(served.base_url, flush=True)
        ended.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
