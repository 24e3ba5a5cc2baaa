"""A year in words and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bench.goals import Goal
from bench.table import table
from bench.year.course import Year
from bench.year.life import moment_of
from bench.year.playing import Run

NAME = "A year in minutes"
_MOVING = timedelta(weeks=6)  # by then every known page was asked for at its new address


def section(year: Year) -> str:
    """Everything."""
    return "\n\n".join((f"## {NAME}", _course(year), _told(year), _faults(year), _months(year), _how()))


def goals(year: Year) -> list[Goal]:
    """Nothing missed, nothing invented, nothing growing faster than what is kept."""
    judged, kept = year.judged, _forecast(year)
    wrong = judged.false_edits + judged.false_disappearances
    return [
        Goal("a year: every article up for a whole interval", f"{len(judged.missed)} missed", not judged.missed),
        Goal("a year: every edit that outlasted its interval", f"{len(judged.unseen)} unseen", not judged.unseen),
        Goal("a year: no false edit, no false disappearance", f"{len(wrong)} false", not wrong),
        Goal("a year: every blind day is called so", f"{len(judged.wrong_days)} wrong", not judged.wrong_days),
        Goal(
            "a year: whole, and read again the same",
            f"{len(year.faults)} faults, {year.differing} rows",
            not year.faults and not year.differing,
        ),
        Goal("a year: captures.db within a fifth of the half-year's forecast", kept.words, kept.is_near),
    ]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What half a year of growth says of captures.db at its end, and what came, in megabytes."""

    foretold: float
    found: float
    moved: float = 0.0  # of that, what came beyond the usual when all pages stood at other addresses

    @property
    def is_near(self) -> bool:
        """Within a fifth; that every page is fetched once more when a portal moves, half a year cannot know."""
        return abs(self.found - self.moved - self.foretold) <= self.foretold / 5

    @property
    def words(self) -> str:
        """All figures."""
        at_once = f", {self.moved:.1f} MB of it by the change of addresses" if self.moved else ""
        return f"{self.foretold:.1f} MB foretold, {self.found:.1f} MB found{at_once}"


def forecast(runs: Sequence[Run], moved_on: datetime | None = None) -> Forecast:
    """From the first run, which brings what was there before, to the middle of the time, and on from there."""
    known = [run for run in runs if not run.was_killed]
    first, last = known[0], known[-1]
    middle = next(run for run in known if run.began - first.began >= (last.began - first.began) / 2)
    a_day = (middle.captures_mb - first.captures_mb) / ((middle.began - first.began).days or 1)
    foretold = middle.captures_mb + a_day * (last.began - middle.began).days
    return Forecast(foretold, last.captures_mb, _moved(known, moved_on, a_day) if moved_on else 0.0)


def _moved(known: Sequence[Run], moved_on: datetime, a_day: float) -> float:
    """What the weeks after the change of addresses brought beyond the usual, in megabytes."""
    before = max((run for run in known if run.ended < moved_on), key=lambda run: run.ended)
    after = max((run for run in known if run.ended < moved_on + _MOVING), key=lambda run: run.ended)
    return after.captures_mb - before.captures_mb - a_day * (after.ended - before.ended).days


def _forecast(year: Year) -> Forecast:
    move = year.calendar.move
    return forecast(year.runs, None if move is None else moment_of(move))


def _course(year: Year) -> str:
    killed = sum(run.was_killed for run in year.runs)
    return (
        f"{year.calendar.days} days of the made-up portal, seed {year.seed}, in {year.seconds / 60:.0f} minutes:"
        f" {len(year.runs)} crawls when they were due (every 12 to 24 hours, by how often it publishes), {killed} of"
        f" them killed with SIGKILL at some moment, {sum(run.requests for run in year.runs):,} requests."
    )


def _told(year: Year) -> str:
    judged = year.judged
    called_seen = sum(day.endswith("called seen") for day in judged.wrong_days)
    rows = [
        ("articles up while a whole run saw the portal", judged.articles, "not archived", len(judged.missed)),
        ("edits that stood when the article was due again", judged.edits, "no revision", len(judged.unseen)),
        ("revisions that count as the publisher's", judged.revisions, "no edit", len(judged.false_edits)),
        ("articles found missing", judged.disappearances, "were up", len(judged.false_disappearances)),
        ("days: blind", judged.blind_days, "called otherwise", called_seen),
        (
            "days: seen by a whole run",
            judged.seen_days,
            "called otherwise",
            len(judged.wrong_days) - called_seen,
        ),
        ("rows of archive.db", year.rows, "others after `archiver reparse`", year.differing),
        ("what `archiver verify` names at the end", len(year.faults), "", ""),
    ]
    events = ", ".join(judged.portal_events) or "none"
    return (
        table(("what", "how many", "of these", "wrong"), rows)
        + f"\n\n{judged.short} articles were up only between two whole runs, {judged.passing} edits did not stand long"
        f" enough to be seen for certain. What became of the portal, as the archive tells it: {events}."
    )


def _faults(year: Year) -> str:
    judged = year.judged
    named = [*judged.missed, *judged.unseen, *judged.false_edits, *judged.false_disappearances, *judged.wrong_days]
    return "What is wrong: " + ("; ".join((named + year.faults)[:20]) or "nothing") + "."


def _months(year: Year) -> str:
    rows = [
        (
            month,
            len(runs),
            sum(run.was_killed for run in runs),
            sum(run.requests for run in runs),
            f"{max(run.peak_mb for run in runs):.0f}",
            f"{_median([run.seconds for run in runs if not run.was_killed]):.2f}",
            f"{max((run.captures_mb for run in runs if not run.was_killed), default=0):.1f}",
            f"{max((run.archive_mb for run in runs if not run.was_killed), default=0):.1f}",
        )
        for month, runs in _by_month(year.runs)
    ]
    head = ("month", "crawls", "killed", "requests", "peak MB", "s a crawl", "captures.db MB", "archive.db MB")
    half = f"The first half of the year foretells captures.db at its end: {_forecast(year).words}."
    return f"{table(head, rows)}\n\n{half}"


def _by_month(runs: Sequence[Run]) -> Iterator[tuple[str, list[Run]]]:
    for month, group in groupby(runs, key=lambda run: f"{run.began:%Y-%m}"):
        yield month, list(group)


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0


def _how() -> str:
    return (
        "Publishing by weekday, bursts, silence at Tết, a leap day; edits that stay and edits for some hours; removals,"
        " some for ever; another dress for all pages in one night; a week of 503; three days of a page that asks for a"
        " human; two slow days; all pages at other addresses; at the end a notice, then no answer. All of it is decided"
        " by the seed before it begins, and the archive is compared with that. Crawls and portal share one simulated"
        " clock; each crawl is a process of its own, its seconds are this machine's, and its peak holds the made-up"
        " portal too."
    )
