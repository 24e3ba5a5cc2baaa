"""Every request known, and how far each has come. This table is the crawl: a run that is killed goes on from it.

waiting ──claimed, answered──▶ captured ──read, links kept──▶ done
   ▲  └──answered badly: again later, or──▶ failed
   └──due again: another crawl, another page of a list
refused: robots.txt, a trap, or too far from any list      unreadable: killed the reader twice
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store.databases.opening import insert
from archiver.store.ground.keys import Form, named_form, request_key

Role = Literal["home", "list", "posted page", "row", "page", "navigation", "feed", "entry", "file"]

LAST = 6
RANKS: dict[Role, int] = {
    "home": 0, "list": 1, "posted page": 2, "row": 3, "page": 4, "navigation": 5, "feed": LAST,
    "entry": LAST, "file": LAST + 1,
}  # fmt: skip
"""What comes first. The state of a posted page perishes: its walk is not interrupted. Articles go before the rest.
A row that is not answered goes last of the pages from then on: a broken part of a portal must not hide all that is new.
Feeds and sitemaps, and what these alone tell of, come once there is no list left, files (pictures, documents) once
there is no page left."""

TOO_FAR = "too far from any list"
FORBIDDEN = "robots.txt forbids it"
IN_A_CIRCLE = "redirects in a circle"
TOO_OFTEN = "redirects too often"
REPEATS_ITSELF = "the address repeats itself"
TOO_MANY_FEEDS = "there are more feeds and sitemaps than are asked for"
_MOST_REMEMBERED = 20_000  # links whose row is known to need no change


@dataclass(frozen=True, slots=True)
class Found:
    """An address that a page leads to."""

    url: str  # tidy
    role: Role
    depth: int = 0  # pages in a row, up to this one, that were no article and listed nothing new
    list_key: str | None = None  # for a page of a list
    page: int | None = None
    form: Form | None = None
    again: bool = False  # due in each crawl, although it was read in an earlier one
    refusal: str | None = None  # why it is not to be followed


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request that is known."""

    request_key: str
    method: str
    url: str
    form: str | None  # named, without state
    role: Role
    depth: int
    list_key: str | None
    page: int | None
    attempts: int
    reads: int
    hops: int
    redirected_to: str | None
    capture_key: str | None

    @property
    def address(self) -> str:
        """Where the request goes now: its own address, or where that was redirected to."""
        return self.redirected_to or self.url


_WANTED = (
    "request_key, method, url, form, role, depth, list_key, page, attempts, reads, hops, redirected_to, capture_key"
)


class Frontier:
    """The requests of one portal. Every method but the asking ones belongs into a transaction."""

    def __init__(self, db: Database, portal: Portal) -> None:
        self.db = db
        self.portal = portal
        self.settled: dict[str, int] = {}  # plain links by address: the lowest depth they were added with

    def add(self, found: Iterable[Found], found_on: str | None, now: str, crawl_key: str) -> int:
        """Add what a page leads to; returns how many of these will be asked for. A known one is, if it is due again."""
        added = 0
        for each in found:
            if not each.again and self.settled.get(each.url, each.depth + 1) <= each.depth:
                continue
            added += self._add(each, found_on, now, crawl_key)
            if not each.again and each.role != "entry":  # which a list that shows it, too, makes a row
                self._remember(each)
        return added

    def has_news(self, found: Iterable[Found]) -> bool:
        """Whether any of these was not known."""
        return any(self._is_news(each) for each in found)

    def claim(self, now: str, busy: Iterable[str], *, files: bool = True) -> Wanted | None:
        """The next request that is due and not under way; none for a file unless `files`."""
        keys = list(busy)
        row = self.db.execute(
            f"SELECT {_WANTED} FROM frontier WHERE portal = ? AND state = 'waiting' AND (due IS NULL OR due <= ?)"
            f" AND rank <= ? AND request_key NOT IN ({', '.join('?' * len(keys))})"
            " ORDER BY rank, depth, rowid LIMIT 1",
            (self.portal.key, now, _last_rank(files), *keys),
        ).fetchone()
        return Wanted(*row) if row else None

    def next_due(self, *, files: bool = True) -> str | None:
        """When the next waiting request is due; "" for at once, null for none waiting. Of files only if `files`."""
        row = self.db.execute(
            "SELECT min(coalesce(due, '')) FROM frontier WHERE portal = ? AND state = 'waiting' AND rank <= ?",
            (self.portal.key, _last_rank(files)),
        ).fetchone()
        return str(row[0]) if row[0] is not None else None

    def unread(self) -> list[Wanted]:
        """Requests whose capture is kept but not read to the end: a run ended in between."""
        rows = self.db.execute(
            f"SELECT {_WANTED} FROM frontier WHERE portal = ? AND state = 'captured' ORDER BY rowid", (self.portal.key,)
        )
        return [Wanted(*row) for row in rows.fetchall()]

    def counts(self, *, files: bool = False) -> dict[str, int]:
        """How many requests for pages, or for files, are in each state."""
        rows = self.db.execute(
            "SELECT state, count(*) FROM frontier WHERE portal = ? AND (role = 'file') = ? GROUP BY state",
            (self.portal.key, files),
        )
        return {str(state): int(count) for state, count in rows.fetchall()}

    def known_files(self) -> set[str]:
        """The keys of all requests for files."""
        rows = self.db.execute(
            "SELECT request_key FROM frontier WHERE portal = ? AND role = 'file'", (self.portal.key,)
        )
        return {key for (key,) in rows}

    def feeds_known(self) -> int:
        """How many feeds and sitemaps are known."""
        query = "SELECT count(*) FROM frontier WHERE portal = ? AND role = 'feed'"
        return int(self.db.execute(query, (self.portal.key,)).fetchone()[0])

    def is_feed(self, wanted: Wanted) -> None:
        """What was asked for turned out to be a feed or a sitemap, whatever led to it."""
        self.db.execute("UPDATE frontier SET role = 'feed' WHERE request_key = ?", (wanted.request_key,))

    def by_key(self, key: str) -> Wanted | None:
        """A request by its key."""
        row = self.db.execute(f"SELECT {_WANTED} FROM frontier WHERE request_key = ?", (key,)).fetchone()
        return Wanted(*row) if row else None

    def is_waiting(self, key: str) -> bool:
        """Whether a request is known and to be made."""
        row = self.db.execute("SELECT 1 FROM frontier WHERE request_key = ? AND state = 'waiting'", (key,)).fetchone()
        return row is not None

    def know(self, url: str, capture_key: str, crawl_key: str, captured_at: str) -> None:
        """An article that came from elsewhere: asked for again when it is due, as if a crawl had captured it."""
        key = request_key(self.portal, "GET", url)
        if self.by_key(key) is None:
            self._insert(key, "GET", Found(url, "row"), None, captured_at)
            self.db.execute(
                "UPDATE frontier SET state = 'done', kind = 'article', capture_key = ?, crawl_key = ?"
                " WHERE request_key = ?",
                (capture_key, crawl_key, key),
            )

    def captured(self, wanted: Wanted, capture_key: str, crawl_key: str) -> None:
        """The answer is kept and about to be read."""
        self.db.execute(
            "UPDATE frontier SET state = 'captured', attempts = 0, reads = 1, capture_key = ?, crawl_key = ?,"
            " due = NULL WHERE request_key = ?",
            (capture_key, crawl_key, wanted.request_key),
        )

    def reading_again(self, wanted: Wanted) -> None:
        """Reading is tried once more; whoever ends in it will be known by the count."""
        self.db.execute("UPDATE frontier SET reads = reads + 1 WHERE request_key = ?", (wanted.request_key,))

    def done(self, wanted: Wanted, kind: str | None) -> None:
        """What there was to read is read, and where it leads is kept."""
        self.db.execute(
            "UPDATE frontier SET state = 'done', reads = 0, hops = 0, redirected_to = NULL, kind = coalesce(?, kind)"
            " WHERE request_key = ?",
            (kind, wanted.request_key),
        )

    def again(self, wanted: Wanted, due: str, attempts: int) -> None:
        """The answer was no answer; ask again later."""
        self.db.execute(
            "UPDATE frontier SET state = 'waiting', due = ?, attempts = ?,"
            " rank = CASE role WHEN 'row' THEN ? ELSE rank END WHERE request_key = ?",
            (due, attempts, LAST, wanted.request_key),
        )

    def ask_again(self, key: str) -> None:
        """A request that was answered, or failed, is made once more in this crawl."""
        self.db.execute(
            "UPDATE frontier SET state = 'waiting', due = NULL, attempts = 0 WHERE request_key = ?"
            " AND state IN ('done', 'failed')",
            (key,),
        )

    def put_first(self, found: Iterable[Found]) -> None:
        """Of these, what waits for its first attempt goes before all else: it is what is new."""
        self.db.conn.executemany(
            "UPDATE frontier SET rank = ? WHERE request_key = ? AND state = 'waiting' AND attempts = 0",
            [(RANKS["list"], request_key(self.portal, "GET", each.url)) for each in found],
        )

    def wait_in_turn(self, wanted: Wanted) -> None:
        """The first page of a list is asked for again, after the rows that wait, as one that begins a walk anew."""
        self.db.execute(
            "UPDATE frontier SET state = 'waiting', rank = ? WHERE request_key = ?", (RANKS["page"], wanted.request_key)
        )

    def redirected(self, wanted: Wanted, address: str) -> None:
        """The same page is to be had at another spelling of its address, or with a cookie that is set now."""
        self.db.execute(
            "UPDATE frontier SET state = 'waiting', reads = 0, hops = hops + 1, redirected_to = ?"
            " WHERE request_key = ?",
            (address, wanted.request_key),
        )

    def give_up(self, wanted: Wanted, state: Literal["failed", "refused", "unreadable"], reason: str) -> None:
        """Nothing more is tried in this crawl."""
        self.db.execute(
            "UPDATE frontier SET state = ?, reason = ?, attempts = 0, reads = 0, hops = 0, redirected_to = NULL"
            " WHERE request_key = ?",
            (state, reason, wanted.request_key),
        )

    def refuse(self, keys: Iterable[str], reason: str) -> None:
        """These are not asked for again, whatever leads to them."""
        self.db.conn.executemany(
            "UPDATE frontier SET state = 'refused', reason = ?, attempts = 0, reads = 0, hops = 0, redirected_to = NULL"
            " WHERE request_key = ?",
            [(reason, key) for key in keys],
        )

    def _is_news(self, found: Found) -> bool:
        return found.url not in self.settled and self.by_key(request_key(self.portal, "GET", found.url)) is None

    def _remember(self, found: Found) -> None:
        if len(self.settled) >= _MOST_REMEMBERED:
            self.settled.clear()
        self.settled[found.url] = found.depth

    def _add(self, found: Found, found_on: str | None, now: str, crawl_key: str) -> int:
        method = "GET" if found.form is None else "POST"
        key = request_key(self.portal, method, found.url, found.form)
        row = self.db.execute(
            "SELECT state, rank, depth, crawl_key, reason, attempts, list_key FROM frontier WHERE request_key = ?",
            (key,),
        ).fetchone()
        if row is None:
            self._insert(key, method, found, found_on, now)
            return 1
        state, rank, depth, last_crawl, reason, attempts, list_key = row
        if found.again and state in ("waiting", "captured"):
            self._update(key, found, state)
            return 1
        was_met = last_crawl == crawl_key and found.list_key in (None, list_key)  # in this crawl, and in this walk
        due_again = found.again and state in ("done", "failed") and not was_met
        freed = state == "refused" and reason == TOO_FAR and found.refusal is None
        sooner = state == "waiting" and not attempts and (RANKS[found.role], found.depth) < (rank, depth)
        if due_again or freed or sooner:
            self._update(key, found, "waiting")
            return 1
        if state == "done" and found.depth < depth:
            self.db.execute("UPDATE frontier SET depth = ? WHERE request_key = ?", (found.depth, key))
        return 0

    def _insert(self, key: str, method: str, found: Found, found_on: str | None, now: str) -> None:
        row = {
            "request_key": key,
            "portal": self.portal.key,
            "method": method,
            "url": found.url,
            "form": named_form(found.form),
            "role": found.role,
            "rank": RANKS[found.role],
            "depth": found.depth,
            "list_key": found.list_key,
            "page": found.page,
            "found_on": found_on,
            "found_at": now,
            "state": "refused" if found.refusal else "waiting",
            "reason": found.refusal,
            "attempts": 0,
            "reads": 0,
            "hops": 0,
        }
        insert(self.db, "frontier", row)

    def _update(self, key: str, found: Found, state: str) -> None:
        self.db.execute(
            "UPDATE frontier SET state = ?, reason = NULL, due = NULL, attempts = 0, role = ?, rank = ?,"
            " depth = min(depth, ?), list_key = coalesce(?, list_key), page = coalesce(?, page) WHERE request_key = ?",
            (state, found.role, RANKS[found.role], found.depth, found.list_key, found.page, key),
        )


def _last_rank(files: bool) -> int:
    return RANKS["file"] if files else LAST
