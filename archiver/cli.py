"""The `archiver` command: each subcommand says what it was asked for and calls the rooms below.

Scrapy and Datasette are imported where they are used: each takes longer to load than most commands to run.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from archiver import __version__
from archiver.clock import SystemClock, stamp
from archiver.crawling.options import (
    CONTACT_VARIABLE,
    FILE_BUDGET,
    POLITE_DELAY,
    RECHECK_BUDGET,
    RECHECKS,
    CrawlOptions,
    UsageError,
    is_address,
)
from archiver.crawling.report import EXIT_STATUSES, Ending, as_table, as_values
from archiver.demo import DemoPortal, demo_clock, stories
from archiver.demo import serve as serve_portal
from archiver.exchange.options import INTERNET_ARCHIVE, WaybackOptions
from archiver.exchange.tables_out import export_tables, unknown_tables
from archiver.exchange.warc_in import Unreadable, Watcher, import_warcs
from archiver.exchange.warc_out import default_name, export_warc
from archiver.portals import PORTALS, Portal
from archiver.progress import Progress, Stages
from archiver.reading.page import read
from archiver.reading.printed import printed
from archiver.site.errors import PlaceError, ServingError
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.decisions.deciding import Order, decide
from archiver.store.ground.errors import DataFolderError, LockedError, trouble
from archiver.store.ground.locks import whole_folder
from archiver.store.interpretation.interpreting import Tally
from archiver.store.rebuild.reading_changes import ReadingChange, change_as_values, change_in_words
from archiver.store.rebuild.rereading import Listener, tally_in_words
from archiver.store.rebuild.rereading import reparse as reparse_folder
from archiver.store.runs.overview import in_words, standing
from archiver.store.sharing.exports import newest_capture
from archiver.store.verify.verification import Report, findings, sizes_of
from archiver.tabular.files import Format
from archiver.vietnamese.dates import INDOCHINA_TIME

MADE_UP = "demo"
CLOCK = SystemClock()
FOLDER = click.Path(file_okay=False, path_type=Path)
FORMATS: dict[str, Format] = {"csv": "csv", "jsonl": "jsonl", "parquet": "parquet"}
_FIRST_YEAR, _LAST_YEAR = 1990, 9998  # of a capture; in the last year of all calendars other clocks cannot be told
PORT = click.IntRange(0, 65535)


class RegularFile(click.Path):
    """A file that has a size and can be read anywhere: no pipe, which may have nothing to say for ever, no device."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, if it is that of such a file."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.is_file():
            self.fail(f"'{path}' is a pipe or a device, not a file", param, ctx)
        return path


class Archiver(click.Group):
    """Ends with a plain message where a person can do something about it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Whatever is said is kept or printed somewhere: bytes that are not UTF-8 can be neither."""
        for word in args:
            if any("\udc80" <= letter <= "\udcff" for letter in word):
                raise click.UsageError(f"{os.fsencode(word)!r} is not UTF-8")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand."""
        try:
            return super().invoke(ctx)
        except (UsageError, PlaceError) as error:
            raise click.UsageError(str(error)) from None
        except LockedError as error:
            click.echo(f"Error: {error}; wait for its end, or use another folder with --data", err=True)
            ctx.exit(EXIT_STATUSES["locked"])
        except (DataFolderError, ServingError) as error:
            raise click.ClickException(str(error)) from None
        except (sqlite3.Error, OSError) as error:
            words = trouble(error)
            if words is None:
                raise
            raise click.ClickException(f"{words}; what was kept until then stays") from None


@dataclass(frozen=True, slots=True)
class Shared:
    """What every subcommand is told."""

    data: Path
    as_json: bool
    verbose: bool

    def say(self, values: dict[str, Any], words: str) -> None:
        """Print for programs, one JSON object on a line, or for people."""
        click.echo(json.dumps(values, ensure_ascii=False) if self.as_json else words)


def shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every subcommand takes; they reach it as its first argument."""

    @wraps(command)
    def with_shared(*args: Any, data: Path, as_json: bool, verbose: bool, **options: Any) -> None:
        _log(logging.INFO if verbose else logging.WARNING)
        command(Shared(data, as_json, verbose), *args, **options)

    folder = click.Path(file_okay=False, path_type=Path)
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Say more about what happens."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs."),
        click.option("--data", type=folder, default=Path("data"), show_default=True, help="Folder of the archive."),
    ):
        with_shared = option(with_shared)
    return with_shared


@click.group(cls=Archiver, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="archiver")
def main() -> None:
    """Archive Vietnamese local-government portals: crawl, read, keep, serve."""


@main.command()
@click.argument("names", metavar="[PORTAL]...", nargs=-1)
@click.option("--base-url", metavar="URL", help="Connect there instead of to the portal.")
@click.option("--full", is_flag=True, help="Ask for everything anew, and walk every list to its end.")
@click.option("--recheck", type=click.Choice(RECHECKS), default="due", show_default=True, help="Which known articles.")
@click.option(
    "--recheck-budget",
    type=int,
    default=RECHECK_BUDGET,
    show_default=True,
    metavar="N",
    help="At most so many that are due.",
)
@click.option(
    "--file-budget",
    type=int,
    default=FILE_BUDGET,
    show_default=True,
    metavar="N",
    help="At most so many pictures and documents of articles; 0 fetches none.",
)
@click.option("--limit", type=int, metavar="N", help="Make at most N requests, robots.txt not counted.")
@click.option("--delay", type=float, default=POLITE_DELAY, show_default=True, help="Seconds between two requests.")
@shared_options
def crawl(shared: Shared, names: tuple[str, ...], **options: Any) -> None:
    """Crawl portals, or all that are known. Ctrl-C ends a crawl cleanly; the next one goes on from there."""
    wanted = [_portal(name) for name in names] or [each for key, each in PORTALS.items() if key != MADE_UP]
    if options["base_url"] is None and any(portal.key == MADE_UP for portal in wanted):
        raise click.UsageError("the demo portal stands on no network: see `archiver demo`, or give its --base-url")
    crawls = [CrawlOptions(portal.key, shared.data, **options).checked() for portal in wanted]
    _ask_for_contact(all(each.is_on_loopback for each in crawls))
    endings = _run(shared, crawls)
    for portal, ending in zip(wanted, endings, strict=True):
        shared.say({"portal": portal.key, **as_values(ending)}, as_table(ending, portal.key))
    sys.exit(max(ending.exit_status for ending in endings))


@main.command()
@click.option("--port", type=PORT, default=8001, show_default=True, help="Port on this machine; 0 takes a free one.")
@click.option("--public", is_flag=True, help="For everyone: the newest snapshot instead, within limits that hold.")
@click.option(
    "--snapshots",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the snapshots; `snapshots` of --data if it is not named.",
)
@click.option(
    "--base-url",
    default="/",
    show_default=True,
    metavar="URL",
    help="Where readers find the public site: a path behind a proxy, or its whole address.",
)
@click.option("--sql/--no-sql", default=True, show_default=True, help="Let readers of the public site write SQL.")
@shared_options
def serve(shared: Shared, port: int, public: bool, folder: Path | None, base_url: str, sql: bool) -> None:
    """Serve archive.db in Datasette on this machine until Ctrl-C.

    With --public it serves the newest snapshot (see `archiver snapshot`), goes over to the next as soon as it is there,
    writes down nothing of what readers ask, and is meant to stand behind a web server.
    """
    if public:
        _serve_publicly(shared, folder or shared.data / "snapshots", port, base_url, sql)
    elif folder is not None or base_url != "/" or not sql:
        raise click.UsageError("--snapshots, --base-url and --no-sql belong to --public")
    else:
        _serve(shared, shared.data / "archive.db", port)


@main.command()
@click.option("--port", type=PORT, default=8001, show_default=True, help="Port of Datasette; 0 takes a free one.")
@click.option("--stories", "count", type=click.IntRange(20, 2000), default=160, show_default=True, help="How many.")
@shared_options
def demo(shared: Shared, port: int, count: int) -> None:
    """Serve a made-up portal on this machine, crawl it, and open its archive in Datasette until Ctrl-C.

    The portal plays faults and traps of real ones: a few problems at the end are as they should be. Its archive is made
    anew each time, in the folder `demo` of --data.
    """
    folder = shared.data / "demo"
    with whole_folder(folder):
        for file in (*folder.glob("captures.db*"), *folder.glob("archive.db*")):
            file.unlink()
    with serve_portal(DemoPortal(stories(count), demo_clock(), slow_seconds=4.0)) as portal:
        click.echo(f"The made-up portal of An Thuận is served at {portal.base_url}/ and crawled from there.", err=True)
        options = CrawlOptions(MADE_UP, folder, portal.base_url, delay=0).checked()
        (ending,) = _run(shared, [options], {"DOWNLOAD_TIMEOUT": 3})  # one of its pages takes longer
        shared.say({"portal": MADE_UP, **as_values(ending)}, as_table(ending, MADE_UP))
        if ending.exit_status:
            sys.exit(ending.exit_status)
        _serve(shared, folder / "archive.db", port, or_another=True)


@main.command()
@click.argument("name", metavar="PORTAL")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", required=True, help="The page's own address.")
@click.option("--at", "captured_at", metavar="TIME", help="When it was captured, ISO 8601.")
@shared_options
def parse(_: Shared, name: str, file: Path, url: str, captured_at: str | None) -> None:
    """Print as JSON what is read in a saved page. The data folder is not touched."""
    if not is_address(url):
        raise click.UsageError(f"--url must be a page's whole address, http:// or https://, not {url!r}")
    page = read(file.read_bytes(), _portal(name), url, None, _moment(captured_at))
    click.echo(json.dumps(printed(page), ensure_ascii=False, indent=2))


@main.command()
@click.argument("names", metavar="[PORTAL]...", nargs=-1)
@shared_options
def reparse(shared: Shared, names: tuple[str, ...]) -> None:
    """Make archive.db anew from captures.db, without any request."""
    wanted = [_portal(name) for name in names] or list(PORTALS.values())
    tallies = reparse_folder(_with_captures(shared), wanted, stamp(CLOCK.now()), _reading_again(shared))
    sys.exit(EXIT_STATUSES["degraded"] if any(tally.internal_errors for tally in tallies.values()) else 0)


@main.command()
@click.argument("subject", metavar="KEY|URL")
@click.option("--reason", required=True, help="Why; kept with the evidence, not shown.")
@click.option("--category", help="What kind of reason may be shown: personal data, court order …")
@shared_options
def withhold(shared: Shared, subject: str, reason: str, category: str | None) -> None:
    """Take an article's text out of archive.db. The decision and the evidence stay, and so does a tombstone.

    It is named by its key, or by its address where that is all that is known of it.
    """
    _decide(shared, Order("withhold", subject, reason, category), "withheld")


@main.command()
@click.argument("subject", metavar="KEY|URL")
@click.option("--reason", required=True, help="Why; kept with the evidence, not shown.")
@shared_options
def restore(shared: Shared, subject: str, reason: str) -> None:
    """Undo `withhold`: the article is read from the evidence again."""
    _decide(shared, Order("restore", subject, reason), "restored")


@main.command()
@click.option("--deep", is_flag=True, help="Read every capture again as well, and compare.")
@click.option(
    "--snapshot",
    "place",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Look at this snapshot instead, by itself: DEST/current, for one.",
)
@shared_options
def verify(shared: Shared, deep: bool, place: Path | None) -> None:
    """Look for damage: payloads against their digests, rows against what they name. Ends with 1 if any is found.

    What an archive has not read yet is no damage. Ends with 3 if --deep cannot compare all.
    """
    if place is not None:
        _verify_snapshot(shared, place)
    folder = _with_archive(shared)
    looking, reading = (Progress("verify", unit, CLOCK, silent=shared.as_json) for unit in ("payloads", "captures"))
    report = Report()
    for finding in findings(folder, looking.show, reading.show if deep else None):
        for progress in (looking, reading):
            progress.end()
        report.add(finding)
        shared.say({finding.kind: finding.words}, finding.words)
    sizes = sizes_of(folder)
    shared.say({"faults": report.faults, **sizes}, report.in_words(sizes))
    sys.exit(EXIT_STATUSES[report.status])


@main.command()
@click.argument("folder", metavar="[DEST]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--mask/--no-mask", default=True, show_default=True, help="Mask numbers that name a person.")
@click.option("--with-payloads", is_flag=True, help="Pages, pictures and documents too, as a second file.")
@click.option("--keep", type=click.IntRange(1), default=7, show_default=True, metavar="N", help="Snapshots to keep.")
@shared_options
def snapshot(shared: Shared, folder: Path | None, mask: bool, with_payloads: bool, keep: int) -> None:
    """Make a dated, checked copy of archive.db for others, and show it to readers in place of the last one.

    It is made in DEST (the folder `snapshots` of --data), also while a crawl writes. Citizen numbers, telephone numbers
    and account numbers are masked in it. If a check fails, nothing is shown and it ends with 1.
    """
    from archiver.publishing.making import Wanted, make_snapshot

    stages = Stages(CLOCK, silent=shared.as_json)
    contact = os.environ.get(CONTACT_VARIABLE)
    wanted = Wanted(shared.data, folder or shared.data / "snapshots", mask, with_payloads, keep, contact)
    try:
        made = make_snapshot(wanted, CLOCK, f"archiver {__version__}", stages.show)
    finally:
        stages.end()
    for fault in made.faults:
        shared.say({"fault": fault}, fault)
    shared.say(made.as_values(), made.in_words())
    sys.exit(0 if made.snapshot else 1)


@main.command()
@click.argument("names", metavar="[PORTAL]...", nargs=-1)
@click.option(
    "--warc",
    "file",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="All captures into a WARC 1.1 file, .warc.gz or .warc; without a name, one for the portals and the day.",
)
@click.option("--csv", metavar="FOLDER", type=FOLDER, help="The tables of archive.db as CSV files.")
@click.option("--jsonl", metavar="FOLDER", type=FOLDER, help="The same as JSON lines.")
@click.option("--parquet", metavar="FOLDER", type=FOLDER, help="The same as Parquet, with typed columns.")
@click.option(
    "--table", "tables", metavar="NAME", multiple=True, help="Only this table or view; more than once for more."
)
@click.option("--with-withheld", is_flag=True, help="Captures of withheld articles too: for a copy of your own.")
@shared_options
def export(
    shared: Shared,
    names: tuple[str, ...],
    file: str | None,
    tables: tuple[str, ...],
    with_withheld: bool,
    **folders: Path | None,
) -> None:
    """Write what is kept into files for others: captures, with --warc a file that must not be there yet; or tables.

    Captures of withheld articles stay out. Lists that name them do not: the file holds pages as they were sent.
    """
    wanted = {form: folder for form, folder in folders.items() if folder is not None}
    if file is not None and not wanted and not tables:
        _export_captures(shared, names, file, with_withheld)
    elif wanted and file is None and not names:
        for form, folder in wanted.items():
            _export_tables(shared, form, folder, tables)
    else:
        raise click.UsageError(
            "say what is to be written: archiver export --warc FILE.warc.gz [PORTAL]...,"
            " or archiver export --csv FOLDER (--jsonl, --parquet) [--table NAME]..."
        )


def _export_captures(shared: Shared, names: tuple[str, ...], file: str, with_withheld: bool) -> None:
    if file and not file.endswith((".warc", ".warc.gz")):
        raise click.UsageError(f"--warc is followed by a file's name that ends in .warc.gz or .warc, not {file!r}")
    captures = open_captures(_with_captures(shared))
    wanted = [_portal(name).key for name in names] or [key for key in PORTALS if newest_capture(captures, [key])]
    if not any(newest_capture(captures, [key]) for key in wanted):
        raise DataFolderError(f"there are no captures of {', '.join(wanted) or 'any portal'} in {shared.data}")
    path = Path(file or default_name(captures, wanted))
    progress = Progress("export", "captures", CLOCK, silent=shared.as_json)
    try:
        exported = export_warc(captures, wanted, path, stamp(CLOCK.now()), progress.show, with_withheld=with_withheld)
    except OSError as error:
        raise click.ClickException(str(error)) from None
    finally:
        progress.end()
    left_out = f", {exported.left_out:,} of withheld articles left out" if exported.left_out else ""
    size = path.stat().st_size
    shared.say(
        {"file": str(path), "portals": wanted, **asdict(exported), "bytes": size},
        f"{path}: {exported.captures:,} captures of {', '.join(wanted)}{left_out}, {size:,} bytes",
    )


def _export_tables(shared: Shared, form: str, folder: Path, tables: tuple[str, ...]) -> None:
    if not (shared.data / "archive.db").exists():
        raise DataFolderError(f"there is no archive.db in {shared.data} yet; a crawl makes one: archiver crawl myhao")
    archive = open_archive(shared.data)
    if unknown := unknown_tables(archive, tables):
        raise click.UsageError(f"no table or view is called {', '.join(unknown)}")
    progress = Progress("export", "rows", CLOCK, silent=shared.as_json)
    try:
        for each in export_tables(archive, folder, FORMATS[form], tables, progress.show):
            values = {"file": str(each.path), "table": each.table, "rows": each.rows, "bytes": each.size}
            shared.say(values, f"{each.path}: {each.rows:,} rows, {each.size:,} bytes")
    except OSError as error:
        raise click.ClickException(str(error)) from None
    finally:
        progress.end()


@main.command("import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=RegularFile(exists=True, dir_okay=False, path_type=Path)
)
@shared_options
def import_(shared: Shared, files: tuple[Path, ...]) -> None:
    """Keep the captures of known portals in WARC files, whoever wrote them, each once and under its own time.

    What cannot be read is named with its place in the file, on standard error; the rest is kept.
    """
    importing = Progress("import", "bytes", CLOCK, silent=shared.as_json)
    reading = Progress("read", "captures", CLOCK, silent=shared.as_json)

    def say(place: Unreadable) -> None:
        click.echo(f"{place.file}: not read at byte {place.offset:,}: {place.reason}", err=True)

    watcher = Watcher(say, importing.show, reading.show, _reading_again(shared))
    imported = import_warcs(files, shared.data, CLOCK, watcher)
    importing.end()
    reading.end()
    for key, ending in imported.endings.items():
        shared.say({"portal": key, **as_values(ending)}, as_table(ending, key))
    shared.say(imported.as_values(), imported.in_words())
    sys.exit(imported.exit_status)


@main.command()
@click.argument("name", metavar="PORTAL")
@click.option("--from", "first", metavar="YYYY[MM[DD]]", help="Nothing that was captured before.")
@click.option("--to", "last", metavar="YYYY[MM[DD]]", help="Nothing that was captured later.")
@click.option(
    "--source",
    envvar="ARCHIVER_WAYBACK",
    default=INTERNET_ARCHIVE,
    show_default=True,
    show_envvar=True,
    metavar="URL",
    help="The archive's CDX index, or a collection of pywb.",
)
@click.option("--delay", type=float, default=POLITE_DELAY, show_default=True, help="Seconds between two requests.")
@click.option(
    "--file-budget",
    type=int,
    default=FILE_BUDGET,
    show_default=True,
    metavar="N",
    help="At most so many copies of pictures and documents of articles; 0 fetches none.",
)
@shared_options
def wayback(shared: Shared, name: str, **options: Any) -> None:
    """Fetch what a web archive holds of a portal that is gone: its pages, each different payload of a page once.

    Then the pictures and documents that its articles show. A payload that came back after another is kept under each
    of its times, from the archive's index alone. Ctrl-C ends it; the next run goes on.
    """
    from archiver.crawling.settings import USER_AGENT
    from archiver.exchange.wayback import Follower, fetch_from_archive

    portal, wanted = _portal(name), WaybackOptions(**options).checked()
    _ask_for_contact(wanted.is_on_loopback)
    fetching = Progress("wayback", "captures", CLOCK, silent=shared.as_json)
    reading = Progress("read", "captures", CLOCK, silent=shared.as_json)
    follower = Follower(
        lambda address, why: click.echo(f"not to be had: {address}: {why}", err=True),
        fetching.show,
        reading.show,
        _reading_again(shared),
    )
    ending = fetch_from_archive(portal, wanted, shared.data, CLOCK, USER_AGENT, follower)
    fetching.end()
    reading.end()
    shared.say({"portal": portal.key, **as_values(ending)}, as_table(ending, portal.key))
    sys.exit(ending.exit_status)


@main.command()
@shared_options
def portals(shared: Shared) -> None:
    """List the portals that are known."""
    for portal in PORTALS.values():
        values = {"portal": portal.key, "name": portal.name, "url": portal.url, "platform": portal.platform.name}
        shared.say(values, "  ".join(values.values()))


@main.command()
@shared_options
def status(shared: Shared) -> None:
    """Say how the archive of each portal stands."""
    folder = _with_archive(shared)
    captures, archive = open_captures(folder), open_archive(folder)
    for portal in PORTALS.values():
        stands = standing(captures, archive, portal, CLOCK)
        if stands.runs:
            shared.say(asdict(stands), in_words(stands))


def _log(level: int) -> None:
    """Write what happens to standard error, from a level on; libraries that set their own say no more than that."""
    handler = logging.StreamHandler()
    handler.setLevel(level)
    logging.basicConfig(level=level, format="%(levelname)s: %(message)s", handlers=[handler])


def _ask_for_contact(is_on_loopback: bool) -> None:
    if not os.environ.get(CONTACT_VARIABLE) and not is_on_loopback:
        click.echo(f"Set {CONTACT_VARIABLE} to your address: whoever is asked sees it and can ask you.", err=True)


def _portal(name: str) -> Portal:
    if name not in PORTALS:
        raise click.UsageError(f"no portal is called {name!r}; known are {', '.join(sorted(PORTALS))}")
    return PORTALS[name]


def _moment(text: str | None) -> datetime | None:
    """A time as it was typed; Vietnamese time where it names no zone."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--at is a time such as 2025-06-30T08:00, not {text!r}") from None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise click.UsageError(f"--at is a time at which there was a web, not {text!r}")
    return moment if moment.tzinfo else moment.replace(tzinfo=INDOCHINA_TIME)


def _with_captures(shared: Shared) -> Path:
    if not (shared.data / "captures.db").exists():
        raise DataFolderError(f"there is no archive in {shared.data} yet; a crawl makes one: archiver crawl myhao")
    return shared.data


def _with_archive(shared: Shared) -> Path:
    folder = _with_captures(shared)
    if not (folder / "archive.db").exists():  # opening it would make an empty one, in which nothing is wrong
        raise DataFolderError(f"there is no archive.db in {folder}; `archiver reparse` makes it from captures.db")
    return folder


def _decide(shared: Shared, order: Order, done: str) -> None:
    decided = decide(_with_captures(shared), order, CLOCK, _reading_again(shared))
    values = {"article_key": decided.article_key, "decision": order.decision, "same_text": decided.same_text}
    also = (
        f"; the same text stands in {', '.join(decided.same_text)}, which stays as it is" if decided.same_text else ""
    )
    shared.say(values, f"{decided.article_key} is {done}{also}")
    if order.decision == "withhold" and (shared.data / "snapshots").exists():
        click.echo("Snapshots still show it; `archiver snapshot` makes one without it and removes them.", err=True)


def _verify_snapshot(shared: Shared, place: Path) -> NoReturn:
    """Against its manifest, and its database like an archive; where numbers are masked, whether all are."""
    from archiver.store.sharing.copying import faults_of
    from archiver.store.sharing.snapshots import Snapshot, faults_of_manifest

    found = Snapshot(place.resolve())
    faults = faults_of_manifest(found) or faults_of(found.archive)
    for fault in faults:
        shared.say({"fault": fault}, fault)
    words = f"{len(faults):,} faults" if faults else "all is well"
    shared.say({"faults": len(faults), "snapshot": found.name}, f"{found.name}: {words}")
    sys.exit(1 if faults else 0)


def _reading_again(shared: Shared) -> Listener:
    """Tells how reading again goes, what it came to, and what reads differently."""
    progress = Progress("reparse", "captures", CLOCK, silent=shared.as_json)

    def outdated() -> None:
        click.echo("The archive was made by another reader, or before a decision: all is read again first.", err=True)

    def read(portal: str, tally: Tally) -> None:
        progress.end()
        shared.say({"portal": portal, **asdict(tally)}, tally_in_words(portal, tally))

    def changed(change: ReadingChange) -> None:
        shared.say(change_as_values(change), change_in_words(change))

    return Listener(outdated, progress.show, read, changed)


def _run(shared: Shared, crawls: list[CrawlOptions], overrides: dict[str, Any] | None = None) -> list[Ending]:
    from archiver.crawling.running import run_crawls

    return run_crawls(
        crawls,
        CLOCK,
        _reading_again(shared),
        progress=not shared.as_json,
        verbose=shared.verbose,
        overrides=overrides,
    )


def _serve(shared: Shared, archive: Path, port: int, *, or_another: bool = False) -> None:
    from archiver.site.serving import is_free, serve_site

    def announce(address: str) -> None:
        shared.say(
            {"url": address},
            f"\nThe archive is open at {address} (articles: {address}archive/articles). Ctrl-C ends it.",
        )

    serve_site(archive, 0 if or_another and not is_free(port) else port, announce)


def _serve_publicly(shared: Shared, folder: Path, port: int, base_url: str, sql: bool) -> None:
    from archiver.site.public.serving import serve_publicly

    def announce(address: str) -> None:
        shared.say({"url": address}, f"\nThe public site is open at {address}, from {folder}. Ctrl-C ends it.")

    serve_publicly(folder, port, base_url, announce, allows_sql=sql)
