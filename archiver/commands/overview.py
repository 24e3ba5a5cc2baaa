"""`archiver status`."""

from __future__ import annotations

from dataclasses import asdict

import click

from archiver.alerting.copies import copy_in_words, load_copies
from archiver.commands.shared import (
    Shared,
    folder_with_archive,
    shared_options,
)
from archiver.portals import PORTALS
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.runs.completeness import comparison_in_words, comparisons
from archiver.store.runs.growth import growth_in_words, growth_of
from archiver.store.runs.overview import in_words, standing
from archiver.store.runs.rhythm import rhythm_in_words, rhythm_of
from archiver.supervising.schedule import bounds_of, enabled_portals

_BY_HAND = "  not enabled: it is crawled by hand alone"


@click.command()
@shared_options
def status(shared: Shared) -> None:
    """Say how the archive of each portal stands, when it is crawled next, and how long the disk lasts.

    Portals that are enabled are named even if they were never crawled; so are the places that backups and snapshots
    went to.
    """
    folder = folder_with_archive(shared)
    captures, archive, wanted = open_captures(folder), open_archive(folder), shared.configuration()
    compared = comparisons(archive)
    by_themselves = enabled_portals(wanted, PORTALS.values())
    for portal in PORTALS.values():
        stands = standing(captures, archive, portal, shared.clock)
        if stands.runs or portal in by_themselves:
            now = shared.clock.now()
            rhythm = rhythm_of(captures, archive, portal.key, bounds_of(wanted, portal), now)
            enabled = portal in by_themselves
            routes = compared.get(portal.key, ())
            words = [in_words(stands), rhythm_in_words(rhythm, now), *([] if enabled else [_BY_HAND])]
            words += [f"  {comparison_in_words(each)}" for each in routes]
            values = asdict(stands) | asdict(rhythm) | {"second_routes": [asdict(each) for each in routes]}
            shared.say(values | {"enabled": enabled}, "\n".join(words))
    growth = growth_of(folder, captures)
    shared.say({"disk": asdict(growth)}, growth_in_words(growth))
    for copy in load_copies(folder):
        shared.say({"copy": asdict(copy)}, copy_in_words(copy))
