"""`archiver backup`; `archiver restore --from` and `archiver verify --backup`, which go the other way."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from archiver import __version__
from archiver.commands.copying import noted_copy
from archiver.commands.shared import FOLDER, Shared, shared_options
from archiver.crawling.report import EXIT_STATUSES
from archiver.progress import Stages

if TYPE_CHECKING:
    from archiver.backups.making import Made
    from archiver.backups.restoring import Restored


@click.command()
@click.argument("folder", metavar="DEST", type=FOLDER)
@click.option("--deep", is_flag=True, help="Read all backups in DEST back, not the new one alone; once a week anyway.")
@click.option("--despite-damage", is_flag=True, help="Back damaged evidence up as it is, for want of better.")
@shared_options
def backup(shared: Shared, folder: Path, deep: bool, despite_damage: bool) -> None:
    """Back both files up into DEST, also while a crawl writes.

    Of captures only what is new is written; what was written is read back before it counts. The newest backups of 7
    days, 5 weeks and 12 months stay. Ends with 1 if the evidence is damaged: then there is no new backup, and the
    earlier ones stay as they are. Ends with 3 if archive.db could not be backed up, or an earlier backup is damaged.

    `archiver restore --from DEST` goes the other way.
    """
    from archiver.backups.making import Wanted, make_backup

    _refuse_overlap(shared.data, folder)
    stages = Stages(shared.clock, silent=shared.is_silent)
    wanted = Wanted(shared.data, folder, deep, despite_damage)
    with noted_copy(shared, "backup", folder) as end:
        try:
            made = make_backup(wanted, shared.clock, f"archiver {__version__}", stages.show)
        finally:
            stages.end()
        end.outcome = "failed" if made.backup is None else "good" if made.is_whole else "degraded"
        end.said = _what_is_wrong(made)
    _tell_of_faults(shared, made.faults)
    for note in made.notes:
        shared.say({"note": note}, note)
    for name, faults in made.damaged.items():
        for fault in faults:
            shared.say({"damaged": name, "fault": fault}, f"{name} is damaged: {fault}")
    values = {
        "backup": made.backup.name if made.backup else None,
        "folder": str(made.backup.folder) if made.backup else None,
        "faults": len(made.faults),
        "added": made.added,
        "rows": made.rows,
        "bytes": made.written,
        "deep": made.deep,
        "damaged": sorted(made.damaged),
        "removed": made.removed,
    }
    shared.say(values, _in_words(made))
    if made.backup is None:
        sys.exit(EXIT_STATUSES["failed"])
    sys.exit(EXIT_STATUSES["finished" if made.is_whole else "degraded"])


def restore_from(shared: Shared, place: Path, force: bool, despite_damage: bool) -> NoReturn:
    """Put a backup, or the newest in a folder, into the data folder."""
    from archiver.backups.places import backup_at
    from archiver.backups.restoring import Order, restore_backup

    stages = Stages(shared.clock, silent=shared.is_silent)
    wanted = backup_at(place)
    try:
        restored = restore_backup(Order(wanted, shared.data, force, despite_damage), shared.clock, stages.show)
    finally:
        stages.end()
    _tell_of_faults(shared, restored.faults)
    for note in restored.notes:
        shared.say({"note": note}, note)
    values = {
        "backup": wanted.name,
        "restored": restored.is_done,
        "faults": len(restored.faults),
        "rows": restored.rows,
        "archive": restored.is_done and not restored.notes,
        "aside": str(restored.aside) if restored.aside else None,
    }
    shared.say(values, _restored_in_words(restored, wanted.name, shared.data))
    if not restored.is_done:
        sys.exit(EXIT_STATUSES["failed"])
    sys.exit(EXIT_STATUSES["degraded" if restored.faults or restored.notes else "finished"])


def verify_backups(shared: Shared, place: Path) -> NoReturn:
    """Read a backup, or all in a folder, back."""
    from archiver.backups.checking import faults_of_backups
    from archiver.backups.places import RECORD, backup_at, backups_in

    wanted = [backup_at(place)] if (place / RECORD).exists() else backups_in(place) or [backup_at(place)]
    stages = Stages(shared.clock, silent=shared.is_silent)
    try:
        found = faults_of_backups(wanted, stages.show, {})
    finally:
        stages.end()
    for name, faults in found.items():
        for fault in faults:
            shared.say({"backup": name, "fault": fault}, f"{name}: {fault}")
    count = sum(map(len, found.values()))
    words = f"{count:,} faults" if count else "all is well"
    shared.say({"faults": count, "backups": len(found)}, f"{len(found):,} backups: {words}")
    sys.exit(EXIT_STATUSES["failed" if count else "finished"])


def _what_is_wrong(made: Made) -> str:
    """The first of what is wrong, and how much more there is; nothing where all is well."""
    damaged = [f"the backup {name} is damaged: {fault}" for name, faults in made.damaged.items() for fault in faults]
    said = [*made.faults, *made.notes, *damaged]
    return f"{said[0]}{f' (and {len(said) - 1:,} more)' if len(said) > 1 else ''}" if said else ""


def _refuse_overlap(data: Path, folder: Path) -> None:
    inner, outer = folder.resolve(), data.resolve()
    if inner.is_relative_to(outer):
        raise click.UsageError(f"DEST, {folder}, is inside --data; what harms the one would harm the other")
    if outer.is_relative_to(inner):
        raise click.UsageError(f"--data is inside DEST, {folder}; a folder of its own is wanted for backups")


def _tell_of_faults(shared: Shared, faults: list[str] | tuple[str, ...]) -> None:
    for fault in faults:
        shared.say({"fault": fault}, fault)


def _counted(rows: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {table}" for table, count in rows.items())


def _restored_in_words(restored: Restored, name: str, data: Path) -> str:
    if not restored.is_done:
        return f"{name} was not restored; {data} is as it was"
    checked = "all checked" if not restored.faults else f"with {len(restored.faults):,} faults"
    lines = [f"{data} is as it was at {name}: {_counted(restored.rows)}, {checked}"]
    if restored.aside:
        lines.append(f"what stood there is in {restored.aside}; a running `archiver serve` is to be started again")
    if restored.notes:
        lines.append("archive.db is left out; `archiver reparse` makes it from captures.db")
    return "\n".join(lines)


def _in_words(made: Made) -> str:
    if made.backup is None:
        return f"No backup was made, {len(made.faults):,} faults; earlier ones stay as they are"
    lines = [f"{made.backup.folder}: {_counted(made.added)} added, {made.written:,} bytes written and read back"]
    if made.deep:
        lines.append(f"all backups were read: {len(made.damaged):,} are damaged")
    if made.removed:
        lines.append(f"removed as old: {', '.join(made.removed)}")
    return "\n".join(lines)
