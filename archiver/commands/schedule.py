"""`archiver schedule`."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import click

import archiver
from archiver.commands.program import program
from archiver.commands.shared import FOLDER, Shared, shared_options
from archiver.scheduling import container, cron, systemd
from archiver.scheduling.plan import File, Plan

_NOBODY_IN_PARTICULAR = "archiver"


class _Way(NamedTuple):
    files: Callable[[Plan], Iterator[File]]
    how_to: Callable[[Plan], str]


_WAYS = {
    "systemd": _Way(systemd.files, systemd.how_to),
    "cron": _Way(cron.files, cron.how_to),
    "container": _Way(container.files, container.how_to),
}


@click.command()
@click.argument("way", type=click.Choice(sorted(_WAYS, reverse=True)))
@click.option("--user", metavar="NAME", help="As whom it runs; without it you, or `archiver` where you are root.")
@click.option(
    "--environment",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("/etc/archiver.env"),
    show_default=True,
    help="The file that holds secrets and other variables.",
)
@click.option("--snapshots", type=FOLDER, help="Where snapshots are made; without it, in --data.")
@click.option("--backup", type=FOLDER, metavar="DEST", help="Make backups as well, there.")
@click.option("--to", type=FOLDER, metavar="FOLDER", help="Write the files, under their whole paths, below a folder.")
@shared_options
def schedule(
    shared: Shared,
    way: str,
    user: str | None,
    environment: Path,
    snapshots: Path | None,
    backup: Path | None,
    to: Path | None,
) -> None:
    """Print what has all this run by itself, for this program and --data: systemd units, a crontab, or a container.

    Crawls of what is due, alerts, snapshots, and backups if there is a place for them. The files say what they are for.
    """
    _refuse_odd(
        {"--data": shared.data, "--config": shared.config, "--environment": environment, "--to": to}
        | {"--snapshots": snapshots, "--backup": backup},
        user,
    )
    plan = Plan(
        program(),
        shared.data.resolve(),
        user or _user(),
        environment.resolve(),
        shared.config.resolve() if shared.config else None,
        snapshots.resolve() if snapshots else None,
        backup.resolve() if backup else None,
        _source(),
    )
    files, how_to = list(_WAYS[way].files(plan)), _WAYS[way].how_to(plan)
    if to is not None:
        _write(files, to)
    if shared.as_json:
        for file in files:
            shared.say({"place": file.place, "text": file.text}, "")
    elif to is None:
        click.echo("\n".join([_commented(how_to), *(f"\n# ===== {each.place} =====\n{each.text}" for each in files)]))
    else:
        click.echo(how_to)


def _refuse_odd(paths: dict[str, Path | None], user: str | None) -> None:
    """What would begin a line of its own in a unit, or be another user than was meant."""
    for option, path in paths.items():
        if path is not None and not str(path).isprintable():
            raise click.UsageError(f"{option} {str(path)!r} has signs in it that stand in no unit")
    if user is not None and not re.fullmatch(r"[a-z_][a-z0-9_-]{0,31}", user, re.ASCII | re.IGNORECASE):
        raise click.UsageError(f"--user {user!r} is no name of a user")


def _commented(text: str) -> str:
    return "\n".join(f"# {line}" for line in text.splitlines())


def _write(files: list[File], folder: Path) -> None:
    """Each under its whole path: two may have one name."""
    for file in files:
        place = folder / file.place.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(file.text, encoding="utf-8")


def _user() -> str:
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # as in a container: a number without a name
        return _NOBODY_IN_PARTICULAR
    return _NOBODY_IN_PARTICULAR if name == "root" else name


def _source() -> Path | None:
    """The folder of the source, if the program runs from it."""
    folder = Path(archiver.__file__).resolve().parents[1]
    return folder if (folder / "requirements.lock").exists() else None
