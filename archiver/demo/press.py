"""Draws a page once and fills its holes for every response."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from itertools import count

from archiver.demo.dates import today_line
from archiver.demo.postback import PageStates
from archiver.demo.stencil import Stencil
from archiver.demo.weight import Weight

KEPT = 3_000  # drawn pages, 5 to 15 KB each

NO_WEIGHT = {"scripts": b"", "menus": b"", "heavy_state": b""}
FILLED = 450  # about what the other holes take in a page


class Press:
    """Holds the drawn pages and all that differs from one response to the next."""

    def __init__(self, now: Callable[[], datetime], seed: int, pad_to: int | None) -> None:
        self.now = now
        self.pad_to = pad_to
        self.states = PageStates(seed)
        self.weight = Weight(seed) if pad_to else None
        self.serials = count(1)
        self.drawn: dict[str, Stencil] = {}

    def stencil(self, name: str, draw: Callable[[], str]) -> Stencil:
        """The drawn page of this name."""
        if len(self.drawn) >= KEPT:
            self.forget()
        drawn = self.drawn  # a page drawn while news is published goes where it is forgotten
        if (found := drawn.get(name)) is None:
            found = drawn[name] = Stencil(draw())
        return found

    def forget(self) -> None:
        """Draw everything anew: what is published has changed."""
        self.drawn = {}

    def fill(self, stencil: Stencil, shows_page: int = 0) -> bytes:
        """The bytes of one response; `shows_page` is what its hidden state stands for."""
        serial = next(self.serials)
        state, validation = self.states.issue(shows_page, serial)
        return stencil.fill(
            {
                "today": today_line(self.now()).encode(),
                "online": b"%d" % (17 + serial * 7 % 60),
                "views": b"%d" % (400 + serial),
                "token": blake2b(b"%d" % serial, digest_size=12).hexdigest().encode(),
                "state": state,
                "validation": validation,
                **self.padding(stencil),
            }
        )

    def padding(self, stencil: Stencil) -> dict[str, bytes]:
        """What brings the page to its wanted weight."""
        if self.weight is None or self.pad_to is None:
            return NO_WEIGHT
        return self.weight.parts(self.pad_to - stencil.size - FILLED)
