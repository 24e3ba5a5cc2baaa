"""What a faithful archive of a dressed portal must hold: the first dress's truth, as far as this one prints it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archiver.demo.addresses import HOST
from archiver.demo.catalogue import Entry
from archiver.demo.dresses.fitting import Fitting
from archiver.demo.list_pages import page_count, page_entries
from archiver.demo.sections import BLOCK_SIZE, NEWEST_SIZE, SECTIONS, Section
from archiver.demo.story import Story
from archiver.demo.truth import ListTruth, RowTruth, StoryTruth, Truth, story_truth


def dressed_truth(fitting: Fitting) -> Truth:
    """Everything but the boxes on article pages."""
    lists = (*home_lists(fitting), *(section_list(section, fitting) for section in SECTIONS))
    return Truth(tuple(dressed_story(story, fitting) for story in fitting.catalogue.stories), lists)


def dressed_story(story: Story, fitting: Fitting) -> StoryTruth:
    """One story: its words are the same, its addresses and what is printed of its time and its author are not."""
    dress, number, plain = fitting.dress, fitting.number(story), story_truth(story)
    has_minute = dress.page_minutes(number) or dress.row_minutes(number)
    return replace(
        plain,
        url=fitting.url(story),
        author_raw=dress.signed(story.sign_off) if story.sign_off else None,
        published_at=plain.published_at if has_minute else None,
        published_raw=dress.page_date(story.listed_at, number),
        images=tuple((url.replace(HOST, dress.host), caption) for url, caption in plain.images),
        attachments=tuple((url.replace(HOST, dress.host), label) for url, label in plain.attachments),
    )


@dataclass(frozen=True, slots=True)
class Printed:
    """How rows of one place print their times."""

    fitting: Fitting
    date: Callable[[datetime, int], str]
    has_minute: Callable[[int], bool]


def in_lists(fitting: Fitting) -> Printed:
    """As lists of their own print them."""
    return Printed(fitting, fitting.dress.row_date, fitting.dress.row_minutes)


def row(entry: Entry, page: int, position: int, printed: Printed) -> RowTruth:
    """One row, with as much of its time as is printed."""
    number, at = printed.fitting.number(entry), entry.listed_at
    listed_at = at.isoformat() if printed.has_minute(number) else f"{at:%Y-%m-%d}"
    return RowTruth(page, position, printed.fitting.url(entry), entry.title, listed_at, printed.date(at, number))


def rows(entries: Sequence[Entry], printed: Printed, page: int = 1) -> tuple[RowTruth, ...]:
    """One page's rows."""
    return tuple(row(entry, page, position, printed) for position, entry in enumerate(entries, start=1))


def home_lists(fitting: Fitting) -> tuple[ListTruth, ...]:
    """The newest of the site, then each section's block."""
    home, catalogue, printed = f"{fitting.dress.host}/", fitting.catalogue, in_lists(fitting)
    blocks = ((section.name, catalogue.by_section[section.key][:BLOCK_SIZE]) for section in SECTIONS)
    return (
        ListTruth(home, "latest", "Tin mới nhất", rows(catalogue.newest[:NEWEST_SIZE], printed)),
        *(ListTruth(home, "home", name, rows(entries, printed)) for name, entries in blocks if entries),
    )


def section_list(section: Section, fitting: Fitting) -> ListTruth:
    """A section's list over all its pages."""
    entries, printed = fitting.catalogue.by_section[section.key], in_lists(fitting)
    pages = range(1, page_count(section, entries) + 1)
    found = tuple(each for page in pages for each in rows(page_entries(section, entries, page), printed, page))
    return ListTruth(fitting.dress.host + fitting.dress.list_path(section, 1), "section", section.name, found)


def dressed_box(story: Story, fitting: Fitting) -> ListTruth:
    """What is next older, on an article's page: no dress but the first calls that the latest."""
    dress = fitting.dress
    date, has_minute = dress.beside_date or dress.row_date, dress.beside_minutes or dress.row_minutes
    printed = Printed(fitting, date, has_minute)
    return ListTruth(fitting.url(story), "related", dress.heading, rows(fitting.catalogue.older(story), printed))
