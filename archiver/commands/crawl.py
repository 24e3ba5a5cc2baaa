"""`archiver crawl`: the portals that are named, now; or those that are due, each in a process of its own."""

from __future__ import annotations

import sys
from typing import Any

import click
from click.core import ParameterSource

from archiver.commands.budgets import delay_option, file_budget_option
from archiver.commands.scheduled import crawl_what_is_due
from archiver.commands.shared import (
    Shared,
    ask_for_contact,
    portal_named,
    reading_again,
    shared_options,
)
from archiver.configuration import PortalChoice
from archiver.crawling.limits import fence_in
from archiver.crawling.options import (
    RECHECK_BUDGET,
    RECHECKS,
    CrawlOptions,
)
from archiver.crawling.report import Ending, as_table, as_values, worst_exit_status
from archiver.portals.registry import is_made_up

MADE_UP = "demo"
# Where the command line does not say; of the last two it never does.
_OF_CONFIGURATION = (
    "delay",
    "recheck_budget",
    "file_budget",
    "shortest_interval_minutes",
    "longest_interval_minutes",
)


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
@click.option("--deadline", type=float, metavar="S", help="End cleanly after so many seconds; the next crawl goes on.")
@click.option("--memory", type=int, metavar="MB", help="End cleanly when so many megabytes are in use.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Crawl at most so many that are due at a time.")
@delay_option
@shared_options
def crawl(shared: Shared, names: tuple[str, ...], jobs: int | None, **options: Any) -> None:
    """Crawl the portals that are named; without a name, every enabled one that is due, each in a process of its own.

    Ctrl-C ends a crawl cleanly; the next one goes on from there. Of several, the worst end counts: 1 (failed), then 4
    (another run is at work on a portal that was named), then 3 (degraded), then 0.
    """
    if not names:
        crawl_what_is_due(shared, jobs, {name: value for name, value in options.items() if _is_said(name)})
        return
    if jobs is not None:
        raise click.UsageError("--jobs belongs to a crawl of all that is due: name no portal")
    wanted = [portal_named(name) for name in names]
    chosen = {portal.key: _chosen(shared.configuration().of(portal.key), options) for portal in wanted}
    if any(is_made_up(portal) and not chosen[portal.key]["base_url"] for portal in wanted):
        raise click.UsageError("the demo portal stands on no network: see `archiver demo`, or give its --base-url")
    crawls = [CrawlOptions(portal.key, shared.data, **chosen[portal.key]).checked() for portal in wanted]
    ask_for_contact(all(each.is_on_loopback for each in crawls))
    if options["memory"] is not None:
        fence_in(options["memory"])
    endings = run(shared, crawls)
    for portal, ending in zip(wanted, endings, strict=True):
        shared.say({"portal": portal.key, **as_values(ending)}, as_table(ending, portal.key))
    sys.exit(worst_exit_status(endings))


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


def _chosen(choice: PortalChoice, options: dict[str, Any]) -> dict[str, Any]:
    """What was said on the command line; where nothing was, what the configuration says."""
    unsaid = {name: getattr(choice.pace, name) for name in _OF_CONFIGURATION if not _is_said(name)}
    return options | unsaid | {"base_url": options["base_url"] or choice.base_url or None}


def _is_said(name: str) -> bool:
    return click.get_current_context().get_parameter_source(name) is ParameterSource.COMMANDLINE
