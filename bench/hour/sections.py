"""The hour in words and tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from archiver.supervising.crew import BETWEEN_QUESTIONS
from bench.goals import Goal
from bench.hour.judging import Judged, by_rhythm, in_minutes, middle, unfinished, well
from bench.hour.playing import DEADLINE_MINUTES, DELAY, PAGE_BUDGET, Played
from bench.table import table

NAME = "An hour of twenty portals"
_NEARLY_ALL = 0.98  # of the requests: a busy machine notes some late, and the next ones then seem too soon
_LOOSE = 0.02  # seconds


@dataclass(frozen=True, slots=True)
class Hour:
    """What was played, and what is thought of it."""

    played: Played
    towns: list[Judged]

    @property
    def patience(self) -> timedelta:
        """How late a crawl may begin: at the next tick, and if a turn goes on then, when that asks what is due."""
        return self.played.timer.every + self.played.timer.jitter + self.asking

    @property
    def asking(self) -> timedelta:
        """Between two questions of a turn that goes on, as the fast clock shows it."""
        return timedelta(seconds=BETWEEN_QUESTIONS * self.played.scale.rate)


def section(hour: Hour) -> str:
    """Everything."""
    return "\n\n".join((f"## {NAME}", _asked(hour), _of_well(hour), _of_ill(hour), _came_to(hour), _how(hour)))


def goals(hour: Hour) -> list[Goal]:
    """All on schedule, all found, nobody pressed, the ill ones harmless."""
    lates = [late for town in well(hour.towns) for late in town.late]
    gaps, cut = sorted(gap for town in hour.towns for gap in town.seen.gaps), unfinished(hour.towns)
    least = gaps[int(len(gaps) * (1 - _NEARLY_ALL))]
    begun, missed = (sum(len(of(town)) for town in well(hour.towns)) for of in (lambda x: x.begun, lambda x: x.missed))
    worst, most = max(in_minutes(lates)), hour.patience.total_seconds() / 60
    return [
        Goal(f"an hour: every crawl within {most:g} minutes of its time", f"{worst:.1f} min at most", worst <= most),
        Goal("an hour: crawls of well portals come to their end", f"{begun - len(cut)} of {begun}", not cut),
        Goal("an hour: all news in the archive after the next crawl", f"{missed} missed", not missed),
        Goal(
            f"an hour: {DELAY} s between {_NEARLY_ALL:.0%} of the requests, as servers see it",
            f"{least:.3f} s",
            least >= DELAY - _LOOSE,
        ),
    ]


def _asked(hour: Hour) -> str:
    scale, timer = hour.played.scale, hour.played.timer
    return (
        f"{len(hour.towns)} portals, one of which never answers, and one of which has always more to read."
        f" {scale.minutes:g} minutes by a clock that runs {scale.rate:g} times as fast as this machine's, while pauses,"
        f" time-outs and deadlines last as long as they say: {DELAY} s between two requests to a portal,"
        f" {DEADLINE_MINUTES:g} real minutes and {PAGE_BUDGET} requests a run. `archiver crawl`, with the jobs and"
        f" intervals that hold where nothing is configured, by the timer that `archiver schedule systemd` prints: every"
        f" {timer.every.total_seconds() / 60:g} minutes, up to {timer.jitter.total_seconds() / 60:g} later."
    )


def _of_well(hour: Hour) -> str:
    head = (
        *("publish every", "portals", "are due every", "crawls", "apart, min", "late p50, min", "late at most"),
        *("news", "captured within p50, min", "at most", "least s between two"),
    )
    rows = []
    for minutes, towns in by_rhythm(hour.towns):
        late = in_minutes([each for town in towns for each in town.late])
        found = in_minutes([each for town in towns for each in town.found])
        rows.append(
            (
                _minutes(minutes),
                len(towns),
                _minutes(middle(in_minutes([each.due.every for town in towns for each in town.begun]))),
                sum(len(town.begun) for town in towns),
                _number(middle(in_minutes([each for town in towns for each in town.apart]))),
                _number(middle(late)),
                _number(max(late, default=None)),
                len(found),
                _number(middle(found)),
                _number(max(found, default=None)),
                f"{min(gap for town in towns for gap in town.seen.gaps):.3f}",
            )
        )
    return table(head, rows)


def _of_ill(hour: Hour) -> str:
    rows = [
        (
            town.seen.kind,
            len(town.begun),
            ", ".join(sorted({each.crawl.status for each in town.begun})),
            ", ".join(f"{each:.0f}" for each in in_minutes(town.apart)) or "–",
            f"{min(town.seen.gaps):.3f}" if town.seen.gaps else "–",
        )
        for town in hour.towns
        if town.seen.minutes is None
    ]
    return table(("ill", "crawls", "ended", "apart, min", "least s between two"), rows)


def _came_to(hour: Hour) -> str:
    played, all_well = hour.played, well(hour.towns)
    to_come = sum(town.to_come for town in all_well)
    statuses = ", ".join(map(str, sorted(set(played.statuses))))
    return (
        f"It took {played.seconds:.0f} s: {played.turns} turns, which ended with {statuses}, and {played.passed_over}"
        f" ticks at which the one before still went on; {played.peak.children} crawled at a time. Together the"
        f" program's processes held {played.peak.together:.0f} MB at the most, one of them"
        f" {played.peak.of_one:.0f} MB. {sum(len(town.missed) for town in all_well)} news were missed, {to_come}"
        " came up after the last crawl of their portal."
    )


def _how(hour: Hour) -> str:
    return (
        "Minutes are the fast clock's; what the program takes counts as many times, and a turn that goes on asks for"
        f" what is due every {hour.asking.total_seconds() / 60:g} of them. Late: from the moment at which a crawl was"
        " due, by the runs and news that the archive knew then, to its beginning; one that had not begun by the end"
        " counts. Each well portal was crawled once before, without pauses, at such a time that it would be due within"
        " the hour. Seconds between requests are real ones, of the servers' own logs, robots.txt not counted; the"
        " servers run in the process that measures, on the same two cores."
    )


def _minutes(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value / 60:.3g} h" if value >= 120 else f"{value:.0f} min"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
