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
from archiver.demo import DemoPortal, demo_clock, stories
from archiver.demo import serve as serve_portal
from archiver.store.ground.locks import whole_folder


@click.command()
@click.option("--port", type=PORT, default=8001, show_default=True, help="Port of Datasette; 0 takes a free one.")
@click.option("--stories", "count", type=click.IntRange(20, 2000), default=160, show_default=True, help="How many.")
@shared_options
def demo(shared: Shared, port: int, count: int) -> None:
    """Serve a made-up portal on this machine, crawl it, and open its archive in Datasette until Ctrl-C.

    The portal plays faults and traps of real ones: a few problems at the end are as they should be. Its archive is made
    anew each time, in the folder `demo` of --data.
    """
    folder = shared.data / "demo"
    with whole_folder(folder):
        for file in (*folder.glob("captures.db*"), *folder.glob("archive.db*")):
            file.unlink()
    with serve_portal(DemoPortal(stories(count), demo_clock(), slow_seconds=4.0)) as portal:
        click.echo(f"The made-up portal of An Thuận is served at {portal.base_url}/ and crawled from there.", err=True)
        options = CrawlOptions(MADE_UP, folder, portal.base_url, delay=0).checked()
        (ending,) = run(shared, [options], {"DOWNLOAD_TIMEOUT": 3})  # one of its pages takes longer
        shared.say({"portal": MADE_UP, **as_values(ending)}, as_table(ending, MADE_UP))
        if ending.exit_status:
            sys.exit(ending.exit_status)
        serve_here(shared, folder / "archive.db", port, or_another=True)
