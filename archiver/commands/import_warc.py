"""`archiver import`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from archiver.commands.shared import (
    Shared,
    reading_again,
    shared_options,
)
from archiver.crawling.report import as_table, as_values
from archiver.exchange.warc_in import Unreadable, Watcher, import_warcs


class RegularFile(click.Path):
    """A file that has a size and can be read anywhere: no pipe, which may have nothing to say for ever, no device."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, if it is that of such a file."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.is_file():
            self.fail(f"'{path}' is a pipe or a device, not a file", param, ctx)
        return path


@click.command("import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=RegularFile(exists=True, dir_okay=False, path_type=Path)
)
@shared_options
def import_(shared: Shared, files: tuple[Path, ...]) -> None:
    """Keep the captures of known portals in WARC files, whoever wrote them, each once and under its own time.

    What cannot be read is named with its place in the file, on standard error; the rest is kept.
    """
    importing = shared.progress("import", "bytes")
    reading = shared.progress("read", "captures")

    def say(place: Unreadable) -> None:
        click.echo(f"{place.file}: not read at byte {place.offset:,}: {place.reason}", err=True)

    watcher = Watcher(say, importing.show, reading.show, reading_again(shared))
    imported = import_warcs(files, shared.data, shared.clock, watcher)
    importing.end()
    reading.end()
    for key, ending in imported.endings.items():
        shared.say({"portal": key, **as_values(ending)}, as_table(ending, key))
    shared.say(imported.as_values(), imported.in_words())
    sys.exit(imported.exit_status)
