"""Which reader made an archive: a digest of all code that reading depends on, computed and never typed."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import archiver

_ROOMS = ("vietnamese", "portals", "reading", "items.py")
_LIBRARIES = ("beautifulsoup4", "lxml")


@cache
def reader_version() -> str:
    """Twelve hexadecimal digits: of the pure rooms' code, and of the libraries that parse for them."""
    digest = hashlib.sha256()
    root = Path(archiver.__file__).parent
    for file in sorted(path for room in _ROOMS for path in _sources(root / room)):
        digest.update(f"{file.relative_to(root).as_posix()}\n".encode() + file.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()[:12]


def _sources(place: Path) -> list[Path]:
    return [place] if place.is_file() else list(place.rglob("*.py"))
