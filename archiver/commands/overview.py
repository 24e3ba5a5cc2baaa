"""`archiver portals` and `archiver status`."""

from __future__ import annotations

from dataclasses import asdict

import click

from archiver.commands.shared import (
    Shared,
    folder_with_archive,
    shared_options,
)
from archiver.portals import PORTALS
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.runs.growth import growth_in_words, growth_of
from archiver.store.runs.overview import in_words, standing
from archiver.store.runs.rhythm import rhythm_in_words, rhythm_of
from archiver.supervising.schedule import bounds_of


@click.command()
@shared_options
def portals(shared: Shared) -> None:
    """List the portals that are known."""
    for portal in PORTALS.values():
        values = {"portal": portal.key, "name": portal.name, "url": portal.url, "platform": portal.platform.name}
        shared.say(values, "  ".join(values.values()))


@click.command()
@shared_options
def status(shared: Shared) -> None:
    """Say how the archive of each portal stands, when it is crawled next, and how long the disk lasts."""
    folder = folder_with_archive(shared)
    captures, archive, wanted = open_captures(folder), open_archive(folder), shared.configuration()
    for portal in PORTALS.values():
        stands = standing(captures, archive, portal, shared.clock)
        if stands.runs:
            now = shared.clock.now()
            rhythm = rhythm_of(captures, archive, portal, bounds_of(wanted, portal), now)
            words = f"{in_words(stands)}\n{rhythm_in_words(rhythm, now)}"
            shared.say(asdict(stands) | asdict(rhythm) | {"enabled": wanted.of(portal.key).enabled}, words)
    growth = growth_of(folder, captures, shared.clock.now().date())
    shared.say({"disk": asdict(growth)}, growth_in_words(growth))
