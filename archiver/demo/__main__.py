"""`python -m archiver.demo`: serve the made-up portal until interrupted."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from signal import SIGINT, SIGTERM, signal
from threading import Event

from archiver.demo.clock import demo_clock
from archiver.demo.dressed import DressedPortal
from archiver.demo.dresses import DRESSES
from archiver.demo.news import stories
from archiver.demo.portal import DemoPortal
from archiver.demo.server import Answering, serve

FIRST = "tandan"  # the dress that the portal wears unless told otherwise


def options(arguments: Sequence[str] | None = None) -> Namespace:
    """The command line."""
    parser = ArgumentParser(prog="python -m archiver.demo", description="Serve a made-up portal on loopback.")
    parser.add_argument("--port", type=int, default=8075, help="0 takes a free one (default: 8075)")
    parser.add_argument("--count", type=int, default=160, help="how many stories (default: 160)")
    parser.add_argument("--seed", type=int, default=2021, help="another seed, other news (default: 2021)")
    parser.add_argument(
        "--dress",
        choices=(FIRST, *DRESSES),
        default=FIRST,
        help=f"the platform whose markup is worn (default: {FIRST})",
    )
    parser.add_argument("--no-faults", action="store_true", help="every address answers well at once")
    parser.add_argument("--pad-to", type=int, metavar="BYTES", help=f"make pages of {FIRST} about so heavy")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM."""
    asked = options(arguments)
    ended = Event()
    for number in (SIGINT, SIGTERM):
        signal(number, lambda *_: ended.set())
    news = stories(asked.count, asked.seed)
    portal: Answering
    if asked.dress == FIRST:
        portal = DemoPortal(news, demo_clock(), faults=not asked.no_faults, seed=asked.seed, pad_to=asked.pad_to)
    else:
        portal = DressedPortal(DRESSES[asked.dress], news, demo_clock(), faults=not asked.no_faults, seed=asked.seed)
    with serve(portal, asked.port) as served:
        print(served.base_url, flush=True)
        ended.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
