"""Backups and snapshots note that they begin and how they end, and whoever is to know is told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from archiver.alerting.copies import Copy, Kind, Outcome, begun, ended, load_copies, lock_of, save_copies, taken_back
from archiver.clock import stamp
from archiver.commands.alert import tell_if_anybody
from archiver.commands.shared import Shared
from archiver.store.ground.errors import DataFolderError, LockedError
from archiver.store.ground.locks import alone_at, waiting_alone

_PATIENCE = timedelta(minutes=1)  # for another that notes something at this moment
_Noted = tuple[Copy, ...]
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class End:
    """How a copy ended; whoever makes it says so."""

    outcome: Outcome = "failed"
    said: str = ""  # why it is not good


@contextmanager
def noted_copy(shared: Shared, kind: Kind, folder: Path) -> Iterator[End]:
    """Within it, the archive is copied into a folder. What comes of it is noted, and whoever is to know is told.

    Nothing of this makes a failure of the copy. Not noted is where another is at work there, and where there is no
    archive yet.
    """
    if not (shared.data / "captures.db").exists():
        yield End()
        return
    try:
        with _noted(shared, kind, folder) as end:
            yield end
    except LockedError:
        raise
    except Exception:
        tell_if_anybody(shared, shared.what_is_told())
        raise
    else:
        tell_if_anybody(shared, shared.what_is_told())


@contextmanager
def _noted(shared: Shared, kind: Kind, folder: Path) -> Iterator[End]:
    place, end = str(folder.resolve()), End()
    with alone_at(shared.data, lock_of(kind, place), f"another {kind} is being made in {folder}"):
        before = load_copies(shared.data)
        _note(shared, lambda noted, now: begun(noted, kind, place, now))
        try:
            yield end
        except LockedError:
            _note(shared, lambda noted, _: taken_back(noted, kind, place, before))
            raise
        except Exception as error:
            words = str(error) or type(error).__name__
            _note(shared, lambda noted, now: ended(noted, kind, place, now, "failed", words))
            raise
        _note(shared, lambda noted, now: ended(noted, kind, place, now, end.outcome, end.said))


def _note(shared: Shared, change: Callable[[_Noted, str], _Noted]) -> None:
    try:
        with waiting_alone(shared.data, "copies", shared.clock, _PATIENCE):
            save_copies(shared.data, change(load_copies(shared.data), stamp(shared.clock.now())))
    except (OSError, DataFolderError, LockedError) as error:
        logger.error("what becomes of it cannot be noted: %s", error)  # noqa: TRY400  the words say it all
