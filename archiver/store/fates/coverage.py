"""On which days a portal could be seen: an outage of the portal, or of ours, is not a silence of the town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlite_utils import Database

from archiver.clock import BEFORE_ALL_CAPTURES, local_day
from archiver.portals import Portal
from archiver.store.fates.telling import PortalCheck

SEEN, BLIND, PARTLY, NOT_ASKED = "seen", "blind", "partly", "not asked"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the portal's own calendar."""

    day: str  # YYYY-MM-DD
    status: str
    reason: str | None
    captures: int


def settle_coverage(db: Database, portal: Portal, checks: list[PortalCheck]) -> None:
    """Write down every day from the first capture to the last. Belongs into a transaction."""
    db.execute("DELETE FROM coverage_days WHERE portal = ?", (portal.key,))
    db.conn.executemany(
        "INSERT INTO coverage_days (portal, day, status, reason, captures) VALUES (?, ?, ?, ?, ?)",
        [(portal.key, each.day, each.status, each.reason, each.captures) for each in days(_counts(db, portal), checks)],
    )


def days(captures: dict[str, int], checks: list[PortalCheck]) -> Iterator[Day]:
    """The days between the first and the last capture; `captures` counts them by day."""
    if not captures:
        return
    by_day: dict[str, list[PortalCheck]] = defaultdict(list)
    for check in checks:
        by_day[local_day(check.at)].append(check)
    day, last = date.fromisoformat(min(captures)), date.fromisoformat(max(captures))
    while day <= last:
        name = day.isoformat()
        yield Day(name, *_status(by_day[name], captures.get(name, 0)), captures.get(name, 0))
        day += timedelta(days=1)


def _status(checks: list[PortalCheck], captures: int) -> tuple[str, str | None]:
    if any(check.found == "well" for check in checks):
        return SEEN, None
    if checks:
        return BLIND, f"{checks[-1].found}: {checks[-1].reason}".rstrip(": ")
    if captures:
        return PARTLY, "single pages were captured, the home page was not"
    return NOT_ASKED, "no crawl ran"


def _counts(db: Database, portal: Portal) -> dict[str, int]:
    """Captures by day. What was kept under a time that cannot be, as older versions let it in, is of no day."""
    rows = db.execute(
        "SELECT date(captured_at, '+7 hours') AS day, count(*) FROM captures WHERE portal = ? AND captured_at >= ?"
        " GROUP BY day HAVING day IS NOT NULL",
        (portal.key, BEFORE_ALL_CAPTURES),
    ).fetchall()
    return dict(rows)
