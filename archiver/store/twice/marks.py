"""What articles are found by that may be the same news: marks, of which two alike texts most likely share one.

A text's MinHash signature, of 96 values, is cut into 24 bands of four; each band is a mark, and one more is title and
day. Two texts that share seven in ten shingles share a mark with a probability of 0.998, six in ten 0.96, half 0.79;
two that share one in twenty 0.00015. What is found so is then compared exactly (`likeness`).

The library is rensa. Measured on one machine with 300 sets of 400 shingles, beside datasketch 2.0, the other maintained
one: 0.006 ms a text instead of 0.54; 1.2 MB installed instead of 217 (numpy and scipy come along); 1 ms to import
instead of 450. There are wheels of both for Python 3.11 to 3.13 (of rensa for Linux with glibc or musl, macOS and
Windows). Its R-MinHash depends neither on the order and repetition of shingles nor on PYTHONHASHSEED. Its version 0.5
gave other values than 0.4: it is part of the reader's version, so that with another one all is read again, and a test
pins the values.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

from rensa import RMinHash

from archiver.store.twice.likeness import Told
from archiver.store.twice.texts import Text

_BANDS = 24
_IN_A_BAND = 4
_SEED = 1
_PACKED = struct.Struct(f"<{_IN_A_BAND}I")


def marks_of(told: Told) -> frozenset[int]:
    """The marks of an article: those of all its versions, each a number of 31 bits."""
    return frozenset(_marks(told))


def signature(text: Text) -> list[int]:
    """The MinHash values of a text, of 32 bits each."""
    minhash = RMinHash(num_perm=_BANDS * _IN_A_BAND, seed=_SEED)
    minhash.update(list(text.shingles))
    return list(minhash.digest())


def _marks(told: Told) -> Iterator[int]:
    for version in told.versions:
        values = signature(version.text)
        for band in range(_BANDS):
            part = values[band * _IN_A_BAND : (band + 1) * _IN_A_BAND]
            yield _mark(b"%d " % band + _PACKED.pack(*part))
    if told.title_and_day is not None:
        yield _mark(told.title_and_day.encode())


def _mark(data: bytes) -> int:
    """31 bits: SQLite keeps these in four bytes. Two that are the same by chance are told apart by the comparison."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=4).digest()) >> 1
