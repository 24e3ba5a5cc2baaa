"""Pages drawn once, with holes for what changes on every response: counters, clocks, session tokens, hidden state."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256

MARK = "\0"  # never part of a page's text


def hole(name: str) -> str:
    """A place in a page that each response fills anew.

    >>> Stencil("12 + " + hole("n")).fill({"n": b"30"})
    b'12 + 30'
    """
    return f"{MARK}{name}{MARK}"


class Stencil:
    """A drawn page: literal bytes and named holes, in turn."""

    def __init__(self, page: str) -> None:
        parts = page.split(MARK)
        self.literals = [part.encode() for part in parts[0::2]]
        self.names = parts[1::2]

    @cached_property
    def size(self) -> int:
        """How many bytes are the page's own."""
        return sum(map(len, self.literals))

    @cached_property
    def etag(self) -> str:
        """A weak validator: of the content without what every response changes."""
        return f'W/"{sha256(MARK.encode().join(self.literals)).hexdigest()[:20]}"'

    def fill(self, values: Mapping[str, bytes]) -> bytes:
        """The page's bytes with all holes filled."""
        parts = [self.literals[0]]
        for name, literal in zip(self.names, self.literals[1:], strict=True):
            parts += (values[name], literal)
        return b"".join(parts)
