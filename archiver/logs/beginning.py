"""Begin to write what happens to standard error."""

from __future__ import annotations

import logging
import os
import sys
import threading
from types import TracebackType
from typing import Literal

from archiver.logs.formats import JsonFormat, LineFormat, NotToldTwice, OursAndWarnings

LogFormat = Literal["text", "json"]
LOG_FORMATS: tuple[LogFormat, ...] = ("text", "json")
LOG_VARIABLE = "ARCHIVER_LOG"  # of the environment: text or json

logger = logging.getLogger(__name__)


def begin_log(form: LogFormat, *, verbose: bool) -> None:
    """Write events to standard error, from warnings on; in JSON, and with `verbose`, also what merely happens.

    Libraries say no more than that, and in JSON only what they warn of. Errors that nobody meets are events too.
    """
    if logging.getLogger().hasHandlers():  # whoever begins this within a program of their own has set up logging
        return
    level = logging.INFO if verbose or form == "json" else logging.WARNING
    handler = logging.StreamHandler()
    handler.setLevel(level)
    handler.setFormatter(JsonFormat() if form == "json" else LineFormat())
    if form == "text":
        handler.addFilter(NotToldTwice())
    elif not verbose:
        handler.addFilter(OursAndWarnings())
    logging.basicConfig(level=level, handlers=[handler])
    _meet_errors()


def write_like_ours(handler: logging.Handler) -> None:
    """Let a handler that another program set up write events as ours do; its level and its place stay as they are.

    In the form that the environment asks for. Errors that nobody meets are events too.
    """
    is_json = os.environ.get(LOG_VARIABLE) == "json"
    handler.setFormatter(JsonFormat() if is_json else LineFormat())
    _meet_errors()


def _meet_errors() -> None:
    sys.excepthook = _unmet
    threading.excepthook = lambda met: _unmet(met.exc_type, met.exc_value, met.exc_traceback)


def _unmet(kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
    if error is None:
        error = kind()
    if issubclass(kind, KeyboardInterrupt):
        logger.error("interrupted")
        return
    logger.critical("an error of the program itself ended it", exc_info=error)
