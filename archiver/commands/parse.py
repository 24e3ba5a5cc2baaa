"""`archiver parse`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from archiver.commands.shared import (
    Shared,
    portal_named,
    shared_options,
)
from archiver.crawling.options import (
    is_address,
)
from archiver.reading.page import read
from archiver.reading.printed import printed
from archiver.vietnamese.dates import INDOCHINA_TIME

_FIRST_YEAR, _LAST_YEAR = 1990, 9998  # of a capture; in the last year of all calendars other clocks cannot be told


@click.command()
@click.argument("name", metavar="PORTAL")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", required=True, help="The page's own address.")
@click.option("--at", "captured_at", metavar="TIME", help="When it was captured, ISO 8601.")
@shared_options
def parse(_: Shared, name: str, file: Path, url: str, captured_at: str | None) -> None:
    """Print as JSON what is read in a saved page. The data folder is not touched."""
    if not is_address(url):
        raise click.UsageError(f"--url must be a page's whole address, http:// or https://, not {url!r}")
    page = read(file.read_bytes(), portal_named(name), url, None, _moment(captured_at))
    click.echo(json.dumps(printed(page), ensure_ascii=False, indent=2))


def _moment(text: str | None) -> datetime | None:
    """A time as it was typed; Vietnamese time where it names no zone."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--at is a time such as 2025-06-30T08:00, not {text!r}") from None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise click.UsageError(f"--at is a time at which there was a web, not {text!r}")
    return moment if moment.tzinfo else moment.replace(tzinfo=INDOCHINA_TIME)
