"""A file's bytes as streams that can be searched: a plain file is one, a compressed one has one for each gzip member.

Members are compressed on their own, so that whatever is broken in a file, the next member can be read again.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, Literal

_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 64 * 1024
_IN_MEMORY = 8 * 1024 * 1024  # bytes of a member that are kept in memory; more goes to a temporary file

Soundness = Literal["whole", "cut off", "corrupt"]


@dataclass(frozen=True, slots=True)
class Member:
    """A stretch of a file, decompressed."""

    offset: int  # in the file, in bytes
    stream: IO[bytes]  # at its beginning; closed once the next member is asked for
    soundness: Soundness
    is_compressed: bool


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in a file that cannot be read."""

    offset: int  # in the file, in bytes; of a compressed record, where its member begins
    reason: str


def members(file: BinaryIO) -> Iterator[Member | Damage]:
    """The stretches of a file from its beginning, and what between them is none."""
    offset = _first(file)
    if offset is None:
        yield Member(0, file, "whole", is_compressed=False)
    elif offset > 0:
        yield Damage(0, "no gzip member begins here")
    while offset is not None:
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as stream:
            soundness, end = _decompress(file, offset, stream)
            stream.seek(0)
            yield Member(offset, stream, soundness, is_compressed=True)
        offset = _next(file, end if soundness == "whole" else offset + 1)
        if soundness == "whole" and offset != end and not _is_padding(file, end, offset):
            yield Damage(end, "no gzip member begins here" if offset is not None else _at_the_end(file, end))


def find(file: IO[bytes], wanted: bytes, start: int) -> int | None:
    """Where some bytes stand next in a stream, from a position on."""
    file.seek(start)
    position, kept = start, b""
    while chunk := file.read(_CHUNK):
        window = kept + chunk
        if (place := window.find(wanted)) >= 0:
            return position - len(kept) + place
        position += len(chunk)
        kept = window[-(len(wanted) - 1) :]
    return None


def _decompress(file: BinaryIO, offset: int, into: IO[bytes]) -> tuple[Soundness, int]:
    """One member; returns whether it is sound, and where it ends."""
    file.seek(offset)
    decompressor = zlib.decompressobj(16 + zlib.MAX_WBITS)
    while not decompressor.eof:
        chunk = file.read(_CHUNK)
        if not chunk:
            return "cut off", file.tell()
        try:
            while chunk and not decompressor.eof:
                into.write(decompressor.decompress(chunk, _CHUNK))
                chunk = decompressor.unconsumed_tail
        except zlib.error:
            return "corrupt", file.tell()
    return "whole", file.tell() - len(decompressor.unused_data)


def _first(file: BinaryIO) -> int | None:
    """Where the first member begins; null for a plain file, which begins with a record or has no member at all."""
    beginning = file.read(_CHUNK)
    if beginning.startswith(_MAGIC):
        return 0
    return None if beginning.lstrip().startswith(b"WARC/") else _next(file, 0)


def _next(file: BinaryIO, start: int) -> int | None:
    """Where the next member begins that holds a record."""
    place = find(file, _MAGIC, start)
    while place is not None and not _holds_record(file, place):
        place = find(file, _MAGIC, place + 1)
    return place


def _holds_record(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    try:
        beginning = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(file.read(_CHUNK), 64)
    except zlib.error:
        return False
    return beginning.lstrip().startswith(b"WARC/")


def _at_the_end(file: BinaryIO, start: int) -> str:
    """What is wrong with the last bytes of a file, of which no member can be made."""
    file.seek(start)
    beginning = file.read(len(_MAGIC))
    return "the file ends within it" if _MAGIC.startswith(beginning) else "no gzip member begins here"


def _is_padding(file: BinaryIO, start: int, end: int | None) -> bool:
    """Whether nothing stands there but zeros, or nothing at all."""
    file.seek(start)
    while start != end and (chunk := file.read(_CHUNK if end is None else min(_CHUNK, end - start))):
        if chunk.strip(b"\0"):
            return False
        start += len(chunk)
    return True
