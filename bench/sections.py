"""Each measurement in words and tables."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from bench.archive_folder import Kept
from bench.crawling import BARE_CONCURRENCIES, Costs, Crawl
from bench.fields import OUR_FIELDS
from bench.goals import Goal
from bench.pages import WARM_UP, PageSet
from bench.portal_process import Asked
from bench.reading import OURS, Figures
from bench.table import table
from bench.verifying import Verified

JUDGED = ("title", "day", "day, undated address", "all text", "body")


def reading(pages: PageSet, figures: Sequence[Figures]) -> str:
    """Speed and rightness, tool by tool."""
    ours = next(each.milliseconds for each in figures if each.tool == OURS)
    rows = [(*_cost(each, ours), *_counts(each, JUDGED)) for each in figures]
    head = ("tool", "version", "ms/page", "rounds from – to", "× ours", *JUDGED)
    more = [name for name in OUR_FIELDS if name not in JUDGED]
    own = [(each.tool, *_counts(each, more)) for each in figures if each.tool.startswith(OURS)]
    return (
        f"## Reading {pages.name}\n\n"
        f"{len(pages.stories)} articles, {pages.size:,} bytes each in the median; how often each field is right:\n\n"
        f"{table(head, rows)}\n\nand what only ours reads:\n\n{table(('tool', *more), own)}"
    )


def how_reading_is_measured() -> str:
    """What the figures mean."""
    return (
        "Processor time (user and system) of reading bytes that are in memory, nothing else; the median page of a"
        " round, and the median of the rounds. Each tool runs in its own process, the tools in turn, and is given the"
        f" very same bytes and the page's address; it reads {WARM_UP} other pages first, then every measured page once."
        " Ours remembers what pages of a portal share (menus, styles, addresses), as it does in a crawl; the second row"
        " makes it forget all of that before each page.\n\n"
        "Ours is right where it is exactly what was published. A peer's `all text` is right if every paragraph (of a"
        " table, every cell) is in its text, white space aside; its `body` if besides nothing of the page around the"
        " article is (“Tin mới nhất”, “Đăng ngày”, “Lượt xem”, “100%”, titles of other articles). The platform's"
        " addresses hold the day; `day, undated address` is the same page under an address without. A dash: the tool"
        " has no such field."
    )


def crawling(costs: Costs) -> str:
    """Ours against Scrapy alone."""
    rows: list[tuple[object, ...]] = [("archiver crawl", 1, *_per_request(costs.ours), "1.00")]
    rows += [
        (f"bare Scrapy, {each} at a time", each, *_per_request(costs.bare[each]), f"{costs.ratio(each):.2f}")
        for each in BARE_CONCURRENCIES
    ]
    starts = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in costs.start_ups.items())
    return (
        "## Crawling\n\n"
        f"{len(costs.latest.requests):,} requests for 67 KB pages, served by another process on this machine:\n\n"
        f"{table(('crawl', 'at a time', 'ms/request', 'rounds from – to', '/ ours'), rows)}\n\n"
        "Processor time (user and system) of the whole process less that of its start-up, a crawl of one page"
        f" ({starts}), by request. Ours does all it does for a person: every answer kept and committed before it is"
        " read, then read, followed and archived. Bare makes the same requests, from a list, with an empty callback and"
        " Scrapy's own settings, but without delay, robots.txt, log, console and remote control. The ratio is the"
        f" median of the rounds. With `--delay 0` ours took {costs.elapsed:.1f} ms on the wall for a request."
    )


def kept(found: Sequence[Kept]) -> str:
    """Bytes of a page on disk."""
    rows = [
        (f"{each.pages:,}", *(f"{size:,.0f}" for size in (each.page, each.payload, each.captures_db, each.archive_db)),
         f"{each.together:,.0f}")
        for each in found
    ]  # fmt: skip
    head = ("pages", "page", "payload", "captures.db", "archive.db", "together")
    return (
        f"## Bytes kept of a page\n\n{table(head, rows)}\n\n"
        "The figure depends on the padding of the made-up pages, which follows saved pages of real portals: menus,"
        " scripts and a `__VIEWSTATE` that is half random. zstd leaves 21 to 26 % of those, and 21 to 22 % of these."
        " (1 KB is 1,000 bytes.)"
    )


def nothing_new(again: Crawl) -> str:
    """The requests of a crawl that finds nothing new."""
    return (
        f"## A second crawl that finds nothing new\n\n`--recheck none`: {len(again.requests)} requests,"
        f" {again.spent.seconds:.2f} s of a processor, start-up included.\n\n" + _requests(again.requests)
    )


def memory(few: Costs, many: Crawl) -> str:
    """Peak memory of a short and a long crawl."""
    rows = [
        (f"{len(few.latest.requests):,}", f"{few.peak_mb:.1f}"),
        (f"{len(many.requests):,}", f"{many.spent.peak_mb:.1f}"),
    ]
    return f"## Peak memory of a crawl\n\n{table(('requests', 'MB'), rows)}\n\nOf the process, as the kernel counts it."


def verifying(verified: Verified) -> str:
    """`archiver verify` against hashing alone."""
    alone = median(verified.hashing)
    rows = [
        (name, f"{median(rounds) / verified.payloads:.4f}", _spread(rounds, verified.payloads),
         f"{median(rounds) / alone:.1f}")
        for name, rounds in verified.rounds()
    ]  # fmt: skip
    return (
        "## Verifying\n\n"
        f"{verified.payloads:,} payloads, {verified.bytes / verified.payloads:,.0f} bytes each in the mean:\n\n"
        f"{table(('what', 'ms/payload', 'rounds from – to', '× sha256'), rows)}\n\n"
        "Processor time (user and system), in turn in one run. Of `archiver`, the whole process less its start-up"
        f" ({verified.start_up / 1000:.2f} s, over an archive of one page). It unpacks every payload, hashes it,"
        " looks at every page of both files (`PRAGMA integrity_check`), and follows what rows name; `--deep`, once,"
        " reads every capture again as well and compares the archives."
    )


def goals(reached: Sequence[Goal]) -> str:
    """What was to be reached."""
    rows = [(goal.name, goal.measured, "reached" if goal.is_reached else "missed") for goal in reached]
    return f"## Goals\n\n{table(('goal', 'measured', ''), rows)}"


def _cost(figures: Figures, ours: float) -> tuple[str, ...]:
    spread = f"{min(figures.rounds):.2f} – {max(figures.rounds):.2f}"
    milliseconds = figures.milliseconds
    return figures.tool, figures.version, f"{milliseconds:.2f}", spread, f"{milliseconds / ours:.1f}"


def _counts(figures: Figures, names: Sequence[str]) -> list[object]:
    """A dash where the tool has no such field; our body is judged once, and more strictly."""
    counts = [figures.right.get("body" if name == "all text" and name not in figures.right else name) for name in names]
    return ["—" if count is None else count for count in counts]


def _per_request(rounds: Sequence[float]) -> tuple[str, str]:
    return f"{median(rounds):.2f}", f"{min(rounds):.2f} – {max(rounds):.2f}"


def _spread(rounds: Sequence[float], count: int) -> str:
    return f"{min(rounds) / count:.4f} – {max(rounds) / count:.4f}"


def _requests(asked: Sequence[Asked]) -> str:
    return table(("request", "status"), [(f"{each.method} {each.target}", each.status) for each in asked])
