"""What is under way, on standard error."""

from __future__ import annotations

import sys


def say(words: str) -> None:
    """One line."""
    print(words, file=sys.stderr, flush=True)
