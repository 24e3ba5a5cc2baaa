"""What the made-up photos show: a sky, a sun, hills before it; nothing that was ever photographed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import sin
from random import Random

WIDTH, HEIGHT = 480, 320  # pixels; whole blocks of a JPEG
SCENES = 12
_SHADES = 80  # of the sky
_SUN = _SHADES
_FIRST_HILL = _SHADES + 1
_HILLS = ((150, 26, 70), (195, 20, 45), (245, 14, 30))  # where a ridge lies, how far it rises, how long its waves are

Colour = tuple[int, int, int]  # red, green, blue


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture of few colours: each row a byte for each pixel, its place in the palette."""

    palette: tuple[Colour, ...]
    rows: tuple[bytes, ...]


@cache
def scene(number: int) -> Scene:
    """One of the scenes; from 0 on, below SCENES."""
    dice = Random(f"{number} scene")
    ridges = [_ridge(*hill, dice.uniform(0, 6)) for hill in _HILLS]
    sun = dice.randint(60, WIDTH - 60), dice.randint(45, 100)
    return Scene(_palette(dice), tuple(_row(y, ridges, sun) for y in range(HEIGHT)))


def _palette(dice: Random) -> tuple[Colour, ...]:
    high, low = (70, dice.randint(110, 150), 200), (250, dice.randint(205, 235), 190)
    sky = [_between(high, low, step / (_SHADES - 1)) for step in range(_SHADES)]
    green = dice.randint(100, 130)
    return (*sky, (255, 244, 200), (120, green + 25, 130), (80, green, 85), (55, green - 25, 50))


def _between(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _ridge(base: int, rise: int, wave: int, begin: float) -> list[int]:
    """From which row down a hill reaches, for each column."""
    return [round(base - rise * sin(begin + x / wave) - rise / 3 * sin(2.7 * x / wave)) for x in range(WIDTH)]


def _row(y: int, ridges: list[list[int]], sun: tuple[int, int]) -> bytes:
    row = bytearray([min(y * _SHADES // 240, _SHADES - 1)] * WIDTH)
    half = max(0, 28**2 - (y - sun[1]) ** 2) ** 0.5
    left, right = round(sun[0] - half), round(sun[0] + half)
    row[left:right] = bytes([_SUN]) * (right - left)
    for hill, ridge in enumerate(ridges, _FIRST_HILL):
        row = bytearray(hill if y >= top else below for top, below in zip(ridge, row, strict=True))
    return bytes(row)
