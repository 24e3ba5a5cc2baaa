"""Files that nobody else may read, that are packed, and that are read from the disk and not from memory."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import zstandard

_PIECE = 1 << 20  # bytes
_LEVEL = 3

Progress = Callable[[str, str, int, int], None]  # what is done, in which unit, how much of it is, how much there is


class UnpackingError(Exception):
    """A packed file is damaged; the message says which."""


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may look into; one that is there is left as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def digest_on_disk(file: Path) -> str:
    """The SHA-256 of a file as the disk gives it back, as far as the system lets go of what it remembers of it."""
    with file.open("rb") as opened:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(opened, "sha256").hexdigest()


def pack(file: Path, packed: Path, progress: Progress) -> str:
    """Compress a file into a new one; returns the SHA-256 of what it was."""
    digest, size, done = hashlib.sha256(), file.stat().st_size, 0
    packer = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    with file.open("rb") as source, packed.open("wb") as target, packer.stream_writer(target, size=size) as writer:
        while piece := source.read(_PIECE):
            digest.update(piece)
            writer.write(piece)
            done += len(piece)
            progress("pack", "bytes", done, size)
    return digest.hexdigest()


def unpack(packed: Path, file: Path) -> str:
    """Decompress a file into a new one; returns the SHA-256 of that. Raises UnpackingError where it is damaged."""
    with file.open("wb") as target:
        return _unpacked(packed, target.write)


def digest_unpacked(packed: Path) -> str:
    """The SHA-256 of what a compressed file holds. Raises UnpackingError where it is damaged."""
    return _unpacked(packed, lambda _: 0)


def _unpacked(packed: Path, write: Callable[[bytes], int]) -> str:
    digest = hashlib.sha256()
    try:
        with packed.open("rb") as source, zstandard.ZstdDecompressor().stream_reader(source) as reader:
            while piece := reader.read(_PIECE):
                digest.update(piece)
                write(piece)
    except zstandard.ZstdError as error:
        raise UnpackingError(f"{packed} cannot be unpacked: {error}") from error
    return digest.hexdigest()
