"""What is wrong with a configuration."""

from __future__ import annotations


class ConfigurationError(Exception):
    """A key or a value that cannot be meant; the message names the file, the key, what was found and what may stand."""
