"""`archiver alert`: looks whether something is wrong, and tells of it."""

from __future__ import annotations

import logging
import shutil
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta

import click

from archiver.alerting.conditions import Condition, Figures, Limits, conditions, misunderstood
from archiver.alerting.copies import load_copies, lock_of
from archiver.alerting.copy_conditions import Copies, copy_conditions
from archiver.alerting.messages import Sender, in_words, trial
from archiver.alerting.said import Said, load, save
from archiver.alerting.sending import Sent, addresses, send_to_all, tell
from archiver.clock import stamp
from archiver.commands.program import program
from archiver.commands.shared import Shared, folder_with_archive, shared_options
from archiver.configuration import Configuration
from archiver.logs.secrets import secret
from archiver.portals import PORTALS
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.ground.errors import DataFolderError, LockedError, trouble
from archiver.store.ground.locks import is_at_work, waiting_alone
from archiver.store.runs.watching import Watched, watched
from archiver.supervising.schedule import enabled_portals

_GB = 1_000_000_000
_PATIENCE = timedelta(minutes=3)  # for another that tells at this moment
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What a look found, and what came of telling it."""

    wrong: tuple[Condition, ...]
    sent: tuple[Sent, ...]

    @property
    def failed(self) -> tuple[Sent, ...]:
        """Those who could not be told."""
        return tuple(each for each in self.sent if each.complaint is not None)


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what is wrong; tell nobody, and note nothing.")
@click.option("--test", is_flag=True, help="Send a message that says nothing but that messages come through.")
@shared_options
def alert(shared: Shared, dry_run: bool, test: bool) -> None:
    """Look whether anything is wrong, and tell whoever is to know: once, again if it changes, and when it is well.

    Looked at are the latest runs, how long no run was good, portals that cannot be reached or were replaced, the free
    space, articles that went missing, and backups and snapshots: whether the last failed, and how old the last good one
    is. It ends with 3 if something is wrong, and with 1 if somebody cannot be told.
    """
    if dry_run and test:
        raise click.UsageError("--dry-run sends nothing, --test sends a message: choose one")
    configuration = shared.what_is_told()
    if test:
        _test(shared, configuration)
    if dry_run:
        told = Told(tuple(_wrong(shared, configuration, load(shared.data))), ())
    else:
        told = look_and_tell(shared, configuration)
    _print(shared, told)
    sys.exit(1 if told.failed else 3 if told.wrong else 0)


def look_and_tell(shared: Shared, configuration: Configuration) -> Told:
    """Look, tell everybody what is news to them, and note that. Raises LockedError while another does so."""
    to = addresses(secret(configuration.alerts.urls_env))
    with _alone(shared):
        said = load(shared.data)
        _look_after(said, shared, configuration)
        wrong = tuple(_wrong(shared, configuration, said))
        at = stamp(shared.clock.now())
        sent = tuple(tell(wrong, said, to, sender(shared), shared.data, at))
        save(shared.data, said)
    if not to:
        logger.warning("nobody is told: %s", _nobody(configuration))
    for each in sent:
        if each.complaint is not None:
            logger.error("%s could not be told, and will be at the next look: %s", each.to, each.complaint)
    return Told(wrong, sent)


@contextmanager
def _alone(shared: Shared) -> Iterator[None]:
    """With nobody else telling; where the folder refuses, as one does whose disk fails, it is better told twice."""
    with ExitStack() as held:
        try:
            held.enter_context(waiting_alone(shared.data, "alerts", shared.clock, _PATIENCE))
        except DataFolderError as error:
            logger.error("another may tell the same now: %s", error)  # noqa: TRY400  the words say it all
        yield


def tell_if_anybody(shared: Shared, configuration: Configuration) -> None:
    """What follows something that ran by itself: whoever is to know is told. Nothing of this makes a failure of it."""
    try:
        if secret(configuration.alerts.urls_env):
            look_and_tell(shared, configuration)
    except (LockedError, DataFolderError, OSError, sqlite3.Error) as error:
        logger.error("nobody could be told: %s", error)  # noqa: TRY400  the words say it all


def sender(shared: Shared) -> Sender:
    """Who tells."""
    return Sender(socket.gethostname(), program(), str(shared.data.resolve()))


def _wrong(shared: Shared, configuration: Configuration, said: Said) -> Iterator[Condition]:
    if configuration.complaint is not None:
        yield misunderstood(configuration.complaint, str(shared.config) if shared.config else None)
        return
    cause, portals = None, tuple[Watched, ...]()
    try:
        portals = tuple(_portals(shared, configuration))
    except (DataFolderError, OSError, sqlite3.Error) as error:
        cause = (None if isinstance(error, DataFolderError) else trouble(error)) or str(error)
    place = next(each for each in (shared.data.resolve(), *shared.data.resolve().parents) if each.exists())
    free = shutil.disk_usage(place).free
    figures = Figures(shared.clock.now(), free, portals, said.since, cause)
    yield from conditions(figures, _limits(configuration), said.known)
    yield from copy_conditions(_copies(shared, portals), _ages(configuration))


def _copies(shared: Shared, portals: tuple[Watched, ...]) -> Copies:
    noted = load_copies(shared.data)
    at_work = [
        each for each in noted if each.ended_at is None and is_at_work(shared.data, lock_of(each.kind, each.place))
    ]
    first = min((each.first_run_at for each in portals if each.first_run_at), default=None)
    return Copies(shared.clock.now(), noted, at_work, first)


def _ages(configuration: Configuration) -> dict[str, timedelta]:
    """How old the last good copies of each kind may be."""
    alerts = configuration.alerts
    return {"backup": timedelta(hours=alerts.backup_hours), "snapshot": timedelta(hours=alerts.snapshot_hours)}


def _portals(shared: Shared, configuration: Configuration) -> Iterator[Watched]:
    folder = folder_with_archive(shared)
    captures, archive = open_captures(folder), open_archive(folder)
    for key in _looked_after(configuration):
        yield watched(captures, archive, PORTALS[key], shared.clock.now())


def _looked_after(configuration: Configuration) -> list[str]:
    """The portals that are crawled without being named."""
    return [portal.key for portal in enabled_portals(configuration, PORTALS.values())]


def _look_after(said: Said, shared: Shared, configuration: Configuration) -> None:
    """One that was never crawled is missed from now on."""
    if configuration.complaint is not None:
        return
    now, wanted = stamp(shared.clock.now()), _looked_after(configuration)
    said.since = {key: said.since.get(key, now) for key in wanted}


def _limits(configuration: Configuration) -> Limits:
    alerts = configuration.alerts
    silence = {
        key: alerts.silent_intervals * configuration.of(key).pace.longest_interval
        for key in _looked_after(configuration)
    }
    return Limits(alerts.disk_floor_gb * _GB, alerts.many_missing, silence)


def _test(shared: Shared, configuration: Configuration) -> None:
    to = addresses(secret(configuration.alerts.urls_env))
    if not to:
        raise click.ClickException(_nobody(configuration))
    sent = send_to_all(to, trial(sender(shared)))
    for each in sent:
        shared.say({"to": each.to, "complaint": each.complaint}, f"{each.to}: {each.complaint or 'told'}")
    sys.exit(1 if any(each.complaint for each in sent) else 0)


def _nobody(configuration: Configuration) -> str:
    return f"{configuration.alerts.urls_env or '[alerts] urls_env'} holds no address"


def _print(shared: Shared, told: Told) -> None:
    who = sender(shared)
    for each in told.wrong:
        values = {"condition": each.key, "title": each.title, "state": each.state, "run": who.command(each.command)}
        shared.say(values, in_words(each, who))
    if not told.wrong:
        shared.say({"condition": None}, "nothing is wrong")
    for sent in told.sent:
        words = f"{sent.to} was told: {sent.title}" if sent.complaint is None else f"{sent.to}: {sent.complaint}"
        shared.say({"to": sent.to, "told": sent.title, "complaint": sent.complaint}, words)
