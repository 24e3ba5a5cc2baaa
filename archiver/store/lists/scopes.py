"""What "Tin mới nhất" is a list of: the whole site's news, a section's, or each article's own neighbours.

No page says so. It is measured: boxes that stood on two articles and were captured within an hour are compared, those
of articles of one section and those of two.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from itertools import chain, islice, takewhile

from sqlite_utils import Database

from archiver.clock import BEFORE_ALL_CAPTURES, moment, stamp
from archiver.portals import Portal

SITE, SECTION, ARTICLE = "site", "section", "article"

_AN_HOUR = timedelta(hours=1)
_FEWEST_PAIRS = 5
_MOST_PAIRS = 200  # of one kind in a month; more would tell no more
_NEARLY_ALL = 0.9
_ROWS_REMEMBERED = 1024  # snapshots: as many as are compared with those of an hour
_REMEMBERED = 16  # boxes of a section: more than the rows of any, so that some name none of the others' articles

RowsOf = Callable[[int], tuple[str, ...]]  # snapshot to article keys, in reading order
Month = tuple[str | None, str]  # heading, YYYY-MM (UTC)


@dataclass(frozen=True, slots=True)
class Box:
    """A box as it was seen once on the page of an article."""

    snapshot: int
    heading: str | None
    at: str
    article_key: str
    section: str
    digest: str


@dataclass(slots=True)
class Comparison:
    """Pairs of boxes of one month: how many agreed and how many did not."""

    same_section: Counter[bool] = field(default_factory=Counter)
    two_sections: Counter[bool] = field(default_factory=Counter)

    def scope(self) -> str | None:
        """What the pairs say; null where they are few, or contradict one another.

        >>> Comparison(Counter({True: 9}), Counter({True: 9})).scope()
        'site'
        >>> Comparison(Counter({True: 9}), Counter({False: 9})).scope()
        'section'
        >>> Comparison(Counter({False: 9}), Counter({False: 9})).scope()
        'article'
        >>> Comparison(Counter({True: 9}), Counter({True: 4, False: 5})).scope() is None
        True
        """
        same, two = _verdict(self.same_section), _verdict(self.two_sections)
        if two is True:
            return SITE
        if same is False:
            return ARTICLE
        return SECTION if same is True and two is False else None


def settle_scopes(db: Database, portal: Portal) -> None:
    """Say of every "Tin mới nhất" of a portal what it lists, month by month. Belongs into a transaction."""
    scopes = {month: found.scope() for month, found in compare(_boxes(db, portal), _rows_of(db)).items()}
    for (heading, month), scope in scopes.items():
        db.execute(
            "UPDATE list_snapshots SET scope = ? WHERE portal = ? AND list_kind = 'latest' AND heading IS ?"
            " AND context_article_key IS NOT NULL AND seen_from BETWEEN ? AND ? AND scope IS NOT ?",
            (scope, portal.key, heading, month, month + "~", scope),
        )
    _settle_boxes_of_pages(db, portal)


def compare(boxes: Iterable[Box], rows_of: RowsOf) -> dict[Month, Comparison]:
    """Compare each box, in order of time, with an earlier one of its own section, and with one of another section."""
    found: dict[Month, Comparison] = {}
    earlier: dict[str | None, _Earlier] = {}
    for box in boxes:
        comparison = found.setdefault((box.heading, box.at[:7]), Comparison())
        since = _an_hour_before(box.at)
        before = earlier.setdefault(box.heading, _Earlier())
        for pairs, others in (
            (comparison.same_section, before.of(box.section, since)),
            (comparison.two_sections, before.not_of(box.section, since)),
        ):
            if pairs.total() < _MOST_PAIRS:
                answers = (_agree(other, box, rows_of) for other in others if other.article_key != box.article_key)
                pairs.update(islice((answer for answer in answers if answer is not None), 1))
        before.add(box)
    return found


class _Earlier:
    """The latest boxes of each section."""

    def __init__(self) -> None:
        self._by_section: dict[str, deque[Box]] = {}  # the section that was seen last is the last

    def add(self, box: Box) -> None:
        boxes = self._by_section.pop(box.section, deque(maxlen=_REMEMBERED))
        boxes.append(box)
        self._by_section[box.section] = boxes

    def of(self, section: str, since: str) -> Iterator[Box]:
        """Those of one section, the latest first."""
        return takewhile(lambda box: box.at >= since, reversed(self._by_section.get(section, deque())))

    def not_of(self, section: str, since: str) -> Iterator[Box]:
        """Those of all other sections, the latest section first."""
        return chain.from_iterable(self.of(name, since) for name in reversed(self._by_section) if name != section)


def _an_hour_before(at: str) -> str:
    """Boxes of before are not compared. Stamps sort as times do: each is read once, and not once for each pair."""
    return stamp(moment(at) - _AN_HOUR) if at > BEFORE_ALL_CAPTURES else at


def _agree(one: Box, other: Box, rows_of: RowsOf) -> bool | None:
    """Whether two boxes show the same; null where one of them names the other's article.

    A box that leaves out its own article, and one that shows the articles before its own, then look alike.
    """
    if one.digest == other.digest:
        return True
    first, second = rows_of(one.snapshot), rows_of(other.snapshot)
    if one.article_key in second or other.article_key in first:
        return None
    length = min(len(first), len(second))
    return first[:length] == second[:length]


def _verdict(pairs: Counter[bool]) -> bool | None:
    """Whether pairs agree; null where that is not known."""
    if pairs.total() < _FEWEST_PAIRS:
        return None
    return next((answer for answer in (True, False) if pairs[answer] >= _NEARLY_ALL * pairs.total()), None)


def _boxes(db: Database, portal: Portal) -> Iterator[Box]:
    """Every box on an article of a known section, at both ends of the time in which it was seen unchanged."""
    ends = " UNION ALL ".join(
        f"""
        SELECT snapshot, heading, {end} AS at, context_article_key, section, rows_sha256
        FROM list_snapshots JOIN articles ON articles.article_key = context_article_key
        WHERE list_snapshots.portal = :portal AND list_kind = 'latest' AND section IS NOT NULL {more}
        """
        for end, more in (("seen_from", ""), ("seen_to", "AND seen_to != seen_from"))
    )
    for row in db.execute(f"{ends} ORDER BY at, context_article_key, heading", {"portal": portal.key}).fetchall():
        yield Box(*row)


def _rows_of(db: Database) -> RowsOf:
    @lru_cache(maxsize=_ROWS_REMEMBERED)
    def rows_of(snapshot: int) -> tuple[str, ...]:
        query = "SELECT article_key FROM list_rows WHERE snapshot = ? ORDER BY position"
        return tuple(key for (key,) in db.execute(query, (snapshot,)).fetchall())

    return rows_of


def _settle_boxes_of_pages(db: Database, portal: Portal) -> None:
    """A box on the home page or on a list stands by itself: what it lists is told by the sections of its rows."""
    db.execute(
        f"""
        WITH rows AS (
          SELECT list_url, count(DISTINCT section) AS sections, count(DISTINCT list_rows.article_key) AS articles
          FROM list_snapshots JOIN list_rows USING (snapshot)
          JOIN articles ON articles.article_key = list_rows.article_key
          WHERE list_snapshots.portal = :portal AND list_kind = 'latest' AND context_article_key IS NULL
            AND section IS NOT NULL
          GROUP BY list_url
        )
        UPDATE list_snapshots SET scope = (
          SELECT CASE WHEN sections > 1 THEN '{SITE}' WHEN articles >= {_FEWEST_PAIRS} THEN '{SECTION}' END
          FROM rows WHERE rows.list_url = list_snapshots.list_url)
        WHERE portal = :portal AND list_kind = 'latest' AND context_article_key IS NULL
        """,
        {"portal": portal.key},
    )
