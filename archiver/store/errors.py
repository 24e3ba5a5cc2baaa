"""What may be wrong with a data folder; the messages are for people."""

from __future__ import annotations


class DataFolderError(Exception):
    """The data folder, or a file in it, cannot be used; the message says which and why."""


class LockedError(Exception):
    """Another run works here; the message says where."""
