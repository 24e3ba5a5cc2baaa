"""What the figures were measured on and with."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("scrapy", "twisted", "lxml", "beautifulsoup4", "zstandard")


def machine() -> str:
    """The processor and its cores."""
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}"


def software() -> str:
    """Versions of all that our own side runs on."""
    versions = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    return ", ".join(versions + [f"{package} {version(package)}" for package in PACKAGES])


def _processor() -> str:
    """Its name where the system tells it, its kind elsewhere."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
