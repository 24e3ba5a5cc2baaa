"""How often each fault befalls an archive: enough for figures to be trusted, or just enough to see that all works."""

from __future__ import annotations

from typing import NamedTuple


class Scale(NamedTuple):
    """The size of one run."""

    stories: int  # on the portal that is crawled
    kills: int  # of each of the four pieces of work, at the least
    in_a_row: int  # of these, at the most, before the work is gone on with
    copies: int  # kills while a rebuilt archive is put in its place
    fillings: int  # of the disk, in each case
    bits: int  # of each kind
    step: int  # of the cases of a full disk and of locks, every first, second, third …
    with_full_patience: bool  # whether one run waits as long for a lock as it does for a person


FULL = Scale(80, 30, 3, 10, 4, 40, 1, with_full_patience=True)
QUICK = Scale(16, 1, 1, 1, 1, 1, 7, with_full_patience=False)
