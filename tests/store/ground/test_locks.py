"""Who may work in a folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from archiver.store.ground.errors import DataFolderError, LockedError
from archiver.store.ground.locks import PortalLock, whole_folder

HOLD = """
import sys, pathlib
from archiver.store.ground.locks import PortalLock
lock = PortalLock(pathlib.Path(sys.argv[1]), "demo")
lock.take()
print("held", flush=True)
sys.stdin.read()
"""


def can_be_taken(folder, portal="demo"):
    """Take a lock and free it at once; raises LockedError."""
    lock = PortalLock(folder, portal)
    lock.take()
    lock.free()
    return True


@pytest.fixture
def other(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_one_crawl_of_a_portal_at_a_time(tmp_path, other):
    with pytest.raises(LockedError, match="another crawl of demo is running in"):
        can_be_taken(tmp_path)
    assert can_be_taken(tmp_path, "myhao")


def test_a_killed_run_holds_nothing(tmp_path, other):
    other.kill()
    other.wait()
    assert can_be_taken(tmp_path)


def test_nobody_works_beside_a_rebuild(tmp_path, other):
    with pytest.raises(LockedError, match="a crawl, a backup or another rebuild is running in"), whole_folder(tmp_path):
        pass
    other.kill()
    other.wait()
    with whole_folder(tmp_path):
        with pytest.raises(LockedError, match="is being rebuilt"):
            can_be_taken(tmp_path)
        with pytest.raises(LockedError), whole_folder(tmp_path):
            pass
    assert can_be_taken(tmp_path)


def test_a_lock_may_be_freed_twice_and_taken_again(tmp_path):
    lock = PortalLock(tmp_path, "demo")
    lock.take()
    lock.free()
    lock.free()
    lock.take()
    lock.free()


def test_a_lock_that_another_user_made_is_a_lock(tmp_path, monkeypatch):
    assert can_be_taken(tmp_path)
    as_ever = Path.open

    def only_to_read(path, mode="r", *more):
        if mode != "r":
            raise PermissionError(13, "Permission denied")
        return as_ever(path, mode, *more)

    monkeypatch.setattr(Path, "open", only_to_read)
    assert can_be_taken(tmp_path)
    with whole_folder(tmp_path), pytest.raises(LockedError):
        can_be_taken(tmp_path)
    with pytest.raises(DataFolderError, match="Permission denied"):
        can_be_taken(tmp_path, "myhao")
