"""Who may work in a data folder: one crawl for each portal, and nobody beside a rebuild."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TextIO

from archiver.clock import Clock
from archiver.store.ground.errors import DataFolderError, LockedError

REBUILDING = ".rebuild-"
"""How the folders begin in which an archive is rebuilt."""
_BETWEEN_TRIES = 0.2  # seconds


class PortalLock:
    """Held while a portal is crawled. The system frees it when the process ends, however it ends."""

    def __init__(self, folder: Path, portal: str) -> None:
        self.folder, self.portal = folder, portal
        self.files: list[TextIO] = []

    def take(self) -> None:
        """Raises LockedError if the portal is being crawled, or the folder rebuilt."""
        self.files.append(_locked(self.folder / ".lock", fcntl.LOCK_SH, f"{self.folder} is being rebuilt"))
        crawling = f"another crawl of {self.portal} is running in {self.folder}"
        try:
            self.files.append(_locked(self.folder / f".lock-{self.portal}", fcntl.LOCK_EX, crawling))
        except (LockedError, DataFolderError):
            self.free()
            raise

    def free(self) -> None:
        """May be called any number of times."""
        while self.files:
            self.files.pop().close()


@contextmanager
def whole_folder(folder: Path) -> Iterator[None]:
    """Held while the folder is rebuilt. Raises LockedError while any portal is crawled.

    Whoever holds it is alone: copies that are there were left by rebuilds that were killed, and go.
    """
    with _locked(folder / ".lock", fcntl.LOCK_EX, f"a crawl, a backup or another rebuild is running in {folder}"):
        for left in folder.glob(f"{REBUILDING}*"):
            shutil.rmtree(left)
        yield


@contextmanager
def beside_crawls(folder: Path) -> Iterator[None]:
    """Held while a folder is copied: crawls go on, and nothing is put in the place of either file.

    Raises LockedError while the folder is rebuilt.
    """
    with _locked(folder / ".lock", fcntl.LOCK_SH, f"{folder} is being rebuilt"):
        yield


@contextmanager
def alone_in(folder: Path, complaint: str) -> Iterator[None]:
    """Held while something is made in a folder. Raises LockedError with the complaint where another does so."""
    with _locked(folder / ".lock", fcntl.LOCK_EX, complaint):
        yield


@contextmanager
def waiting_alone(folder: Path, name: str, clock: Clock, patience: timedelta) -> Iterator[None]:
    """Held while something of a name is done beside all crawls; waits for another that does it.

    Raises LockedError if that takes longer than one is patient.
    """
    until = clock.monotonic() + patience.total_seconds()
    while True:
        try:
            held = _locked(_named(folder, name), fcntl.LOCK_EX, f"another is at the {name} of {folder}")
        except LockedError:
            if clock.monotonic() >= until:
                raise
            clock.sleep(_BETWEEN_TRIES)
        else:
            break
    with held:
        yield


@contextmanager
def alone_at(folder: Path, name: str, complaint: str) -> Iterator[None]:
    """Held while something of a name is done beside all else. Raises LockedError with the complaint otherwise."""
    with _locked(_named(folder, name), fcntl.LOCK_EX, complaint):
        yield


def is_at_work(folder: Path, name: str) -> bool:
    """Whether something of a name is being done; the system tells, however it may end."""
    if not _named(folder, name).exists():
        return False
    try:
        _locked(_named(folder, name), fcntl.LOCK_SH, "").close()
    except LockedError:
        return True
    return False


def _named(folder: Path, name: str) -> Path:
    return folder / f".lock-of-{name}"


def _locked(path: Path, operation: int, complaint: str) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = _opened(path)
    except OSError as error:
        raise DataFolderError(f"{path.parent} cannot be used: {error.strerror or error}") from error
    try:
        fcntl.flock(file, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise LockedError(complaint) from None
    return file


def _opened(path: Path) -> TextIO:
    """To be held, for which it is enough to read it: one crawl by root would else keep out everybody for good."""
    try:
        return path.open("a")
    except OSError:
        if not path.exists():
            raise
        return path.open()
