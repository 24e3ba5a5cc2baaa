"""`archiver snapshot`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from archiver import __version__
from archiver.commands.copying import noted_copy
from archiver.commands.shared import (
    FOLDER,
    Shared,
    shared_options,
)
from archiver.crawling.options import (
    CONTACT_VARIABLE,
)
from archiver.progress import Stages


@click.command()
@click.argument("folder", metavar="[DEST]", required=False, type=FOLDER)
@click.option("--mask/--no-mask", default=True, show_default=True, help="Mask numbers that name a person.")
@click.option("--with-payloads", is_flag=True, help="Pages, pictures and documents too, as a second file.")
@click.option("--keep", type=click.IntRange(1), default=7, show_default=True, metavar="N", help="Snapshots to keep.")
@shared_options
def snapshot(shared: Shared, folder: Path | None, mask: bool, with_payloads: bool, keep: int) -> None:
    """Make a dated, checked copy of archive.db for others, and show it to readers in place of the last one.

    It is made in DEST (the folder `snapshots` of --data), also while a crawl writes. Citizen numbers, telephone numbers
    and account numbers are masked in it. If a check fails, nothing is shown and it ends with 1.
    """
    from archiver.publishing.making import Wanted, make_snapshot

    stages = Stages(shared.clock, silent=shared.is_silent)
    contact = os.environ.get(CONTACT_VARIABLE)
    wanted = Wanted(shared.data, folder or shared.data / "snapshots", mask, with_payloads, keep, contact)
    with noted_copy(shared, "snapshot", wanted.folder) as end:
        try:
            made = make_snapshot(wanted, shared.clock, f"archiver {__version__}", stages.show)
        finally:
            stages.end()
        end.outcome, end.said = ("good", "") if made.snapshot else ("failed", "; ".join(made.faults[:3]))
    for fault in made.faults:
        shared.say({"fault": fault}, fault)
    shared.say(made.as_values(), made.in_words())
    sys.exit(0 if made.snapshot else 1)
