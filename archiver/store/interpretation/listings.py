"""What lists showed: a snapshot for each state of a box, lengthened while the box is seen unchanged."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby

from sqlite_utils import Database

from archiver.items import ListRow, Page
from archiver.portals import Portal
from archiver.store.databases.opening import insert
from archiver.store.evidence.captures import Capture
from archiver.store.evidence.statuses import SHOWING, in_sql
from archiver.store.evidence.withholding import HIDDEN, shown_url
from archiver.store.ground.keys import article_key, digest_of_rows
from archiver.store.interpretation.articles import met, refresh
from archiver.store.interpretation.list_looks import OWN
from archiver.store.interpretation.list_pieces import join_piece, loosen_pieces


def save_lists(
    db: Database, portal: Portal, capture: Capture, page: Page, number: int | None, withheld: Collection[str] = ()
) -> None:
    """Keep what the boxes of a page show. `number` is the page's place in its list; `withheld` articles go unnamed."""
    context = article_key(portal, capture.url) if page.article else None
    for shown in boxes_of(page):
        box = shown[0].box
        keys = [article_key(portal, row.url) for row in shown]
        if not _lengthened(db, capture, box, shown):
            list_url = None if page.is_piece else shown_url(portal, page.list_url or page.url, withheld)
            snapshot = _insert_snapshot(db, capture, page, box, shown, context, number, list_url)
            _insert_rows(db, snapshot, shown, keys, number, withheld)
            if page.is_piece:
                join_piece(db, snapshot)
            elif page.series:
                loosen_pieces(db, portal.key, page.series, capture.captured_at)
            named = ((key, row.url) for key, row in zip(keys, shown, strict=True) if key not in withheld)
            met(db, portal.key, named, "listed")
            refresh(db, keys)


def boxes_of(page: Page) -> list[list[ListRow]]:
    """The rows of a page, box by box."""
    return [list(rows) for _, rows in groupby(page.listed, key=lambda row: row.box)]


def digest_of_box(rows: Iterable[ListRow]) -> str:
    """What names the state of a box: boxes with the same digest show the same, whatever page they stand on."""
    return digest_of_rows(
        (row.list_kind, row.heading, row.position, row.url, row.title, row.listed_raw) for row in rows
    )


def _box_that_goes_on(page: Page) -> int | None:
    """Of the boxes on a list's first page the one that its further pages go on with: the longest that is its own."""
    own = [rows for rows in boxes_of(page) if rows[0].list_kind in OWN]
    return max(own, key=len)[0].box if own else None


def lengthen_all(db: Database, request: str, at: str) -> None:
    """The page is as it was (a 304): all boxes that stood on it when it was seen last were seen once more."""
    last = (
        "SELECT max(captured_at) FROM captures"
        f" WHERE request_key = ? AND status IN {in_sql(SHOWING)} AND captured_at < ?"
    )
    db.execute(
        "UPDATE list_snapshots SET seen_to = max(seen_to, ?), observations = observations + 1"
        f" WHERE request_key = ? AND seen_to = ({last})",
        (at, request, request, at),
    )


def forget_lists(db: Database, request: str) -> None:
    """Take out what was made of the lists of a page, to be made again from all its captures."""
    told = "SELECT DISTINCT portal, series FROM list_snapshots WHERE request_key = ? AND series IS NOT NULL"
    for portal, series in db.execute(told, (request,)).fetchall():
        loosen_pieces(db, portal, series, "")
    snapshots = "SELECT snapshot FROM list_snapshots WHERE request_key = ?"
    db.execute(f"DELETE FROM list_rows WHERE snapshot IN ({snapshots})", (request,))
    db.execute("DELETE FROM list_snapshots WHERE request_key = ?", (request,))


def _lengthened(db: Database, capture: Capture, box: int, rows: list[ListRow]) -> bool:
    last = db.execute(
        "SELECT snapshot, rows_sha256 FROM list_snapshots WHERE request_key = ? AND box = ?"
        " ORDER BY snapshot DESC LIMIT 1",
        (capture.request_key, box),
    ).fetchone()
    if last is None or last[1] != digest_of_box(rows):
        return False
    db.execute(
        "UPDATE list_snapshots SET seen_to = ?, observations = observations + 1 WHERE snapshot = ?",
        (capture.captured_at, last[0]),
    )
    return True


def _insert_snapshot(
    db: Database,
    capture: Capture,
    page: Page,
    box: int,
    rows: list[ListRow],
    context: str | None,
    number: int | None,
    list_url: str | None,
) -> int:
    row = {
        "portal": capture.portal,
        "request_key": capture.request_key,
        "list_url": list_url,
        "list_title": None if page.article else page.heading,
        "list_kind": rows[0].list_kind,
        "heading": rows[0].heading,
        "box": box,
        "page": number,
        "context_article_key": context,
        "seen_from": capture.captured_at,
        "seen_to": capture.captured_at,
        "observations": 1,
        "rows_sha256": digest_of_box(rows),
        "series": page.series if page.series and not page.is_piece and box == _box_that_goes_on(page) else None,
        "continues": (page.series or "") if page.is_piece else None,
    }
    return insert(db, "list_snapshots", row)


def _insert_rows(
    db: Database, snapshot: int, rows: list[ListRow], keys: list[str], number: int | None, withheld: Collection[str]
) -> None:
    db.conn.executemany(
        "INSERT INTO list_rows (snapshot, page, position, url, article_key, title, listed_at, listed_raw)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (snapshot, number, row.position, *_named(row, key, withheld), row.listed_at, row.listed_raw)
            for row, key in zip(rows, keys, strict=True)
        ],
    )


def _named(row: ListRow, key: str, withheld: Collection[str]) -> tuple[str, str, str]:
    """Address, key and title of a row, as the archive may show them."""
    return (HIDDEN, key, HIDDEN) if key in withheld else (row.url, key, row.title)
