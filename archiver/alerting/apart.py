"""Whoever is told may be slow, broken or ill-meaning: each is spoken to in a process of its own, for a limited time."""

from __future__ import annotations

import json
import subprocess
import sys

from archiver.logs.lines import on_one_line
from archiver.logs.secrets import keep_out, without_secrets

_LONGEST = 400  # characters of a complaint


def spoken_to(module: str, order: dict[str, str], seconds: float) -> str | None:
    """Run a module of this room on an order that holds an `address`; null, or what went wrong, in words.

    The order goes by the standard input, for everybody sees the arguments of a process.
    """
    keep_out(order["address"])
    try:
        ran = subprocess.run(  # noqa: S603  a module of this room
            [sys.executable, "-m", f"archiver.alerting.{module}"],
            input=json.dumps(order),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return f"no answer within {seconds:g} seconds"
    if ran.returncode == 0:
        return None
    said = [line for line in ran.stderr.splitlines() if line.strip()]
    return on_one_line(without_secrets(said[-1]))[:_LONGEST] if said else f"it ended with {ran.returncode}"
