"""A baseline JPEG of a scene, written by hand: few colours make few blocks, and each is transformed once.

Huffman codes are as plain as they can be: one bit for "no change" and for "no more coefficients", and for everything
else the same number of bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import cos, pi, sqrt
from struct import pack

from archiver.demo.scene import Colour, Scene

Block = tuple[int, ...]  # 64 quantized coefficients in zigzag order

_STEP = 12  # of every coefficient
_ZIGZAG = sorted(
    ((u, v) for u in range(8) for v in range(8)),
    key=lambda place: (sum(place), place[0] if sum(place) % 2 else place[1]),
)  # row, column
_WAVES = [[(sqrt(0.125) if u == 0 else 0.5) * cos((2 * x + 1) * u * pi / 16) for x in range(8)] for u in range(8)]
_DC = bytes(range(12))  # how many bits a difference has
_AC = b"\0\xf0" + bytes(run << 4 | size for run in range(16) for size in range(1, 11))
_DC_LENGTHS = bytes([1, 0, 0, 0, 11, *[0] * 11])  # how many codes there are of one bit, two, …
_AC_LENGTHS = bytes([1, 0, 0, 0, 0, 0, 0, 0, 161, *[0] * 7])
_DC_CODES = {0: "0"} | {symbol: f"{16 + number:05b}" for number, symbol in enumerate(_DC[1:])}
_AC_CODES = {0: "0"} | {symbol: f"{256 + number:09b}" for number, symbol in enumerate(_AC[1:])}


def jpeg(scene: Scene, comment: bytes = b"") -> bytes:
    """A scene as a file; by the comment, files of one scene differ."""
    height, width = len(scene.rows), len(scene.rows[0])
    components = b"".join(bytes([number, 0x11, 0]) for number in (1, 2, 3))
    parts = (
        _segment(0xFE, comment),
        _segment(0xDB, b"\0" + bytes([_STEP]) * 64),
        _segment(0xC0, pack(">BHHB", 8, height, width, 3) + components),
        _segment(0xC4, b"\0" + _DC_LENGTHS + _DC),
        _segment(0xC4, b"\x10" + _AC_LENGTHS + _AC),
        _segment(0xDA, b"\x03\x01\0\x02\0\x03\0\0\x3f\0"),
    )
    return b"\xff\xd8" + b"".join(parts) + _scan(scene) + b"\xff\xd9"


def _segment(marker: int, data: bytes) -> bytes:
    return pack(">BBH", 0xFF, marker, len(data) + 2) + data


@cache
def _scan(scene: Scene) -> bytes:
    return _packed("".join(_bits(scene)))


def _bits(scene: Scene) -> Iterator[str]:
    """The codes of all blocks; of each first coefficient, what it differs from the one before."""
    channels = list(zip(*map(_levels, scene.palette), strict=True))
    known: dict[bytes, list[Block]] = {}
    before = [0, 0, 0]
    for pixels in _blocks(scene):
        if pixels not in known:
            known[pixels] = [_transformed([channel[pixel] for pixel in pixels]) for channel in channels]
        for number, block in enumerate(known[pixels]):
            yield _coded(block, before[number])
            before[number] = block[0]


def _levels(colour: Colour) -> tuple[float, float, float]:
    """Brightness and two differences of colour, around nought."""
    red, green, blue = colour
    bright = 0.299 * red + 0.587 * green + 0.114 * blue
    return bright - 128, (blue - bright) / 1.772, (red - bright) / 1.402


def _blocks(scene: Scene) -> Iterator[bytes]:
    for top in range(0, len(scene.rows), 8):
        for left in range(0, len(scene.rows[0]), 8):
            yield b"".join(row[left : left + 8] for row in scene.rows[top : top + 8])


def _transformed(levels: list[float]) -> Block:
    """The cosine transform of eight rows of eight, rounded to steps."""
    lines = [[sum(map(float.__mul__, levels[y : y + 8], wave)) for wave in _WAVES] for y in range(0, 64, 8)]
    columns = list(zip(*lines, strict=True))
    return tuple(round(sum(map(float.__mul__, columns[v], _WAVES[u])) / _STEP) for u, v in _ZIGZAG)


def _coded(block: Block, before: int) -> str:
    difference = block[0] - before
    coded = [_DC_CODES[difference.bit_length()], _tail(difference)]
    run = 0
    for level in block[1:]:
        if level == 0:
            run += 1
            continue
        coded += [_AC_CODES[0xF0]] * (run // 16)
        coded += [_AC_CODES[(run % 16) << 4 | level.bit_length()], _tail(level)]
        run = 0
    return "".join(coded) + (_AC_CODES[0] if run else "")


def _tail(level: int) -> str:
    """The bits of a number whose length is known; of one below nought, turned over."""
    size = level.bit_length()
    return f"{level if level > 0 else level + (1 << size) - 1:0{size}b}" if size else ""


def _packed(bits: str) -> bytes:
    """Bits as bytes, filled up with ones; a byte of ones is told from a marker by a nought behind it."""
    bits += "1" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")
