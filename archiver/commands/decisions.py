"""`archiver withhold` and `archiver restore`, which undoes it, or brings a backup back."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.commands.backup import restore_from
from archiver.commands.shared import (
    FOLDER,
    Shared,
    folder_with_captures,
    reading_again,
    shared_options,
)
from archiver.store.decisions.deciding import Order, decide


@click.command()
@click.argument("subject", metavar="KEY|URL")
@click.option("--reason", required=True, help="Why; kept with the evidence, not shown.")
@click.option("--category", help="What kind of reason may be shown: personal data, court order …")
@shared_options
def withhold(shared: Shared, subject: str, reason: str, category: str | None) -> None:
    """Take an article's text out of archive.db. The decision and the evidence stay, and so does a tombstone.

    It is named by its key, or by its address where that is all that is known of it.
    """
    _decide(shared, Order("withhold", subject, reason, category), "withheld")


@click.command()
@click.argument("subject", metavar="[KEY|URL]", required=False)
@click.option("--reason", help="Why; kept with the evidence, not shown. Needed with KEY|URL.")
@click.option("--from", "place", type=FOLDER, metavar="DEST", help="Restore the newest backup in it, or this one.")
@click.option("--force", is_flag=True, help="With --from: put an archive that is in --data aside.")
@click.option("--despite-damage", is_flag=True, help="With --from: restore what can be read of a damaged backup.")
@shared_options
def restore(
    shared: Shared, subject: str | None, reason: str | None, place: Path | None, force: bool, despite_damage: bool
) -> None:
    """Undo `withhold`: the article KEY is read from the evidence again. Or, with --from, bring a backup back.

    A backup (see `archiver backup`) is read and checked before anything in --data is touched. An archive that is there
    already is never overwritten: --force moves it into a folder beside.
    """
    if (subject is None) == (place is None):
        raise click.UsageError("name an article (KEY|URL --reason …), or a backup (--from DEST)")
    if place is not None:
        if reason is not None:
            raise click.UsageError("--reason belongs to an article; a backup is restored without one")
        restore_from(shared, place, force, despite_damage)
    elif reason is None or force or despite_damage:
        raise click.UsageError("an article is restored with --reason …; --force and --despite-damage belong to --from")
    else:
        _decide(shared, Order("restore", str(subject), reason), "restored")


def _decide(shared: Shared, order: Order, done: str) -> None:
    decided = decide(folder_with_captures(shared), order, shared.clock, reading_again(shared))
    values = {"article_key": decided.article_key, "decision": order.decision, "same_text": decided.same_text}
    also = (
        f"; the same text, or nearly, stands in {', '.join(decided.same_text)}, which stays as it is"
        if decided.same_text
        else ""
    )
    shared.say(values, f"{decided.article_key} is {done}{also}")
    if order.decision == "withhold" and (shared.data / "snapshots").exists():
        click.echo("Snapshots still show it; `archiver snapshot` makes one without it and removes them.", err=True)
