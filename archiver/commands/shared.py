"""What all subcommands share: their options, what they are told, and whom they ask for."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from archiver.clock import Clock
from archiver.configuration import Configuration, find_alerts, find_configuration
from archiver.configuration.finding import VARIABLE_OF_FILE
from archiver.crawling.options import CONTACT_VARIABLE
from archiver.logs.beginning import LOG_FORMATS, LOG_VARIABLE, LogFormat, begin_log
from archiver.portals import PORTALS, Portal
from archiver.portals.registry import listed
from archiver.progress import Progress
from archiver.store.ground.errors import DataFolderError
from archiver.store.interpretation.reading_captures import Tally
from archiver.store.rebuild.reading_changes import ReadingChange, change_as_values, change_in_words
from archiver.store.rebuild.rereading import Listener, tally_in_words

FOLDER = click.Path(file_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Shared:
    """What every subcommand is told."""

    data: Path
    as_json: bool
    verbose: bool
    clock: Clock
    log: LogFormat = "text"
    config: Path | None = None  # the configuration's file, if one was named

    @property
    def is_silent(self) -> bool:
        """Whether a program reads along, on the standard output or on the log, to which progress means nothing."""
        return self.as_json or self.log == "json"

    def configuration(self) -> Configuration:
        """What the operator wants; raises ConfigurationError."""
        return find_configuration(self.data, self.config, PORTALS)

    def what_is_told(self) -> Configuration:
        """The same for alerts, which are for telling what cannot be understood, too: its `complaint`."""
        return find_alerts(self.data, self.config, PORTALS)

    def progress(self, stage: str, unit: str) -> Progress:
        """Shows how far something has come; silent where a program reads along."""
        return Progress(stage, unit, self.clock, silent=self.is_silent)

    def say(self, values: dict[str, Any], words: str) -> None:
        """Print for programs, one JSON object on a line, or for people."""
        click.echo(json.dumps(values, ensure_ascii=False) if self.as_json else words)


def shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every subcommand takes; they reach it as its first argument."""

    @wraps(command)
    def with_shared(
        *args: Any,
        data: Path,
        as_json: bool,
        verbose: bool,
        log_format: LogFormat,
        config: Path | None,
        **options: Any,
    ) -> None:
        begin_log(log_format, verbose=verbose)
        context = click.get_current_context()
        context.meta[LOG_VARIABLE] = log_format
        command(Shared(data, as_json, verbose, context.obj, log_format, config), *args, **options)

    for option in (
        click.option(
            "--log",
            "log_format",
            type=click.Choice(LOG_FORMATS),
            default="text",
            show_default=True,
            envvar=LOG_VARIABLE,
            show_envvar=True,
            help="How the log is written, to standard error: one line an event.",
        ),
        click.option("-v", "--verbose", is_flag=True, help="Say more about what happens."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs."),
        click.option(
            "--config",
            type=click.Path(path_type=Path),
            envvar=VARIABLE_OF_FILE,
            show_envvar=True,
            metavar="FILE",
            help="Configuration, instead of archiver.toml in --data.",
        ),
        click.option("--data", type=FOLDER, default=Path("data"), show_default=True, help="Folder of the archive."),
    ):
        with_shared = option(with_shared)
    return with_shared


def portal_named(name: str) -> Portal:
    """A portal of the registry; a usage error where none is called that."""
    if name not in PORTALS:
        raise click.UsageError(f"no portal is called {name!r}; known are {', '.join(sorted(listed(PORTALS)))}")
    return PORTALS[name]


def folder_with_captures(shared: Shared) -> Path:
    """The data folder, where there is evidence in it; DataFolderError where there is none."""
    if not (shared.data / "captures.db").exists():
        raise DataFolderError(f"there is no archive in {shared.data} yet; a crawl makes one: archiver crawl myhao")
    return shared.data


def folder_with_archive(shared: Shared) -> Path:
    """The same, where there is an archive beside the evidence."""
    folder = folder_with_captures(shared)
    if not (folder / "archive.db").exists():  # opening it would make an empty one, in which nothing is wrong
        raise DataFolderError(f"there is no archive.db in {folder}; `archiver reparse` makes it from captures.db")
    return folder


def ask_for_contact(is_on_loopback: bool) -> None:
    """Say how to name oneself to the people of a portal, where nobody is named yet."""
    if not os.environ.get(CONTACT_VARIABLE) and not is_on_loopback:
        click.echo(f"Set {CONTACT_VARIABLE} to your address: whoever is asked sees it and can ask you.", err=True)


def reading_again(shared: Shared) -> Listener:
    """Tells how reading again goes, what it came to, and what reads differently."""
    progress = shared.progress("reparse", "captures")

    def outdated() -> None:
        click.echo("The archive was made by another reader, or before a decision: all is read again first.", err=True)

    def read(portal: str, tally: Tally) -> None:
        progress.end()
        shared.say({"portal": portal, **asdict(tally)}, tally_in_words(portal, tally))

    def changed(change: ReadingChange) -> None:
        shared.say(change_as_values(change), change_in_words(change))

    return Listener(outdated, progress.show, read, changed)
