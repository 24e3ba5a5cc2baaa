"""`archiver wayback`."""

from __future__ import annotations

import sys
from typing import Any

import click

from archiver.commands.budgets import delay_option, file_budget_option
from archiver.commands.shared import (
    Shared,
    ask_for_contact,
    portal_named,
    reading_again,
    shared_options,
)
from archiver.crawling.report import as_table, as_values
from archiver.exchange.options import INTERNET_ARCHIVE, WaybackOptions


@click.command()
@click.argument("name", metavar="PORTAL")
@click.option("--from", "first", metavar="YYYY[MM[DD]]", help="Nothing that was captured before.")
@click.option("--to", "last", metavar="YYYY[MM[DD]]", help="Nothing that was captured later.")
@click.option(
    "--source",
    envvar="ARCHIVER_WAYBACK",
    default=INTERNET_ARCHIVE,
    show_default=True,
    show_envvar=True,
    metavar="URL",
    help="The archive's CDX index, or a collection of pywb.",
)
@delay_option
@file_budget_option
@shared_options
def wayback(shared: Shared, name: str, **options: Any) -> None:
    """Fetch what a web archive holds of a portal that is gone: its pages, each different payload of a page once.

    Then the pictures and documents that its articles show. A payload that came back after another is kept under each
    of its times, from the archive's index alone. Ctrl-C ends it; the next run goes on.
    """
    from archiver.crawling.settings import USER_AGENT
    from archiver.exchange.wayback import Follower, fetch_from_archive

    portal, wanted = portal_named(name), WaybackOptions(**options).checked()
    ask_for_contact(wanted.is_on_loopback)
    fetching = shared.progress("wayback", "captures")
    reading = shared.progress("read", "captures")
    follower = Follower(
        lambda address, why: click.echo(f"not to be had: {address}: {why}", err=True),
        fetching.show,
        reading.show,
        reading_again(shared),
    )
    ending = fetch_from_archive(portal, wanted, shared.data, shared.clock, USER_AGENT, follower)
    fetching.end()
    reading.end()
    shared.say({"portal": portal.key, **as_values(ending)}, as_table(ending, portal.key))
    sys.exit(ending.exit_status)
