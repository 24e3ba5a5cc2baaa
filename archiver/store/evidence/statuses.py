"""What the status of an answer says of what was asked for, for Python and for SQL."""

from __future__ import annotations

from collections.abc import Collection

SHOWING = frozenset((200, 304))  # what was asked for is there: it was sent, or what is known of it is confirmed
REDIRECTS = frozenset((301, 302, 303, 307, 308))
MISSING = frozenset((404, 410))


def in_sql(statuses: Collection[int]) -> str:
    """Statuses as SQL lists them, behind IN.

    >>> in_sql(MISSING)
    '(404, 410)'
    """
    return f"({', '.join(map(str, sorted(statuses)))})"
