"""What an operator may say in one small TOML file, and what holds where nothing is said."""

from __future__ import annotations

from archiver.configuration.errors import ConfigurationError
from archiver.configuration.finding import find_alerts, find_configuration
from archiver.configuration.sections import Alerts, Configuration, Crawling, Heartbeat, Pace, PortalChoice

__all__ = [
    "Alerts",
    "Configuration",
    "ConfigurationError",
    "Crawling",
    "Heartbeat",
    "Pace",
    "PortalChoice",
    "find_alerts",
    "find_configuration",
]
