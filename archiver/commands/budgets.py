"""Options of the commands that ask other machines for something."""

from __future__ import annotations

import click

from archiver.crawling.options import FILE_BUDGET, POLITE_DELAY

delay_option = click.option(
    "--delay", type=float, default=POLITE_DELAY, show_default=True, help="Seconds between two requests."
)
file_budget_option = click.option(
    "--file-budget",
    type=int,
    default=FILE_BUDGET,
    show_default=True,
    metavar="N",
    help="At most so many pictures and documents of articles; 0 fetches none.",
)
