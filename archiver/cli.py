"""The `archiver` command.

Scrapy and Datasette are imported where they are used: each takes longer to load than most commands to run.
"""

from __future__ import annotations

import click

from archiver import __version__
from archiver.clock import SystemClock
from archiver.commands.alert import alert
from archiver.commands.backup import backup
from archiver.commands.config import config
from archiver.commands.crawl import crawl
from archiver.commands.decisions import restore, withhold
from archiver.commands.demo import demo
from archiver.commands.export import export
from archiver.commands.group import Archiver
from archiver.commands.import_warc import import_
from archiver.commands.overview import status
from archiver.commands.parse import parse
from archiver.commands.portals import portals
from archiver.commands.probe import probe
from archiver.commands.reparse import reparse
from archiver.commands.schedule import schedule
from archiver.commands.serve import serve
from archiver.commands.snapshot import snapshot
from archiver.commands.verify import verify
from archiver.commands.wayback import wayback


@click.group(cls=Archiver, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="archiver")
@click.pass_context
def main(context: click.Context) -> None:
    """Archive Vietnamese local-government portals: crawl, read, keep, serve."""
    context.obj = SystemClock()


for command in (
    *(demo, crawl, serve, snapshot, status, parse, export, import_, wayback, reparse, verify, withhold, restore),
    *(backup, portals, probe, config, alert, schedule),
):
    main.add_command(command)
