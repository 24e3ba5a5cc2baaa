"""What makes real portal pages heavy: a menu of hundreds of entries, inline scripts, hidden state.

The shares, and how much markup stands in them, follow saved pages of government portals of 40 to 90 KB: a quarter to a
third of them is scripts, 6 to 11 tags stand in a kilobyte, and zstd leaves 21 to 26 % of the bytes.
"""

from __future__ import annotations

from base64 import b64encode
from itertools import accumulate
from random import Random

LONGEST = 200_000  # bytes of each kind kept ready

SHARES = {"menus": 0.44, "scripts": 0.3, "heavy_state": 0.26}


class Weight:
    """Padding of any size, always the same for the same seed."""

    def __init__(self, seed: int) -> None:
        dice = Random(f"{seed} weight")
        self.units = {
            "heavy_state": [b64encode(control_state(i, dice)) for i in range(LONGEST // 64)],
            "scripts": [script(i, dice) for i in range(LONGEST // 150)],
            "menus": [menu_entry(i, dice) for i in range(LONGEST // 250)],
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


def control_state(number: int, dice: Random) -> bytes:
    """48 bytes of what a page remembers of its controls: names that return, and values that do not."""
    return b"\x0f\x02\x0f$ctl00$Holder$ctl%02d$" % (number % 40) + dice.randbytes(24)


def menu_entry(number: int, dice: Random) -> bytes:
    """An entry that opens in place."""
    where = f"{dice.choice(MENU_WORDS)} {dice.choice(MENU_WORDS)} {number + 1}"
    return (
        f'<li class="dynamic dynamic-children"><a class="dynamic dynamic-children menu-item ms-core-listMenu-item" '
        f'href="javascript:void(0)" tabindex="-1" title="{where}">'
        f'<span class="additional-background ms-navedit-flyoutArrow"><span class="menu-item-text">{where}</span></span>'
        "</a></li>\n"
    ).encode()


MENU_WORDS = ("Phòng", "Ban", "Đơn vị", "Hội", "Trung tâm", "Trường", "Xã", "Phường", "Chi cục", "Đội", "Trạm", "Hạt")
