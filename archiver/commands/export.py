"""`archiver export`: captures as a WARC file, or tables."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archiver.clock import stamp
from archiver.commands.shared import (
    FOLDER,
    Shared,
    folder_with_captures,
    portal_named,
    shared_options,
)
from archiver.exchange.tables_out import export_tables, unknown_tables
from archiver.exchange.warc_out import default_name, export_warc
from archiver.portals import PORTALS
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.ground.errors import DataFolderError
from archiver.store.sharing.exports import newest_capture
from archiver.tabular.files import Format

FORMATS: dict[str, Format] = {"csv": "csv", "jsonl": "jsonl", "parquet": "parquet"}


@click.command()
@click.argument("names", metavar="[PORTAL]...", nargs=-1)
@click.option(
    "--warc",
    "file",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="All captures into a WARC 1.1 file, .warc.gz or .warc; without a name, one for the portals and the day.",
)
@click.option("--csv", metavar="FOLDER", type=FOLDER, help="The tables of archive.db as CSV files.")
@click.option("--jsonl", metavar="FOLDER", type=FOLDER, help="The same as JSON lines.")
@click.option("--parquet", metavar="FOLDER", type=FOLDER, help="The same as Parquet, with typed columns.")
@click.option(
    "--table", "tables", metavar="NAME", multiple=True, help="Only this table or view; more than once for more."
)
@click.option("--with-withheld", is_flag=True, help="Captures of withheld articles too: for a copy of your own.")
@shared_options
def export(
    shared: Shared,
    names: tuple[str, ...],
    file: str | None,
    tables: tuple[str, ...],
    with_withheld: bool,
    **folders: Path | None,
) -> None:
    """Write what is kept into files for others: captures, with --warc a file that must not be there yet; or tables.

    Captures of withheld articles stay out. Lists that name them do not: the file holds pages as they were sent.
    """
    wanted = {form: folder for form, folder in folders.items() if folder is not None}
    if file is not None and not wanted and not tables:
        _export_captures(shared, names, file, with_withheld)
    elif wanted and file is None and not names:
        for form, folder in wanted.items():
            _export_tables(shared, form, folder, tables)
    else:
        raise click.UsageError(
            "say what is to be written: archiver export --warc FILE.warc.gz [PORTAL]...,"
            " or archiver export --csv FOLDER (--jsonl, --parquet) [--table NAME]..."
        )


def _export_captures(shared: Shared, names: tuple[str, ...], file: str, with_withheld: bool) -> None:
    if file and not file.endswith((".warc", ".warc.gz")):
        raise click.UsageError(f"--warc is followed by a file's name that ends in .warc.gz or .warc, not {file!r}")
    captures = open_captures(folder_with_captures(shared))
    wanted = [portal_named(name).key for name in names] or [key for key in PORTALS if newest_capture(captures, [key])]
    if not any(newest_capture(captures, [key]) for key in wanted):
        raise DataFolderError(f"there are no captures of {', '.join(wanted) or 'any portal'} in {shared.data}")
    path = Path(file or default_name(captures, wanted))
    progress = shared.progress("export", "captures")
    try:
        exported = export_warc(
            captures, wanted, path, stamp(shared.clock.now()), progress.show, with_withheld=with_withheld
        )
    except OSError as error:
        raise click.ClickException(str(error)) from None
    finally:
        progress.end()
    left_out = f", {exported.left_out:,} of withheld articles left out" if exported.left_out else ""
    size = path.stat().st_size
    shared.say(
        {"file": str(path), "portals": wanted, **asdict(exported), "bytes": size},
        f"{path}: {exported.captures:,} captures of {', '.join(wanted)}{left_out}, {size:,} bytes",
    )


def _export_tables(shared: Shared, form: str, folder: Path, tables: tuple[str, ...]) -> None:
    if not (shared.data / "archive.db").exists():
        raise DataFolderError(f"there is no archive.db in {shared.data} yet; a crawl makes one: archiver crawl myhao")
    archive = open_archive(shared.data)
    if unknown := unknown_tables(archive, tables):
        raise click.UsageError(f"no table or view is called {', '.join(unknown)}")
    progress = shared.progress("export", "rows")
    try:
        for each in export_tables(archive, folder, FORMATS[form], tables, progress.show):
            values = {"file": str(each.path), "table": each.table, "rows": each.rows, "bytes": each.size}
            shared.say(values, f"{each.path}: {each.rows:,} rows, {each.size:,} bytes")
    except OSError as error:
        raise click.ClickException(str(error)) from None
    finally:
        progress.end()
