"""What may be wrong with a data folder; the messages are for people."""

from __future__ import annotations

import errno
import sqlite3


class DataFolderError(Exception):
    """The data folder, or a file in it, cannot be used; the message says which and why."""


class NewerVersionError(DataFolderError):
    """A newer version of this program made a file; this one could spoil it. The message says which."""


class LockedError(Exception):
    """Another run works here; the message says where."""


_CAUSES = {
    sqlite3.SQLITE_FULL: "there is no space left for the archive",
    sqlite3.SQLITE_IOERR: "the disk refuses to read or write a file of the archive; it may be full, or failing",
    sqlite3.SQLITE_BUSY: "another program keeps a file of the archive to itself",
    sqlite3.SQLITE_LOCKED: "another program keeps a file of the archive to itself",
    sqlite3.SQLITE_CORRUPT: "a file of the archive is damaged; `archiver verify` says where",
    sqlite3.SQLITE_NOTADB: "a file of the archive is no database",
    sqlite3.SQLITE_READONLY: "a file of the archive may not be written to",
    sqlite3.SQLITE_CANTOPEN: "a file of the archive cannot be opened",
}
_CAUSES_OF_SYSTEM = {errno.ENAMETOOLONG: "a file's name is too long"}
_NO_SPACE = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_PRIMARY = 0xFF  # of an extended code of SQLite: what it is a case of


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite found a file damaged, or none of its own."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & _PRIMARY in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def trouble(error: sqlite3.Error | OSError) -> str | None:
    """What the world did to a file of the archive, for whoever can mend it; null for an error of our own.

    >>> trouble(OSError(errno.ENOSPC, "No space left on device"))
    'there is no space left for the archive ([Errno 28] No space left on device)'
    """
    if isinstance(error, OSError):
        cause = _CAUSES[sqlite3.SQLITE_FULL] if error.errno in _NO_SPACE else _CAUSES_OF_SYSTEM.get(error.errno or 0)
    else:
        code = getattr(error, "sqlite_errorcode", None)  # absent where the error did not come from SQLite itself
        cause = _CAUSES.get(code & _PRIMARY) if code is not None else None
    return f"{cause} ({error})" if cause else None
