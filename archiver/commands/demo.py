"""`archiver demo`."""

from __future__ import annotations

import sys

import click

from archiver.commands.crawl import MADE_UP, run
from archiver.commands.serve import PORT, serve_here
from archiver.commands.shared import (
    Shared,
    shared_options,
)
from archiver.crawling.options import (
    CrawlOptions,
)
from archiver.crawling.report import as_table, as_values
from archiver.demo import DRESSES, DemoPortal, DressedPortal, demo_clock, stories
from archiver.demo import serve as serve_portal
from archiver.store.ground.locks import whole_folder

FIRST = "tandan"  # the dress that the portal wears unless told otherwise
SLOW = 4.0  # seconds that one of its pages takes


@click.command()
@click.option("--port", type=PORT, default=8001, show_default=True, help="Port of Datasette; 0 takes a free one.")
@click.option("--stories", "count", type=click.IntRange(20, 2000), default=160, show_default=True, help="How many.")
@click.option(
    "--dress",
    type=click.Choice((FIRST, *DRESSES)),
    default=FIRST,
    show_default=True,
    help="The platform whose addresses, markup and paging the portal wears.",
)
@shared_options
def demo(shared: Shared, port: int, count: int, dress: str) -> None:
    """Serve a made-up portal on this machine, crawl it, and open its archive in Datasette until Ctrl-C.

    The portal plays faults and traps of real ones: a few problems at the end are as they should be. Its archive is made
    anew each time, in the folder `demo` of --data.
    """
    folder = shared.data / "demo"
    with whole_folder(folder):
        for file in (*folder.glob("captures.db*"), *folder.glob("archive.db*")):
            file.unlink()
    key = MADE_UP if dress == FIRST else f"{MADE_UP}-{dress}"
    with serve_portal(_portal(dress, count)) as portal:
        click.echo(f"The made-up portal of An Thuận is served at {portal.base_url}/ and crawled from there.", err=True)
        options = CrawlOptions(key, folder, portal.base_url, delay=0).checked()
        (ending,) = run(shared, [options], {"DOWNLOAD_TIMEOUT": 3})  # less than SLOW
        shared.say({"portal": key, **as_values(ending)}, as_table(ending, key))
        if ending.exit_status:
            sys.exit(ending.exit_status)
        serve_here(shared, folder / "archive.db", port, or_another=True)


def _portal(dress: str, count: int) -> DemoPortal | DressedPortal:
    news, clock = stories(count), demo_clock()
    if dress == FIRST:
        return DemoPortal(news, clock, slow_seconds=SLOW)
    return DressedPortal(DRESSES[dress], news, clock, slow_seconds=SLOW)
