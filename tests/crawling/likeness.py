"""The rows of two archives of the same news in different dresses, brought to what they have in common.

Addresses become the names of what stands there. Raw strings are left out, and digests of rows that hold either. What a
dress prints elsewhere, or not at all, is put into the first dress's rows before they are compared: nothing else is taken
out of the other's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from archiver.demo import Attachment, DemoPortal, DressedPortal, Picture, Story
from archiver.demo.dresses.fitting import Fitting
from archiver.demo.sections import SECTIONS
from archiver.portals import Portal
from archiver.portals.addresses import canonical
from archiver.store.ground.keys import article_key
from archiver.store.rebuild.canonical import BESIDE, CONTENT, rows

RAW = "a raw string"
DIGEST = "a digest of addresses or raw strings"
LEFT_OUT = {
    ("articles", "author_raw"): RAW,
    ("articles", "published_raw"): RAW,
    ("revisions", "author_raw"): RAW,
    ("revisions", "published_raw"): RAW,
    ("revisions", "content_sha256"): DIGEST,
    ("images", "request_key"): DIGEST,
    ("attachments", "request_key"): DIGEST,
    ("list_snapshots", "request_key"): DIGEST,
    ("list_snapshots", "rows_sha256"): DIGEST,
    ("list_rows", "listed_raw"): RAW,
    ("list_rows", "rows_sha256"): DIGEST,
}
"""Table and column: what no two dresses can have alike."""
COLUMNS = {
    table: (*columns, *(each.partition(".")[2] for each in BESIDE.get(table, ()))) for table, columns in CONTENT.items()
}
NEWER = "Những tin mới hơn"  # only NukeViet shows beside an article what came after it, above what came before
TOLD_MACHINES = {"nukeviet": ("page and meta", "second")}  # where markup tells the time, and how exactly

Row = dict[str, object]
Tables = dict[str, list[Row]]


def tables_of(archive: object) -> Tables:
    """The canonical rows of an archive, by table and column."""
    found: Tables = {table: [] for table in CONTENT}
    for table, row in rows(archive):  # type: ignore[arg-type]
        found[table].append(dict(zip(COLUMNS[table], row, strict=True)))
    return found


@dataclass(frozen=True)
class Names:
    """What stands at a portal's addresses."""

    known: Portal
    by_address: dict[str, str]
    by_key: dict[str, str]

    def at(self, url: object) -> object:
        """The name of a page, the path of anything else on the portal; what is elsewhere stays as it is."""
        if not isinstance(url, str) or not url.startswith(self.known.url):
            return url
        return self.by_address.get(canonical(self.known, url), urlsplit(url).path)

    def of(self, key: object) -> object:
        """The name of the article of a key."""
        return self.by_key.get(key, key) if isinstance(key, str) else key

    def files(self, told: object) -> object:
        """Pictures or attachments, as revisions tell of them."""
        return [each | {"url": self.at(each["url"])} for each in json.loads(str(told))]


def names_in(portal: DemoPortal | DressedPortal, known: Portal) -> Names:
    """The names of a portal's pages: an article's slug, a section's key, `home`."""
    entries, home = portal.catalogue.newest, known.url.rstrip("/")
    if isinstance(portal, DressedPortal):
        pages = {portal.fitting.url(each): each.slug for each in entries}
        lists = {home + portal.dress.list_path(each, 1): f"list of {each.key}" for each in SECTIONS}
    else:
        pages = {each.url: each.slug for each in entries}
        lists = {home + each.path: f"list of {each.key}" for each in SECTIONS}
    files = {home + each.path: each.path for story in portal.catalogue.stories for each in files_of(story)}
    addresses = {canonical(known, url): name for url, name in (pages | lists | files | {known.url: "home"}).items()}
    return Names(known, addresses, {article_key(known, url): name for url, name in pages.items()})


def files_of(story: Story) -> tuple[Picture | Attachment, ...]:
    """The files of a story, whose paths are the same in every dress."""
    return (*story.pictures, *story.attachments)


def named(tables: Tables, names: Names) -> Tables:
    """Rows with names for addresses, a row of a list with the list it stands in."""
    snapshots = {(row["request_key"], row["box"], row["rows_sha256"]): row for row in tables["list_snapshots"]}
    found: Tables = {}
    for table, told in tables.items():
        found[table] = [_named(table, row, names) for row in told]
        if table == "list_rows":
            for row, own in zip(found[table], told, strict=True):
                snapshot = snapshots.get((own["request_key"], own["box"], own["rows_sha256"]))
                row["request_key"] = _named("list_snapshots", snapshot, names) if snapshot else "none"
    return found


def _named(table: str, row: Row, names: Names) -> Row:
    changes: dict[str, Callable[[object], object]] = {
        "portal": lambda portal: "the portal" if portal == names.known.key else portal,
        "article_key": names.of,
        "context_article_key": names.of,
        "url": names.at,
        "list_url": names.at,
    }
    if table == "revisions":
        changes |= {"images": names.files, "attachments": names.files}
    return {
        column: changes[column](value) if column in changes else value
        for column, value in row.items()
        if (table, column) not in LEFT_OUT
    }


def compared(table: str, told: Iterable[Row]) -> list[str]:
    """Rows in one order. The first dress spells the address of some articles in two ways: these fall together."""
    lines = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in told]
    return sorted(set(lines) if table == "article_urls" else lines)


class AsDressed:
    """The first dress's rows as another dress would print them: where it prints a minute, and its boxes beside articles."""

    def __init__(self, fitting: Fitting) -> None:
        self.fitting = fitting
        self.dress = fitting.dress
        self.entries = {entry.slug: entry for entry in fitting.catalogue.newest}
        self.beside_minutes = self.dress.beside_minutes or self.dress.row_minutes

    def tables(self, first: Tables) -> Tables:
        """All of them, already named."""
        return first | {
            "articles": [self.article(row) for row in first["articles"]],
            "list_snapshots": [*map(self.snapshot, first["list_snapshots"]), *map(self.newer_box, self.with_newer())],
            "list_rows": [*map(self.listed, first["list_rows"]), *self.newer_rows()],
        }

    def number(self, row: Row) -> int:
        return self.fitting.number(self.entries[str(row["article_key"])])

    def article(self, row: Row) -> Row:
        source, precision = self.source(self.number(row))
        return row | {
            "published_at": row["published_at"] if precision != "day" else None,
            "published_from": source,
            "published_precision": precision,
            "listed_at": self.at(row, self.dress.row_minutes),
        }

    def at(self, row: Row, has_minute: Callable[[int], bool]) -> object:
        return row["listed_at"] if has_minute(self.number(row)) else str(row["listed_at"])[:10]

    def source(self, number: int) -> tuple[str, str]:
        """Where the time of an article stands, and how exactly."""
        if self.dress.key in TOLD_MACHINES:
            return TOLD_MACHINES[self.dress.key]
        if self.dress.page_minutes(number):
            return "page", "minute"
        return ("page and list", "minute") if self.dress.row_minutes(number) else ("page", "day")

    def snapshot(self, row: Row) -> Row:
        context = row["context_article_key"]
        if context is None:
            return row
        return row | {
            "list_kind": "related",
            "heading": self.dress.heading,
            "box": 2 if context in self.with_newer() else row["box"],
        }

    def listed(self, row: Row) -> Row:
        within = self.snapshot(row["request_key"])  # type: ignore[arg-type]
        has_minute = self.dress.row_minutes if within["context_article_key"] is None else self.beside_minutes
        return row | {"request_key": within, "box": within["box"], "listed_at": self.at(row, has_minute)}

    def with_newer(self) -> list[str]:
        """The articles that what came after them stands beside: only on NukeViet, and above what came before."""
        if self.dress.key != "nukeviet":
            return []
        return [story.slug for story in self.fitting.catalogue.stories if self.fitting.newer(story)]

    def newer_box(self, slug: str) -> Row:
        row: Row = dict.fromkeys(
            column for column in COLUMNS["list_snapshots"] if ("list_snapshots", column) not in LEFT_OUT
        )
        return row | {
            "portal": "the portal", "list_url": slug, "context_article_key": slug,
            "list_kind": "related", "heading": NEWER, "box": 1,
        }  # fmt: skip

    def newer_rows(self) -> Iterator[Row]:
        for slug in self.with_newer():
            story = self.entries[slug]
            assert isinstance(story, Story)
            for position, entry in enumerate(self.fitting.newer(story), 1):
                yield {
                    "page": None, "position": position, "url": entry.slug, "article_key": entry.slug, "title": entry.title,
                    "listed_at": f"{entry.listed_at:%Y-%m-%d}", "request_key": self.newer_box(slug), "box": 1,
                }  # fmt: skip
