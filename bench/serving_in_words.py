"""What serving takes, in tables, and the goals that it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from bench.goals import Goal
from bench.plain_datasette import TIME_LIMIT_MS
from bench.serving import ALONE, Served, Timed, percentile
from bench.table import table

FASTER = {"table with two facets": 12, "common search": 6, "rare search": 4, "article": 2}  # times plain Datasette
LONGEST_MS = 100  # of a page that readers come to, in the median
LARGEST_PEAK_MB = 120
RECALLED = ("home page", "plots")  # whose figures are kept until the archive changes
_READ = ("home page", *ALONE)
_INDEX = ("index and server", "index MB", "× text", "made in s", "peak MB")
_SMALL_MS = 5  # so much more is no growth: a page that takes less is measured no better


def section(found: Served) -> str:
    """One size: the index, and every page of both."""
    index = [
        ("archiver", f"{found.index_size / 1e6:,.0f}", f"{found.index_size / found.text:.2f}",
         f"{found.index_seconds:,.0f}", f"{found.peak_mb:.0f}"),
        ("plain Datasette", f"{found.plain_size / 1e6:,.0f}", f"{found.plain_size / found.text:.2f}",
         f"{found.plain_seconds:,.0f}", f"{found.plain_peak_mb:.0f}"),
    ]  # fmt: skip
    pages = [_row(timed) for timed in found.pages.values()]
    times_of_both = ("first ms", "p50 ms", "p95 ms", "plain p50 ms", "plain p95 ms", "times as fast")
    head = ("page", *times_of_both, "processor ms", "plain's", "rows", "plain's rows", "plain's facets timed out")
    times = len(next(iter(found.pages.values())).ours)
    return (
        f"## Serving {found.articles:,} articles\n\n{found.text / 1e6:,.0f} MB of text.\n\n"
        f"{table(_INDEX, index)}\n\n{table(head, pages)}\n\n"
        "Over HTTP on this machine, on a connection that is kept, one request at a time, ours and plain"
        f" Datasette's in turn, each in a process of its own, {times} times after the first; where other programs"
        " run beside them, what an answer took of a processor says more. The figures of our home page and plots"
        " are counted once, and kept until the archive changes. Plain Datasette has the same articles in one table"
        " with their texts and an index by `sqlite-utils` `enable_fts`, and Datasette's own settings but for"
        f" `sql_time_limit_ms` and `facet_time_limit_ms`, which are raised to {TIME_LIMIT_MS:,}: slow pages are"
        " answered instead of refused, and show what ours show. The facets that it offers besides keep their 50 ms"
        " each. Both show the same two facets, section and status. Plain finds more where its tokenizer takes"
        " letters with marks for bare ones. An article is another one each time; `/a/KEY` against plain's page of"
        " the row. Peak memory is the kernel's VmHWM."
    )


def growth(found: Sequence[Served]) -> str:
    """The largest archive against the smallest."""
    few, many = found[0], found[-1]
    rows = [(name, f"{first:,.1f}", f"{last:,.1f}", f"{last / first:.2f}") for name, first, last in _grown(few, many)]
    head = ("what", f"{few.articles:,}", f"{many.articles:,}", "times")
    return f"## Serving: growth\n\nOurs, pages in ms in the median:\n\n{table(head, rows)}"


def goals(found: Sequence[Served]) -> list[Goal]:
    """What is to be reached at the smaller size, and that nothing grows faster than the archive."""
    few = found[0]
    size = f"at {few.articles:,} articles"
    reached = [_of_ratio(few.pages[page], least, size) for page, least in FASTER.items()]
    slowest = max((few.pages[page] for page in _READ), key=lambda timed: median(timed.ours))
    longest = median(slowest.ours)
    peak = max(each.peak_mb for each in found)
    return [
        *reached,
        Goal(f"pages for readers below {LONGEST_MS} ms in the median {size}", f"{slowest.page}, {longest:.0f} ms",
             longest < LONGEST_MS),
        Goal(f"memory of the server at most {LARGEST_PEAK_MB} MB", f"{peak:.0f} MB", peak <= LARGEST_PEAK_MB),
        _of_growth(few, found[-1]),
    ]  # fmt: skip


def _row(timed: Timed) -> tuple[str, ...]:
    plain = [f"{percentile(timed.plain, p):.1f}" for p in (50, 95)] if timed.plain else ["—", "—"]
    factor = f"{timed.ratio:.1f}" if timed.plain else "—"
    timed_out = f"{timed.timed_out} of {len(timed.plain)}" if timed.plain else "—"
    spent = [_spent(timed.spent, timed.ours), _spent(timed.plain_spent, timed.plain)]
    found = ["—" if rows is None else f"{rows:,}" for rows in (timed.rows, timed.plain_rows)]
    return (
        timed.page,
        f"{timed.first:.1f}",
        *(f"{percentile(timed.ours, p):.1f}" for p in (50, 95)),
        *plain,
        factor,
        *spent,
        *found,
        timed_out,
    )


def _spent(seconds: float, answers: Sequence[float]) -> str:
    return f"{1000 * seconds / len(answers):.0f}" if answers else "—"


def _of_ratio(timed: Timed, least: int, size: str) -> Goal:
    return Goal(
        f"{timed.page} {least} times as fast as plain Datasette {size}",
        f"{timed.ratio:.1f} times",
        timed.ratio >= least,
    )


def _grown(few: Served, many: Served) -> Iterator[tuple[str, float, float]]:
    yield "index, MB", few.index_size / 1e6, many.index_size / 1e6
    yield "making it, s", few.index_seconds, many.index_seconds
    yield "peak memory, MB", few.peak_mb, many.peak_mb
    for page, timed in few.pages.items():
        yield page, median(timed.ours), median(many.pages[page].ours)
        if page in RECALLED:
            yield f"{page}, when it is asked for first", timed.first, many.pages[page].first


def _of_growth(few: Served, many: Served) -> Goal:
    times = many.articles / few.articles
    faster = [name for name, first, last in _grown(few, many) if last > first * times + _SMALL_MS]
    return Goal(
        f"nothing grows faster than the archive ({times:.0f} times)", ", ".join(faster) or "nothing", not faster
    )
