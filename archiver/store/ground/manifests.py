"""The manifest of a folder: the SHA-256 of each file that belongs to it, as `sha256sum -c` reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from archiver.store.ground.errors import DataFolderError

MANIFEST = "MANIFEST.sha256"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def digests_in(folder: Path) -> dict[str, str]:
    """The digests, by paths from the folder. Raises DataFolderError where there is no manifest that can be read."""
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise DataFolderError(f"{folder / MANIFEST} cannot be read: {error}") from error
    return {match[2]: match[1] for match in map(_LINE.fullmatch, lines) if match}


def write_digests(folder: Path, digests: Mapping[str, str]) -> None:
    """Write the manifest; what was one goes."""
    lines = [f"{digest}  {name}\n" for name, digest in digests.items()]
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8")
