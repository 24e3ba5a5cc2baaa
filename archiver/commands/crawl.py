"""`archiver crawl`."""

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
from archiver.crawling.options import (
    RECHECK_BUDGET,
    RECHECKS,
    CrawlOptions,
)
from archiver.crawling.report import Ending, as_table, as_values
from archiver.portals import PORTALS

MADE_UP = "demo"


@click.command()
@click.argument("names", metavar="[PORTAL]...", nargs=-1)
@click.option("--base-url", metavar="URL", help="Connect there instead of to the portal.")
@click.option("--full", is_flag=True, help="Ask for everything anew, and walk every list to its end.")
@click.option("--recheck", type=click.Choice(RECHECKS), default="due", show_default=True, help="Which known articles.")
@click.option(
    "--recheck-budget",
    type=int,
    default=RECHECK_BUDGET,
    show_default=True,
    metavar="N",
    help="At most so many that are due.",
)
@file_budget_option
@click.option("--limit", type=int, metavar="N", help="Make at most N requests, robots.txt not counted.")
@delay_option
@shared_options
def crawl(shared: Shared, names: tuple[str, ...], **options: Any) -> None:
    """Crawl portals, or all that are known. Ctrl-C ends a crawl cleanly; the next one goes on from there."""
    wanted = [portal_named(name) for name in names] or [each for key, each in PORTALS.items() if key != MADE_UP]
    if options["base_url"] is None and any(portal.key == MADE_UP for portal in wanted):
        raise click.UsageError("the demo portal stands on no network: see `archiver demo`, or give its --base-url")
    crawls = [CrawlOptions(portal.key, shared.data, **options).checked() for portal in wanted]
    ask_for_contact(all(each.is_on_loopback for each in crawls))
    endings = run(shared, crawls)
    for portal, ending in zip(wanted, endings, strict=True):
        shared.say({"portal": portal.key, **as_values(ending)}, as_table(ending, portal.key))
    sys.exit(max(ending.exit_status for ending in endings))


def run(shared: Shared, crawls: list[CrawlOptions], overrides: dict[str, Any] | None = None) -> list[Ending]:
    """Run crawls one after another, and tell how each goes. `overrides` are settings of Scrapy."""
    from archiver.crawling.running import run_crawls

    return run_crawls(
        crawls,
        shared.clock,
        reading_again(shared),
        progress=not shared.is_silent,
        verbose=shared.verbose,
        overrides=overrides,
    )
