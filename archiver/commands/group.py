"""The group of all subcommands: it ends with a plain message where a person can do something about it."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

import click

from archiver.configuration import ConfigurationError
from archiver.crawling.options import UsageError
from archiver.crawling.report import EXIT_STATUSES
from archiver.site.errors import PlaceError, ServingError
from archiver.store.ground.errors import DataFolderError, LockedError, trouble


class Archiver(click.Group):
    """Ends with a plain message where a person can do something about it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Whatever is said is kept or printed somewhere: bytes that are not UTF-8 can be neither."""
        for word in args:
            if any("\udc80" <= letter <= "\udcff" for letter in word):
                raise click.UsageError(f"{os.fsencode(word)!r} is not UTF-8")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand."""
        try:
            return super().invoke(ctx)
        except (UsageError, PlaceError, ConfigurationError) as error:
            raise click.UsageError(str(error)) from None
        except LockedError as error:
            click.echo(f"Error: {error}; wait for its end, or use another folder with --data", err=True)
            ctx.exit(EXIT_STATUSES["locked"])
        except (DataFolderError, ServingError) as error:
            raise click.ClickException(str(error)) from None
        except (sqlite3.Error, OSError) as error:
            words = trouble(error)
            if words is None:
                raise
            raise click.ClickException(f"{words}; what was kept until then stays") from None
