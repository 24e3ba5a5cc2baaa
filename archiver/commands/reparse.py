"""`archiver reparse`."""

from __future__ import annotations

import sys

import click

from archiver.clock import stamp
from archiver.commands.shared import (
    Shared,
    folder_with_captures,
    portal_named,
    reading_again,
    shared_options,
)
from archiver.crawling.report import EXIT_STATUSES
from archiver.portals import PORTALS
from archiver.store.rebuild.rereading import reparse as reparse_folder


@click.command()
@click.argument("names", metavar="[PORTAL]...", nargs=-1)
@shared_options
def reparse(shared: Shared, names: tuple[str, ...]) -> None:
    """Make archive.db anew from captures.db, without any request."""
    wanted = [portal_named(name) for name in names] or list(PORTALS.values())
    tallies = reparse_folder(folder_with_captures(shared), wanted, stamp(shared.clock.now()), reading_again(shared))
    sys.exit(EXIT_STATUSES["degraded"] if any(tally.internal_errors for tally in tallies.values()) else 0)
