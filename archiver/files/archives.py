"""The parts of a ZIP file, in bounded bites: it may unpack to a thousand times its size, and lie about it."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator

# What `zipfile` raises on broken files, damaged, encrypted and unknown compression included.
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, KeyError, NotImplementedError, OSError,
    RuntimeError, UnicodeDecodeError, ValueError, OverflowError,
)  # fmt: skip
_BITE = 64 * 1024


class UnpacksTooLargeError(ValueError):
    """A part is larger than it may be."""


def claimed_size(archive: zipfile.ZipFile) -> int:
    """Bytes that the XML in it unpacks to, by the directory's own claim; pictures are not read."""
    return sum(part.file_size for part in archive.infolist() if part.filename.lower().endswith((".xml", ".rels")))


def bites(archive: zipfile.ZipFile, name: str, limit: int) -> Iterator[bytes]:
    """A part's bytes, piece by piece; UnpacksTooLargeError once there are more than `limit`."""
    read = 0
    with archive.open(name) as part:
        while bite := part.read(_BITE):
            read += len(bite)
            if read > limit:
                raise UnpacksTooLargeError(name)
            yield bite
