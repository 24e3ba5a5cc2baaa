"""`archiver config`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

import click

from archiver.commands.shared import Shared, shared_options
from archiver.configuration import Configuration
from archiver.configuration.example import example
from archiver.portals import PORTALS
from archiver.portals.registry import listed


@click.command()
@click.argument("what", type=click.Choice(["example", "check"]), default="example")
@shared_options
def config(shared: Shared, what: Literal["example", "check"]) -> None:
    """Print an example of the configuration, every key with its default; `check` reads yours and says what is wrong."""
    if what == "example":
        click.echo(example("myhao"))
        return
    read = shared.configuration()
    words = f"{read.file} can be understood" if read.file else "there is no configuration: all defaults hold"
    shared.say(_as_values(read), words)


def _as_values(read: Configuration) -> dict[str, object]:
    """All that holds, portal by portal."""
    portals = {key: asdict(read.of(key)) for key in listed(PORTALS)}
    told = {"crawl": asdict(read.crawl), "portals": portals}
    return {"file": read.file} | told | {"alerts": asdict(read.alerts), "heartbeat": asdict(read.heartbeat)}
