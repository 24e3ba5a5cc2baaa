"""How this program is called on this machine, by whoever stands in another folder."""

from __future__ import annotations

import sys
from pathlib import Path


def program() -> tuple[str, ...]:
    """The command beside the Python that runs it, or else that Python with `-m archiver`."""
    beside = Path(sys.executable).with_name("archiver")
    return (str(beside),) if beside.exists() else (sys.executable, "-m", "archiver")
