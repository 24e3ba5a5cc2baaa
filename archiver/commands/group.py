"""The group of all subcommands: it ends with a plain message where a person can do something about it."""

from __future__ import annotations

import logging
import os
import sqlite3
from typing import Any

import click

from archiver.configuration import ConfigurationError
from archiver.crawling.options import UsageError
from archiver.crawling.report import EXIT_STATUSES
from archiver.logs.beginning import LOG_VARIABLE
from archiver.site.errors import PlaceError, ServingError
from archiver.store.ground.errors import DataFolderError, LockedError, trouble

logger = logging.getLogger(__name__)


class _Locked(click.ClickException):
    exit_code = EXIT_STATUSES["locked"]


class Archiver(click.Group):
    """Ends with a plain message where a person can do something about it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Whatever is said is kept or printed somewhere: bytes that are not UTF-8 can be neither."""
        for word in args:
            if any("\udc80" <= letter <= "\udcff" for letter in word):
                raise click.UsageError(f"{os.fsencode(word)!r} is not UTF-8")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand. What ends it is an event of the log where programs read that."""
        try:
            return self._invoke(ctx)
        except click.ClickException as error:
            if ctx.meta.get(LOG_VARIABLE) != "json":
                raise
            logger.error("%s", error.format_message())  # noqa: TRY400  the words say it all
            ctx.exit(error.exit_code)

    def _invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (UsageError, PlaceError, ConfigurationError) as error:
            raise click.UsageError(str(error)) from None
        except LockedError as error:
            raise _Locked(f"{error}; wait for its end, or use another folder with --data") from None
        except (DataFolderError, ServingError) as error:
            raise click.ClickException(str(error)) from None
        except (sqlite3.Error, OSError) as error:
            if (cause := trouble(error)) is None:
                raise
            raise click.ClickException(f"{cause}; what was kept until then stays") from None
