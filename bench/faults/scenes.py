"""The four pieces of work that faults befall, each with what an undisturbed run of it comes to."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep

from archiver.demo import DemoPortal, Served, demo_clock, serve, stories
from archiver.store.databases.opening import open_archive, writing
from archiver.store.rebuild.canonical import Row, rows
from bench.faults.commands import Command, Ran, Running
from bench.faults.program import World
from bench.progress import say

_BETWEEN_LOOKS = 0.005  # seconds

Rows = Counter[tuple[str, Row]]


@dataclass(frozen=True, slots=True)
class Scene:
    """One piece of work."""

    name: str
    arguments: tuple[str, ...]  # of the command, without the folder
    before: Path  # the folder that it begins with
    whole: Path  # the folder after an undisturbed run
    seconds: float  # that this run took
    begins: float  # the share of them after which it first touched the folder

    def folder(self, place: Path, *, of_whole: bool = False) -> Path:
        """A copy of the folder that it begins with, or ends with, in place of one that is there."""
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.whole if of_whole else self.before, place)
        return place

    def command(self, folder: Path, world: World | None = None, largest_file: int | None = None) -> Command:
        """The work, in a folder."""
        return Command((*self.arguments, "--data", str(folder), "--json"), world or {}, largest_file)

    @property
    def expected(self) -> Rows:
        """The rows of an undisturbed archive."""
        return rows_in(self.whole)


def rows_in(folder: Path) -> Rows:
    """The rows of an archive, each as often as it stands there."""
    archive = open_archive(folder)
    found = Counter(rows(archive))
    archive.close()
    return found


def go_on(scene: Scene, folder: Path) -> None:
    """Do the rest, undisturbed."""
    ran = scene.command(folder).run()
    if ran.status:
        raise RuntimeError(f"{scene.name} does not go on: {ran.status}, {ran.said}")


@contextmanager
def scenes(place: Path, count: int) -> Iterator[dict[str, Scene]]:
    """All four, around a portal of so many stories that is served until the block ends, and changes once."""
    say(f"faults: four undisturbed runs around {count:,} stories")
    portal = DemoPortal(stories(count), demo_clock(), faults=False, crawl_delay=0)
    changed = DemoPortal(stories(count), demo_clock(), faults=False, crawl_delay=0)
    change(changed)
    with ExitStack() as stack:
        first, second = (stack.enter_context(serve(each)) for each in (portal, changed))
        (place / "nothing").mkdir(parents=True)
        crawl = _undisturbed("crawl", _crawl(first, "none"), place / "nothing", place)
        recheck = _undisturbed("recheck", _crawl(second, "all"), crawl.whole, place)
        older = _as_read_by_another(recheck.whole, place / "older")
        reparse = _undisturbed("reparse", ("reparse",), older, place)
        file = place / "captures.warc.gz"
        _done(Command(("export", "--warc", str(file), "--data", str(recheck.whole))).start())
        imported = _undisturbed("import", ("import", str(file)), place / "nothing", place)
        yield {scene.name: scene for scene in (crawl, recheck, reparse, imported)}


def change(portal: DemoPortal) -> None:
    """What happens on a portal between two crawls: titles and texts are edited, stories removed and published."""
    listed = portal.catalogue.stories
    for story in listed[1::9]:
        portal.edit(story.url, title=f"{story.title} (đính chính)")
    for story in listed[4::9]:
        portal.edit(story.url, paragraphs=(*story.paragraphs, "Tin được bổ sung sau khi đăng."))
    for story in listed[7::18]:
        portal.remove(story.url)
    for number, story in enumerate(listed[::10]):
        portal.publish(replace(story, title=f"{story.title} - phần {number}", slug=f"{story.slug}tiep{number:03d}"))


def _crawl(served: Served, recheck: str) -> tuple[str, ...]:
    return ("crawl", "demo", "--base-url", served.base_url, "--delay", "0", "--recheck", recheck)


def _undisturbed(name: str, arguments: tuple[str, ...], before: Path, place: Path) -> Scene:
    """Do it once, from the same beginning as all others."""
    scene = Scene(name, arguments, before, place / f"{name} undisturbed", 0.0, 0.0)
    folder = scene.folder(scene.whole)
    running, as_it_was = scene.command(folder).start(), _touched(folder)
    while running.is_alive and _touched(folder) == as_it_was:
        sleep(_BETWEEN_LOOKS)
    began = monotonic() - running.started
    seconds = _done(running).seconds
    return replace(scene, seconds=seconds, begins=min(1.0, began / seconds))


def _touched(folder: Path) -> int:
    """When anything in a folder was last changed, in nanoseconds; 0 while it is being changed."""
    try:
        return max(path.stat().st_mtime_ns for path in (folder, *folder.iterdir()))
    except FileNotFoundError:  # a file that was there a moment ago
        return 0


def _done(running: Running) -> Ran:
    """Wait for what must end well."""
    ran = running.end()
    if ran.status:
        raise RuntimeError(f"{running.process.args} ended with {ran.status}: {ran.said}")
    return ran


def _as_read_by_another(folder: Path, place: Path) -> Path:
    """The same evidence, and an archive that another reader made: every title and text differs."""
    shutil.copytree(folder, place)
    archive = open_archive(place)
    with writing(archive):
        archive.execute("UPDATE articles SET title = 'Bản cũ: ' || title")
        archive.execute("UPDATE revisions SET title = 'Bản cũ: ' || title, body = 'Bản cũ.'")
        archive.execute("DELETE FROM list_rows WHERE position > 5")
        archive.execute("UPDATE readers SET reader_version = 'older'")
    archive.close()
    return place
