"""Which reader made an archive. Its version is computed from the code that reads, not typed."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from sqlite_utils import Database

import archiver
from archiver.portals import Portal

_OF_SEARCHING = (
    "search",
    "abbreviations",
    "spellings",
)  # by these files of the rooms nothing is read; the index has a version
_TELLING = (
    "ground", "databases", "evidence", "interpretation", "lists", "fates", "batches", "rebuild", "runs/settling.py"
)  # fmt: skip
_ROOMS = ("vietnamese", "portals", "reading", "items.py", *(f"store/{room}" for room in _TELLING))
_LIBRARIES = ("beautifulsoup4", "lxml")
_ROOMS_OF_FILES = ("files", "vietnamese", "items.py", "extraction.py")
_LIBRARIES_OF_FILES = ("lxml", "pypdfium2", "python-calamine")


@cache
def reader_version() -> str:
    """Twelve hexadecimal digits: of the pure rooms' code, the store's that rebuilds, and of the libraries that parse.

    What a capture says is read by the ones and told to the archive by the other.
    """
    return _version_of((*_ROOMS, *_ROOMS_OF_FILES), (*_LIBRARIES, *_LIBRARIES_OF_FILES))


@cache
def file_reader_version() -> str:
    """The same of what reads documents alone: a new reader of pages needs not read them all again."""
    return _version_of(_ROOMS_OF_FILES, _LIBRARIES_OF_FILES)


def version_that_read(archive: Database, portal: Portal) -> str | None:
    """The reader that made a portal's part of the archive; null where none did yet."""
    row = archive.execute("SELECT reader_version FROM readers WHERE portal = ?", (portal.key,)).fetchone()
    return row[0] if row else None


def is_read_by_another(archive: Database, portal: Portal) -> bool:
    """Whether what the archive holds of a portal was read by another reader than this one."""
    if version_that_read(archive, portal) == reader_version():
        return False
    return archive.execute("SELECT 1 FROM captures WHERE portal = ? LIMIT 1", (portal.key,)).fetchone() is not None


def sign(archive: Database, portal: Portal, at: str) -> None:
    """Write down that this reader made a portal's part of the archive. Belongs into a transaction."""
    archive.execute(
        "INSERT OR REPLACE INTO readers (portal, reader_version, read_at) VALUES (?, ?, ?)",
        (portal.key, reader_version(), at),
    )


def _version_of(rooms: tuple[str, ...], libraries: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    root = Path(archiver.__file__).parent
    for file in sorted({path for room in rooms for path in _sources(root / room)}):
        digest.update(f"{file.relative_to(root).as_posix()}\n".encode() + file.read_bytes())
    for library in sorted(set(libraries)):
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()[:12]


def _sources(place: Path) -> list[Path]:
    found = [place] if place.is_file() else place.rglob("*.py")
    return [file for file in found if not file.name.startswith(_OF_SEARCHING)]
