"""`archiver serve`: the archive for its owner, or its newest snapshot for everyone."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.commands.shared import (
    FOLDER,
    Shared,
    shared_options,
)

PORT = click.IntRange(0, 65535)


@click.command()
@click.option("--port", type=PORT, default=8001, show_default=True, help="Port on this machine; 0 takes a free one.")
@click.option("--public", is_flag=True, help="For everyone: the newest snapshot instead, within limits that hold.")
@click.option(
    "--snapshots",
    "folder",
    type=FOLDER,
    help="Folder of the snapshots; `snapshots` of --data if it is not named.",
)
@click.option(
    "--base-url",
    default="/",
    show_default=True,
    metavar="URL",
    help="Where readers find the public site: a path behind a proxy, or its whole address.",
)
@click.option("--sql/--no-sql", default=True, show_default=True, help="Let readers of the public site write SQL.")
@shared_options
def serve(shared: Shared, port: int, public: bool, folder: Path | None, base_url: str, sql: bool) -> None:
    """Serve archive.db in Datasette on this machine until Ctrl-C.

    With --public it serves the newest snapshot (see `archiver snapshot`), goes over to the next as soon as it is there,
    writes down nothing of what readers ask, and is meant to stand behind a web server.
    """
    if public:
        _serve_publicly(shared, folder or shared.data / "snapshots", port, base_url, sql)
    elif folder is not None or base_url != "/" or not sql:
        raise click.UsageError("--snapshots, --base-url and --no-sql belong to --public")
    else:
        serve_here(shared, shared.data / "archive.db", port)


def serve_here(shared: Shared, archive: Path, port: int, *, or_another: bool = False) -> None:
    """Serve a file on this machine until Ctrl-C; on a free port instead of one that is taken, if that will do."""
    from archiver.site.serving import is_free, serve_site

    def announce(address: str) -> None:
        shared.say(
            {"url": address},
            f"\nThe archive is open at {address} (articles: {address}archive/articles). Ctrl-C ends it.",
        )

    serve_site(archive, 0 if or_another and not is_free(port) else port, announce)


def _serve_publicly(shared: Shared, folder: Path, port: int, base_url: str, sql: bool) -> None:
    from archiver.site.public.serving import serve_publicly

    def announce(address: str) -> None:
        shared.say({"url": address}, f"\nThe public site is open at {address}, from {folder}. Ctrl-C ends it.")

    serve_publicly(folder, port, base_url, announce, allows_sql=sql)
