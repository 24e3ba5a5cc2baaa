"""Crawls that Scrapy's own command began: it has set up its log before it asks for our spider."""

from __future__ import annotations

import logging

from scrapy.settings import BaseSettings
from scrapy.utils.log import get_scrapy_root_handler

from archiver.logs.beginning import write_like_ours
from archiver.logs.runs import belong_to_run_of


def write_as_archiver_does(settings: BaseSettings, portal: str) -> None:
    """One line an event, with its run. Where it goes, and from which level on, Scrapy's options say.

    Scrapy sets its handler up once more from the settings of the crawler: from then on it shall write nothing.
    """
    belong_to_run_of(portal)
    theirs = get_scrapy_root_handler()
    if theirs is None:
        return
    ours = _handler(settings)
    write_like_ours(ours)
    logging.root.removeHandler(theirs)
    logging.root.addHandler(ours)
    settings.setdict({"LOG_FILE": None, "LOG_ENABLED": False}, priority="cmdline")


def _handler(settings: BaseSettings) -> logging.Handler:
    """What Scrapy would write to; it has begun a file that was to be begun anew."""
    handler: logging.Handler = logging.NullHandler()
    if file := settings.get("LOG_FILE"):
        handler = logging.FileHandler(file, "a", settings.get("LOG_ENCODING"))
    elif settings.getbool("LOG_ENABLED"):
        handler = logging.StreamHandler()
    handler.setLevel(settings.get("LOG_LEVEL"))
    return handler
