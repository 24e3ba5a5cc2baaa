"""`archiver verify`: the archive, or a snapshot or backups by themselves."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from archiver.commands.backup import verify_backups
from archiver.commands.shared import (
    Shared,
    folder_with_archive,
    shared_options,
)
from archiver.crawling.report import EXIT_STATUSES
from archiver.store.verify.verification import Report, findings, sizes_of


@click.command()
@click.option("--deep", is_flag=True, help="Read every capture again as well, and compare.")
@click.option(
    "--snapshot",
    "place",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Look at this snapshot instead, by itself: DEST/current, for one.",
)
@click.option(
    "--backup",
    "backups",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DEST",
    help="Read this backup back instead, or all that are in this folder.",
)
@shared_options
def verify(shared: Shared, deep: bool, place: Path | None, backups: Path | None) -> None:
    """Look for damage: payloads against their digests, rows against what they name. Ends with 1 if any is found.

    What an archive has not read yet is no damage. Ends with 3 if --deep cannot compare all.
    """
    if place is not None and backups is not None:
        raise click.UsageError("--snapshot and --backup are looked at one by one")
    if place is not None:
        _verify_snapshot(shared, place)
    if backups is not None:
        verify_backups(shared, backups)
    folder = folder_with_archive(shared)
    looking, reading = (shared.progress("verify", unit) for unit in ("payloads", "captures"))
    report = Report()
    for finding in findings(folder, looking.show, reading.show if deep else None):
        for progress in (looking, reading):
            progress.end()
        report.add(finding)
        shared.say({finding.kind: finding.words}, finding.words)
    sizes = sizes_of(folder)
    shared.say({"faults": report.faults, **sizes}, report.in_words(sizes))
    sys.exit(EXIT_STATUSES[report.status])


def _verify_snapshot(shared: Shared, place: Path) -> NoReturn:
    """Against its manifest, and its database like an archive; where numbers are masked, whether all are."""
    from archiver.store.sharing.copying import faults_of
    from archiver.store.sharing.snapshots import Snapshot, faults_of_manifest

    found = Snapshot(place.resolve())
    faults = faults_of_manifest(found) or faults_of(found.archive)
    for fault in faults:
        shared.say({"fault": fault}, fault)
    words = f"{len(faults):,} faults" if faults else "all is well"
    shared.say({"faults": len(faults), "snapshot": found.name}, f"{found.name}: {words}")
    sys.exit(1 if faults else 0)
