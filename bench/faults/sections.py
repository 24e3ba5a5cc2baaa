"""A whole run in words and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.faults.comparing import Compared
from bench.faults.course import Found
from bench.faults.flipped import Flipped
from bench.faults.full_disk import Hindered
from bench.faults.killing import Killed
from bench.faults.locked import Held
from bench.goals import Goal
from bench.table import table

_COMPARED = ("rows compared", "lost", "doubled", "other")
_WANTED_KILLS = 100

NAME = "Faults"


def section(found: Found) -> str:
    """Everything."""
    parts = (_kills(found), _full_disk(found.hindered), _locks(found.held), _bits(found.flipped), _clock(found))
    return f"## {NAME}\n\n" + "\n\n".join(parts) + "\n\n" + _elsewhere()


def goals(found: Found) -> list[Goal]:
    """No row lost, by whatever befalls an archive."""
    killed = [*found.killed, found.copied]
    kills, off = sum(each.kills for each in killed), _off(each.compared for each in killed)
    hindered = [*(each.is_well for each in found.hindered), *(each.is_well for each in found.held)]
    bits = [each for each in found.flipped if each.kind in ("a payload", "a digest")]
    unseen = sum(len(each.unseen) + each.named_by_deep for each in bits)
    back = found.set_back
    return [
        Goal(
            f"{_WANTED_KILLS} kills: no row lost, doubled or in between",
            f"{kills} kills, {off} rows",
            kills >= _WANTED_KILLS and all(each.is_well for each in killed),
        ),
        Goal(
            "full disk, locked file: plain words, nothing lost",
            f"{sum(hindered)} of {len(hindered)} cases",
            all(hindered),
        ),
        Goal("a flipped bit of a payload or digest is named", f"{unseen} not named", not unseen),
        Goal(
            "clock set back: times and revisions in order, the same archive",
            f"{back.backwards + back.misplaced} out of order, {_off([back.compared])} rows",
            back.is_well,
        ),
    ]


def _off(compared: Iterable[Compared]) -> int:
    return sum(each.lost + each.doubled for each in compared)


def _kills(found: Found) -> str:
    head = ("killed", "alone, s", "kills", "at % of its life", "ended before", "gone on with", *_COMPARED,
            "fetched twice", "in between")  # fmt: skip
    rows = [_killed(each, each.scene.name) for each in found.killed]
    rows.append(_killed(found.copied, "reparse, copying"))
    given_up = sum(each.given_up for each in found.killed)
    note = (
        f" {given_up} pages were being read at two kills in a row and are given up as what killed the program; their"
        " rows are among those that are lost."
        if given_up
        else ""
    )
    total = sum(each.kills for each in (*found.killed, found.copied))
    return (
        f"### SIGKILL\n\n{total} kills of real processes, seed {found.seed}:\n\n{table(head, rows)}\n\n"
        "A portal on loopback is crawled; it changes and is crawled again, every article asked for anew; the archive,"
        " made by another reader, is read again; the captures are imported from a WARC file into nothing. Each is done"
        " once undisturbed. Then it is killed, once or a few times in a row: first at moments that are spread over its"
        " whole life, every third where it begins (files are opened, brought up to date, what was left is read), then"
        " in the first half of what it does. Then the same command is let go on to its end, and the archive is compared"
        " with the undisturbed one, row by row. `other`: pages whose capture is missing, requests in another state,"
        " what `archiver verify` finds, files left over. `fetched twice`: pages that an undisturbed one asks for once."
        " `in between`: archives that a killed rebuild left neither old nor new. The last row are rebuilds that were"
        f" killed while the new archive was copied into the place of the old one.{note}"
    )


def _killed(killed: Killed, name: str) -> tuple[object, ...]:
    moments = f"{100 * min(killed.moments):.0f} – {100 * max(killed.moments):.0f}" if killed.moments else "—"
    return (
        name, f"{killed.scene.seconds:.1f}", killed.kills, moments, killed.too_late, killed.rounds,
        *_of(killed.compared), killed.again, killed.between,
    )  # fmt: skip


def _of(compared: Compared) -> tuple[object, ...]:
    other = compared.evidence + compared.unfinished + compared.faults + compared.left_over
    return f"{compared.rows:,}", compared.lost, compared.doubled, other


def _full_disk(hindered: Sequence[Hindered]) -> str:
    rows = [(each.scene.name, each.means, each.runs, each.failed, each.plain, *_of(each.compared)) for each in hindered]
    head = ("work", "by", "runs", "ended with 1", "in plain words", *_COMPARED)
    return (
        f"### No space left\n\n{table(head, rows)}\n\n"
        "`RLIMIT_FSIZE` makes a write to any file fail beyond a size, `max_page_count` makes SQLite say that the disk"
        " is full; the limits are spread from nothing to almost enough. Then there is space, and the same command"
        " goes on."
    )


def _locks(held: Sequence[Held]) -> str:
    rows = [
        (each.scene.name, each.file, each.how, each.ran.status, f"{each.ran.seconds:.1f}", *_of(each.compared))
        for each in held
    ]
    head = ("work", "file", "held", "ended with", "s", *_COMPARED)
    plain = sum(each.ran.is_plain for each in held)
    return (
        f"### A locked file\n\n{table(head, rows)}\n\n"
        f"Another process takes a file at some moment, for longer or for less than the program waits (half a second"
        f" instead of thirty, but for the last row). {plain} of {sum(each.ran.status != 0 for each in held)} that ended"
        " with 1 said so in plain words; then the file is free, and the same command goes on. A rebuild only reads"
        " captures.db, and does not mind that others write to it."
    )


def _bits(flipped: Sequence[Flipped]) -> str:
    rows = [
        (each.kind, each.bits, each.named, each.named_by_deep, each.without_effect, len(each.unseen))
        for each in flipped
    ]
    head = ("a bit of", "flipped", "named by verify", "by --deep alone", "changed nothing", "not named")
    unseen = sorted({place for each in flipped for place in each.unseen})
    return (
        f"### Flipped bits\n\n{table(head, rows)}\n\n"
        "One at a time, in captures.db or archive.db as they lie on disk; named means exit status 1 and the payload,"
        " the row or the file in what is said. A bit changed nothing where every row of both files reads as before."
        " What --deep alone names are rows of archive.db that no longer say what the captures do."
        + (f" Not named: {', '.join(unseen)}." if unseen else "")
    )


def _clock(found: Found) -> str:
    back = found.set_back
    head = ("captures", "behind", "times backwards", "revisions misplaced", "events", "of these expected", *_COMPARED)
    row = (
        back.captures, back.behind, back.backwards, back.misplaced, back.events, back.expected_events,
        *_of(back.compared),
    )  # fmt: skip
    return (
        f"### The clock set back\n\n{table(head, [row])}\n\n"
        "By a day in the middle of a crawl, and by another before the next one, of the portal as it has changed."
        " `behind`: captures that were made while the clock showed less than the latest of them."
    )


def _elsewhere() -> str:
    return (
        "What else befalls an archive is shown by tests: a portal that answers 503, then with a firewall's page, then"
        " comes back (tests/crawling/test_bad_week.py: no disappearance, no edit), connections cut in the middle of a"
        " page (tests/crawling/test_command.py: kept as a failure, not as content), another layout"
        " (tests/store/runs/test_health.py: degraded; tests/store/batches/test_judging.py: no mass of edits)."
    )
