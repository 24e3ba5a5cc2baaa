"""The pages that are read: made-up news in the markup of real portals, and what truly stands on them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from archiver.demo import DemoPortal, RowTruth, Story, StoryTruth, demo_clock, stories

HEAVY = 67_000  # bytes: the median of the portal pages that the padding is modelled on
WARM_UP = 30  # pages that each process reads before it is timed; none of them is measured


@dataclass(frozen=True, slots=True)
class PageSet:
    """Pages in a folder, and the truth of those that are measured, in the same order."""

    name: str
    folder: Path
    size: int  # bytes, the median
    stories: tuple[StoryTruth, ...]
    boxes: tuple[tuple[RowTruth, ...], ...]  # the rows of “Tin mới nhất” on each page


def heavy_pages(count: int, folder: Path) -> PageSet:
    """Whole articles, each page padded to the weight of a real one."""
    portal = DemoPortal(stories(count + WARM_UP), demo_clock(), faults=False, pad_to=HEAVY)
    return _saved("67 KB pages", portal, folder)


def short_pages(count: int, folder: Path) -> PageSet:
    """One or two sentences and at most one picture, on pages without padding."""
    cut = (shortened(story, 1 + number % 2) for number, story in enumerate(stories(count + WARM_UP)))
    return _saved("short pages", DemoPortal(cut, demo_clock(), faults=False), folder)


def shortened(story: Story, paragraphs: int) -> Story:
    """The same story with so many paragraphs, one sentence each."""
    texts = (block for block in story.paragraphs if isinstance(block, str))
    sentences = [text.partition("\n")[0].partition(". ")[0].rstrip(".") + "." for text in texts][:paragraphs]
    return replace(story, paragraphs=(sentences[0], *story.pictures[:1], *sentences[1:]))


def _saved(name: str, portal: DemoPortal, folder: Path) -> PageSet:
    """Save every page, the oldest to warm up with."""
    truths = portal.truth().stories
    folder.mkdir(parents=True)
    sizes = [_save(folder / f"{number:04d}.html", portal, story) for number, story in enumerate(truths)]
    measured = truths[:-WARM_UP]
    (folder / "pages.json").write_text(json.dumps(_listed(truths, len(measured))), encoding="utf-8")
    boxes = tuple(portal.box(story.url).rows for story in measured)
    return PageSet(name, folder, sorted(sizes)[len(sizes) // 2], measured, boxes)


def _save(file: Path, portal: DemoPortal, story: StoryTruth) -> int:
    """Save one page; `?v=2` spares the detour that some articles send their reader on."""
    return file.write_bytes(portal.respond("GET", f"{story.url}?v=2").body)


def _listed(truths: Iterable[StoryTruth], measured: int) -> list[dict[str, object]]:
    return [
        {"file": f"{number:04d}.html", "url": story.url, "is_measured": number < measured}
        for number, story in enumerate(truths)
    ]
