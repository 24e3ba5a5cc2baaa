"""Writes a portal's value, and pages of it with what is read on them, to where the program and its tests find them.

Nothing that is there is ever written over. What is read is a proposal: the JSON says that nobody checked it, and the
test of the golden pages fails as long as it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archiver.probing.golden import golden, written
from archiver.probing.looking import Look, unknown
from archiver.probing.value import Value, module_of
from archiver.reading.page import read
from archiver.store.ground.errors import DataFolderError

KNOWN = Path("archiver", "portals", "known")
PAGES = Path("tests", "pages")


def working_copy(package: Path) -> Path:
    """The folder of the project that a package stands in; raises DataFolderError where it was installed without one."""
    root = package.parent
    if not ((root / "pyproject.toml").exists() and (root / PAGES).is_dir()):
        raise DataFolderError(f"{package} is no working copy of the project: clone it, and probe there")
    return root


def add(root: Path, value: Value, looks: Mapping[str, Look]) -> list[Path]:
    """The files that were written, the portal's first; raises DataFolderError, and writes none, if one is there."""
    files = {root / KNOWN / f"{module_of(value.key)}.py": value.python().encode()}
    for name, look in _named(looks).items():
        page = root / PAGES / value.key / f"{name}.html"
        files[page] = look.body
        files[page.with_suffix(".json")] = written(_read_anew(look), checked=False).encode()
    if there := [file for file in files if file.exists()]:
        raise _is_there(there[0])
    _write(files)
    return list(files)


def _read_anew(look: Look) -> dict[str, Any]:
    """What is read in the file, as tests do: without the moment of the visit."""
    return golden(read(look.body, unknown(look.url, look.recognised.platform), look.url, "text/html"))


def _write(files: dict[Path, bytes]) -> None:
    """All of them or none; the first last, for a portal is known as soon as its file is there."""
    begun: list[Path] = []
    try:
        for file, content in reversed(files.items()):
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as new:
                begun.append(file)
                new.write(content)
    except BaseException as error:
        for file in begun:
            file.unlink()
        if isinstance(error, FileExistsError):
            raise _is_there(Path(error.filename)) from None
        raise


def _is_there(file: Path) -> DataFolderError:
    return DataFolderError(f"{file} is there already, and nothing is written over; name another key")


def _named(looks: Mapping[str, Look]) -> dict[str, Look]:
    """Pages that are read as something, by what they are: the home page, the first article, the first list."""
    named: dict[str, Look] = {}
    for role, look in looks.items():
        if look.page.kind != "other":
            is_home = role == "home" or urlsplit(look.url).path in ("", "/")
            named.setdefault("home" if is_home else look.page.kind, look)
    return named
