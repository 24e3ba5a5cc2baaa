"""What is made in a folder, or goes from it, under a name that nobody looks at; what a kill leaves of it goes later."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archiver.store.ground.locks import alone_in

_UNFINISHED = ".making-"


@contextmanager
def unfinished_in(folder: Path, complaint: str) -> Iterator[Path]:
    """A new folder that only its owner may look into, with `folder` to oneself; what is left of it at the end goes.

    Raises LockedError with the complaint where another makes something there.
    """
    with alone_in(folder, complaint):
        for left in folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left)
        place = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)  # not there any more once it has its name


def take_away(folder: Path) -> None:
    """Delete a finished folder: from the first moment it is none, however that ends."""
    gone = folder.with_name(f"{_UNFINISHED}{folder.name}")
    folder.rename(gone)
    shutil.rmtree(gone)


def sync(place: Path) -> None:
    """See that a file, or the names in a folder, outlive a power cut."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
