"""How complete the lists are, by a second route to the same articles: two samples, and what they have in common.

The view `completeness` reckons; here it is read, and said in words. Why it is reckoned so: the share of the second
route's articles that lists show is taken for the lists' share of all articles (Lincoln and Petersen, with Chapman's
correction). That holds if whether one route shows an article does not hang on whether the other does.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Comparison:
    """Lists against one second route of a portal."""

    route: str  # "sitemap", "feed"
    documents: int  # sitemaps or feeds that tell of it
    compared_after: str | None  # of feeds, which show the newest alone: the day behind which all is compared
    compared_to: str | None  # the day of the last look
    lists_alone: int
    second_alone: int
    both: int
    not_asked: int  # entries of the second route whose pages were not asked for yet
    estimate: int | None  # articles there are; null where too few stand in both, or too many were not asked for
    estimate_low: int | None  # with estimate_high, 95 times of 100 between these
    estimate_high: int | None


_COLUMNS = (
    "route, documents, compared_after, compared_to, coalesce(lists_alone, 0), coalesce(second_alone, 0),"
    " coalesce(both, 0), not_asked, estimate, estimate_low, estimate_high"
)


def comparisons(archive: Database) -> dict[str, tuple[Comparison, ...]]:
    """The second routes of each portal, by its key; of portals that have any.

    Of all at once: it takes no longer than of one, a second for 100,000 articles.
    """
    rows = archive.execute(
        f"SELECT portal, {_COLUMNS} FROM completeness WHERE route IS NOT NULL ORDER BY portal, route DESC"
    ).fetchall()
    return {
        portal: tuple(Comparison(*values) for _, *values in found) for portal, found in groupby(rows, key=itemgetter(0))
    }


def comparison_in_words(told: Comparison) -> str:
    """One second route for people, in a line.

    >>> comparison_in_words(Comparison("feed", 2, "2025-06-01", "2025-06-30", 3, 1, 40, 0, 44, 44, 49))
    'feeds after 2025-06-01: 40 articles in both, 3 in lists alone, 1 in feeds alone; by estimate 44 in all (44 to 49)'
    >>> comparison_in_words(Comparison("sitemap", 1, None, "2025-06-30", 3, 0, 4, 2, None, None, None))
    'sitemaps: 4 articles in both, 3 in lists alone, 0 in sitemaps alone; 2 not asked for yet; no estimate yet'
    """
    name = f"{told.route}s"
    since = f" after {told.compared_after}" if told.compared_after else ""
    counts = (
        f"{told.both:,} articles in both, {told.lists_alone:,} in lists alone, {told.second_alone:,} in {name} alone"
    )
    waiting = f"; {told.not_asked:,} not asked for yet" if told.not_asked else ""
    if told.estimate is None:
        return f"{name}{since}: {counts}{waiting}; no estimate yet"
    between = f"{told.estimate_low:,} to {told.estimate_high:,}"
    return f"{name}{since}: {counts}{waiting}; by estimate {told.estimate:,} in all ({between})"
