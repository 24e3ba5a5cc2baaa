"""Which portals are crawled by themselves, and which of them are due."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archiver.configuration import Configuration
from archiver.configuration.reading import is_on_loopback
from archiver.portals import Portal
from archiver.portals.registry import is_made_up
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.runs.dueness import Bounds, Due
from archiver.store.runs.rhythm import due_of


@dataclass(frozen=True, slots=True)
class Appointment:
    """A portal, and when it is due."""

    portal: Portal
    due: Due


def enabled_portals(configuration: Configuration, portals: Iterable[Portal]) -> list[Portal]:
    """Those that are crawled by themselves; made-up ones only where they are served on this machine."""
    return [each for each in portals if _is_enabled(configuration, each)]


def appointments(
    folder: Path, configuration: Configuration, portals: Iterable[Portal], now: datetime
) -> list[Appointment]:
    """When each of some portals is due, the soonest first."""
    with closing(open_captures(folder)) as captures, closing(open_archive(folder)) as archive:
        made = [
            Appointment(portal, due_of(captures, archive, portal.key, bounds_of(configuration, portal), now))
            for portal in portals
        ]
    return sorted(made, key=lambda each: (each.due.at, each.portal.key))


def bounds_of(configuration: Configuration, portal: Portal) -> Bounds:
    """Between the starts of two runs of a portal."""
    pace = configuration.of(portal.key).pace
    return Bounds(pace.shortest_interval, pace.longest_interval)


def _is_enabled(configuration: Configuration, portal: Portal) -> bool:
    choice = configuration.of(portal.key)
    is_asked_for = not portal.on_request or portal.key in configuration.portals
    return choice.enabled and is_asked_for and (not is_made_up(portal) or is_on_loopback(choice.base_url))
