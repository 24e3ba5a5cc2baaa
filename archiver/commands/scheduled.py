"""`archiver crawl` without a name: what is due, each portal in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NoReturn

import click

from archiver.clock import stamp
from archiver.commands.shared import Shared, ask_for_contact, reading_again
from archiver.commands.turns import after_turn, heard_turn
from archiver.configuration import Configuration
from archiver.crawling.options import CrawlOptions
from archiver.crawling.report import Ending, as_table, as_values
from archiver.logs.lines import on_one_line
from archiver.portals import PORTALS, Portal
from archiver.store.ground.errors import LockedError
from archiver.store.rebuild.rereading import bring_up_to_date
from archiver.store.runs.dueness import in_words
from archiver.supervising.crew import Crew, Told, severity, worst
from archiver.supervising.errands import Errand, errand
from archiver.supervising.schedule import Appointment, appointments, enabled_portals

_LONG_TURN = 900.0  # seconds, after which the outside switch waits to hear something


def crawl_what_is_due(shared: Shared, jobs: int | None, said: dict[str, Any]) -> None:
    """Crawl every enabled portal that is due; `said` goes before the configuration. Ends with the worst exit status."""
    wanted = shared.configuration()
    if "base_url" in said:
        raise click.UsageError("--base-url is of one portal: name it")
    portals = enabled_portals(wanted, PORTALS.values())
    options = {portal.key: options_of(shared, wanted, portal, said) for portal in portals}
    if not portals:
        _end(shared, "no portal is enabled", {"due": 0})
    ask_for_contact(all(each.is_on_loopback for each in options.values()))
    with heard_turn(wanted):
        _turn(shared, wanted, portals, options, jobs)


def _turn(
    shared: Shared, wanted: Configuration, portals: list[Portal], options: dict[str, CrawlOptions], jobs: int | None
) -> NoReturn:
    """Crawl what is due of some portals, then tell how that went."""
    with suppress(LockedError):  # a portal is being crawled: then nothing is outdated, or its crawl comes first
        bring_up_to_date(shared.data, stamp(shared.clock.now()), reading_again(shared))

    def due() -> Iterable[Errand]:
        now = shared.clock.now()
        made = appointments(shared.data, wanted, portals, now)
        return [errand(options[each.portal.key], shared.log, shared.config) for each in made if each.due.is_due(now)]

    errands = list(due())
    if not errands:
        after_turn(shared, wanted, went_well=True)
        _nothing_due(shared, appointments(shared.data, wanted, portals, shared.clock.now())[0])
    if not shared.is_silent:
        click.echo(f"due: {', '.join(each.portal for each in errands)}", err=True)
    crew = Crew(jobs or wanted.crawl.jobs, shared.clock, teller(shared, wanted))
    endings = crew.work(errands, due)
    if crew.was_interrupted:
        sys.exit(1)
    # A portal that is dead stays so, and is told of once: for the outside switch it is enough that another is not.
    after_turn(shared, wanted, went_well=any(severity(each) == 0 for each in endings.values()))
    sys.exit(worst(endings.values()))


def options_of(shared: Shared, wanted: Configuration, portal: Portal, said: dict[str, Any]) -> CrawlOptions:
    """One run of a portal that nobody watches. Raises UsageError."""
    choice = wanted.of(portal.key)
    by_configuration: dict[str, Any] = {
        "base_url": choice.base_url or None,
        "delay": choice.pace.delay,
        "recheck_budget": choice.pace.recheck_budget,
        "file_budget": choice.pace.file_budget,
        "limit": choice.pace.page_budget,
        "deadline": choice.pace.deadline,
        "memory": choice.pace.memory_mb,
        "shortest_interval_minutes": choice.pace.shortest_interval_minutes,
        "longest_interval_minutes": choice.pace.longest_interval_minutes,
    }
    return CrawlOptions(portal.key, shared.data, **(by_configuration | said)).checked()


def teller(shared: Shared, wanted: Configuration) -> Told:
    """Says how each crawl ended, as soon as it has.

    Where many portals are crawled, one is always under way, and a turn may last for days: what follows a turn follows
    a good end then, every quarter of an hour.
    """
    since = shared.clock.monotonic()

    def told(errand: Errand, ending: Ending, complaints: str) -> None:
        nonlocal since
        for line in complaints.splitlines():
            is_event = shared.log == "json" and line.startswith("{")  # which names its portal itself
            click.echo(line if is_event else on_one_line(f"{errand.portal}: {line}"), err=True)
        shared.say({"portal": errand.portal, **as_values(ending)}, as_table(ending, errand.portal))
        if severity(ending) == 0 and shared.clock.monotonic() - since >= _LONG_TURN:
            since = shared.clock.monotonic()
            after_turn(shared, wanted, went_well=True)

    return told


def _nothing_due(shared: Shared, soonest: Appointment) -> NoReturn:
    words = f"nothing is due; the first is {soonest.portal.key}: {in_words(soonest.due, shared.clock.now())}"
    _end(shared, words, {"due": 0, "next_portal": soonest.portal.key, "next_due": stamp(soonest.due.at)})


def _end(shared: Shared, words: str, values: dict[str, Any]) -> NoReturn:
    shared.say(values, words)
    sys.exit(0)
