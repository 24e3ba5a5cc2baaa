"""What a faithful archive of the portal must hold: said from the input data, never from a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from archiver.demo.addresses import HOST
from archiver.demo.catalogue import Catalogue, Entry
from archiver.demo.dates import list_date, page_date
from archiver.demo.list_pages import page_count, page_entries
from archiver.demo.sections import BLOCK_SIZE, BY_KEY, NEWEST_SIZE, SECTIONS, Section
from archiver.demo.story import Block, Story, Table


@dataclass(frozen=True, slots=True)
class StoryTruth:
    """One article."""

    url: str
    title: str
    lead: str | None
    body: str  # paragraphs parted by a blank line; rows of a table by a newline, its cells by " | "
    section: str  # the section's name
    author: str | None  # behind the label
    author_raw: str | None  # the sign-off as printed
    published_on: str  # "2021-12-28"
    published_at: str | None  # the list's minute: "2021-12-28T09:24:00+07:00"; null where none is printed anywhere
    published_raw: str  # "Đăng ngày 28 - 12 - 2021"
    images: tuple[tuple[str, str | None], ...]  # absolute address, caption
    attachments: tuple[tuple[str, str], ...]  # absolute address, label


@dataclass(frozen=True, slots=True)
class RowTruth:
    """One row of a list."""

    page: int  # from 1
    position: int  # from 1 on its page
    url: str
    title: str  # in full
    listed_at: str  # the minute, or the day where that is all
    listed_raw: str  # "(08/12/2021 9:24 SA)"


@dataclass(frozen=True, slots=True)
class ListTruth:
    """One list, from its first row to its last."""

    url: str  # the page it stands on, or begins on
    kind: Literal["latest", "home", "section", "related"]
    heading: str
    rows: tuple[RowTruth, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """The whole portal: stories newest first; the home page's lists, then each section's."""

    stories: tuple[StoryTruth, ...]
    lists: tuple[ListTruth, ...]


def portal_truth(catalogue: Catalogue) -> Truth:
    """Everything but the boxes on article pages."""
    lists = (*home_lists(catalogue), *(section_list(section, catalogue) for section in SECTIONS))
    return Truth(tuple(story_truth(story) for story in catalogue.stories), lists)


def story_truth(story: Story) -> StoryTruth:
    """One story as an archive must hold it."""
    return StoryTruth(
        url=story.url,
        title=story.title,
        lead=story.lead,
        body="\n\n".join(block_text(block) for block in story.paragraphs if isinstance(block, str | Table)),
        section=BY_KEY[story.section].name,
        author=story.sign_off.partition(": ")[2] if story.sign_off else None,
        author_raw=story.sign_off,
        published_on=f"{story.listed_at:%Y-%m-%d}",
        published_at=story.listed_at.isoformat(),
        published_raw=page_date(story.listed_at),
        images=tuple((HOST + picture.path, picture.caption) for picture in story.pictures),
        attachments=tuple((HOST + document.path, document.label) for document in story.attachments),
    )


def block_text(block: Block) -> str:
    r"""A paragraph, or a table as lines.

    >>> block_text(Table((("STT", "Đơn vị"), ("1", "xã Tân Khê"))))
    'STT | Đơn vị\n1 | xã Tân Khê'
    """
    return "\n".join(" | ".join(row) for row in block.rows) if isinstance(block, Table) else str(block)


def rows(entries: Sequence[Entry], page: int = 1) -> tuple[RowTruth, ...]:
    """One page's rows."""
    return tuple(
        RowTruth(page, position, entry.url, entry.title, entry.listed_at.isoformat(), list_date(entry.listed_at))
        for position, entry in enumerate(entries, start=1)
    )


def home_lists(catalogue: Catalogue) -> tuple[ListTruth, ...]:
    """The newest of the site, then each section's block, as they stand on the page."""
    home = f"{HOST}/"
    blocks = ((section.name, catalogue.by_section[section.key][:BLOCK_SIZE]) for section in SECTIONS)
    return (
        ListTruth(home, "latest", "Tin mới nhất", rows(catalogue.newest[:NEWEST_SIZE])),
        *(ListTruth(home, "home", name, rows(entries)) for name, entries in blocks if entries),
    )


def section_list(section: Section, catalogue: Catalogue) -> ListTruth:
    """A section's list over all its pages."""
    entries = catalogue.by_section[section.key]
    pages = range(1, page_count(section, entries) + 1)
    found = tuple(row for page in pages for row in rows(page_entries(section, entries, page), page))
    return ListTruth(HOST + section.path, "section", section.name, found)


def box_truth(story: Story, catalogue: Catalogue) -> ListTruth:
    """The box on an article page."""
    return ListTruth(story.url, "latest", "Tin mới nhất", rows(catalogue.older(story)))
