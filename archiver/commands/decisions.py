"""`archiver withhold` and `archiver restore`."""

from __future__ import annotations

import click

from archiver.commands.shared import (
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
@click.argument("subject", metavar="KEY|URL")
@click.option("--reason", required=True, help="Why; kept with the evidence, not shown.")
@shared_options
def restore(shared: Shared, subject: str, reason: str) -> None:
    """Undo `withhold`: the article is read from the evidence again."""
    _decide(shared, Order("restore", subject, reason), "restored")


def _decide(shared: Shared, order: Order, done: str) -> None:
    decided = decide(folder_with_captures(shared), order, shared.clock, reading_again(shared))
    values = {"article_key": decided.article_key, "decision": order.decision, "same_text": decided.same_text}
    also = (
        f"; the same text stands in {', '.join(decided.same_text)}, which stays as it is" if decided.same_text else ""
    )
    shared.say(values, f"{decided.article_key} is {done}{also}")
    if order.decision == "withhold" and (shared.data / "snapshots").exists():
        click.echo("Snapshots still show it; `archiver snapshot` makes one without it and removes them.", err=True)
