"""A scheduled turn, as an outside switch hears of it: that it began, that it went well, or that it failed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from archiver.alerting.heartbeat import beat
from archiver.commands.alert import tell_if_anybody
from archiver.commands.shared import Shared
from archiver.configuration import Configuration
from archiver.configuration.sections import Heartbeat
from archiver.logs.secrets import secret

logger = logging.getLogger(__name__)


@contextmanager
def heard_turn(configuration: Configuration) -> Iterator[None]:
    """Within it, a turn; that it begins is heard, and so is an error that ends it.

    Of one that was interrupted nothing more is heard: the next turn comes, and if none does, that silence tells.
    """
    heartbeat = configuration.heartbeat
    if heartbeat.start_suffix:
        _beat(heartbeat, heartbeat.start_suffix)
    try:
        yield
    except Exception:
        if heartbeat.fail_suffix:
            _beat(heartbeat, heartbeat.fail_suffix)
        raise


def after_turn(shared: Shared, configuration: Configuration, *, went_well: bool) -> None:
    """Whoever is to know is told what is wrong, and the outside switch how the turn went.

    Nothing of this makes a failure of the turn.
    """
    tell_if_anybody(shared, configuration)
    heartbeat = configuration.heartbeat
    if went_well or heartbeat.fail_suffix:
        _beat(heartbeat, "" if went_well else heartbeat.fail_suffix)


def _beat(heartbeat: Heartbeat, suffix: str) -> None:
    address = secret(heartbeat.url_env)
    if address and (complaint := beat(address, suffix)) is not None:
        logger.error("the heartbeat was not heard: %s", complaint)
