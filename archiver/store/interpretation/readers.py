"""Which reader made an archive. Its version is computed from the code that reads, not typed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from sqlite_utils import Database

import archiver
from archiver.portals import Portal

# By these files of the rooms nothing is read; the index has a version.
_OF_SEARCHING = ("search", "abbreviations", "spellings")
_TELLING = (
    "ground", "databases", "evidence", "interpretation", "lists", "fates", "batches", "twice", "rebuild",
    "runs/settling.py",
)  # fmt: skip
_ROOMS = ("vietnamese", "portals", "reading", "items.py", *(f"store/{room}" for room in _TELLING))
_VALUES = ("known", "platforms")  # rooms of portals and platforms
_NOT_READ_BY = ("tenures", "tls", "on_request", "signs")  # of portals and platforms
_LIBRARIES = ("beautifulsoup4", "lxml", "rensa")
_ROOMS_OF_FILES = ("files", "vietnamese", "items.py", "extraction.py")
_LIBRARIES_OF_FILES = ("lxml", "pypdfium2", "python-calamine")


@cache
def reader_version(portal: Portal) -> str:
    """Twelve hexadecimal digits: of the pure rooms' code, the store's that rebuilds, and of the libraries that parse.

    What a capture says is read by the ones and told to the archive by the other. Of portals and platforms, which are
    values, only the portal's own count: another one that is added or mended changes nothing here.
    """
    return hashlib.sha256(f"{_code_version()}\n{_written(portal)}".encode()).hexdigest()[:12]


@cache
def _code_version() -> str:
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
    if version_that_read(archive, portal) == reader_version(portal):
        return False
    return archive.execute("SELECT 1 FROM captures WHERE portal = ? LIMIT 1", (portal.key,)).fetchone() is not None


def sign(archive: Database, portal: Portal, at: str) -> None:
    """Write down that this reader made a portal's part of the archive. Belongs into a transaction."""
    archive.execute(
        "INSERT OR REPLACE INTO readers (portal, reader_version, read_at) VALUES (?, ?, ?)",
        (portal.key, reader_version(portal), at),
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
    return [file for file in found if not file.name.startswith(_OF_SEARCHING) and file.parent.name not in _VALUES]


def _written(value: object) -> str:
    """A value and all that it is made of, as text that is the same in every run."""
    if isinstance(value, re.Pattern):
        return f"{value.pattern!r} {value.flags}"
    if is_dataclass(value):
        names = [each.name for each in fields(value) if each.name not in _NOT_READ_BY]
        return f"{type(value).__name__}({', '.join(f'{name}={_written(getattr(value, name))}' for name in names)})"
    if isinstance(value, tuple):
        return f"({', '.join(map(_written, value))})"
    return repr(value)
