"""What makes real portal pages heavy: inline scripts, hidden state, a menu of hundreds of entries."""

from __future__ import annotations

from base64 import b64encode
from itertools import accumulate
from random import Random

LONGEST = 200_000  # bytes of each kind kept ready

SHARES = {"heavy_state": 0.45, "scripts": 0.30, "menus": 0.25}


class Weight:
    """Padding of any size, always the same for the same seed."""

    def __init__(self, seed: int) -> None:
        dice = Random(f"{seed} weight")
        self.units = {
            "heavy_state": [b64encode(dice.randbytes(48)) for _ in range(LONGEST // 64)],
            "scripts": [script(i, dice) for i in range(LONGEST // 150)],
            "menus": [menu_entry(i) for i in range(LONGEST // 150)],
        }
        self.joined = {kind: b"".join(units) for kind, units in self.units.items()}
        self.ends = {kind: [0, *accumulate(map(len, units))] for kind, units in self.units.items()}

    def parts(self, size: int) -> dict[str, bytes]:
        """About `size` bytes, to stand in three places of a page; never half a script or half an entry."""
        return {kind: self.part(kind, int(size * share)) for kind, share in SHARES.items()}

    def part(self, kind: str, size: int) -> bytes:
        """Whole units of one kind, as many as fit."""
        average = len(self.joined[kind]) / len(self.units[kind])
        count = min(max(0, round(size / average)), len(self.units[kind]))
        return self.joined[kind][: self.ends[kind][count]]


def script(number: int, dice: Random) -> bytes:
    """A line of the platform's inline scripts."""
    name = f"sp.ui.wp{number:04d}.js"
    code = f'RegisterSod("{name}","\\u002f_layouts\\u002f15\\u002f{name}?rev={dice.randrange(16**16):016x}");'
    return f'<script type="text/javascript">{code} RegisterSodDep("{name}","init.js");</script>\n'.encode()


def menu_entry(number: int) -> bytes:
    """An entry that opens in place."""
    return (
        f'<li class="dynamic"><a class="dynamic menu-item" href="javascript:void(0)" tabindex="-1"><span '
        f'class="menu-item-text">Đơn vị trực thuộc số {number + 1}</span></a></li>\n'
    ).encode()
