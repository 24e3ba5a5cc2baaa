"""`python -m bench.faults [--seed N] [--quick]`: let every fault befall an archive, and print what came of it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from random import randrange
from tempfile import TemporaryDirectory

from bench.faults.course import find
from bench.faults.scale import FULL, QUICK
from bench.faults.sections import goals, section
from bench.progress import say


def main() -> int:
    """Ends with 1 if any goal is missed."""
    parser = ArgumentParser(prog="python -m bench.faults", description="Let every fault befall an archive.")
    parser.add_argument("--seed", type=int, default=randrange(10**6), help="which moments; printed with the figures")
    parser.add_argument("--quick", action="store_true", help="each fault once or so")
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="archiver-faults-") as place:
        found = find(Path(place), QUICK if asked.quick else FULL, asked.seed, say)
    print(section(found))
    return 0 if all(goal.is_reached for goal in goals(found)) else 1


if __name__ == "__main__":
    sys.exit(main())
