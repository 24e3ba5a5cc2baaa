"""The news of today, fitted to a dress: rows and sheets for its pages, and where each article stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import count

from archiver.demo.addresses import HOST, encoded, lookup_key
from archiver.demo.article_pages import lead_words, markup_of
from archiver.demo.catalogue import Catalogue, Entry
from archiver.demo.dresses.dress import ArticleSheet, Dress, HomeSheet, ListSheet, Named, Row
from archiver.demo.faults import FAULTY_ROWS, FaultyRow
from archiver.demo.list_pages import page_count, page_entries
from archiver.demo.markup import body
from archiver.demo.sections import BLOCK_SIZE, BOX_SIZE, BY_KEY, NEWEST_SIZE, SECTIONS, Section, shown
from archiver.demo.story import Story

FIRST_FAULTY_NUMBER = 9001

FAULTY_NUMBERS = dict(zip((row.slug for row in FAULTY_ROWS), count(FIRST_FAULTY_NUMBER), strict=False))


class Fitting:
    """One catalogue in one dress. Addresses are made anew when what is published changes."""

    def __init__(self, dress: Dress, catalogue: Catalogue) -> None:
        self.dress = dress
        self.catalogue = catalogue
        self.by_name: dict[str, Entry] = {}
        self.fit()

    def fit(self) -> None:
        """Find every article's name anew, in one step: an answer sees the old names or the new."""
        self.by_name = {
            self.name(self.path(entry)): entry for entry in (*self.catalogue.newest, *self.catalogue.in_no_list)
        }

    def number(self, entry: Entry) -> int:
        """What the dress numbers an article by."""
        return FAULTY_NUMBERS[entry.slug] if isinstance(entry, FaultyRow) else self.catalogue.number(entry)

    def path(self, entry: Entry) -> str:
        """An article's path, in NFC letters where its slug has any."""
        return self.dress.article_path(Named(entry.slug, BY_KEY[entry.section], self.number(entry)))

    def url(self, entry: Entry) -> str:
        """An article's one address."""
        return self.dress.host + encoded(self.path(entry))

    def name(self, target: str) -> str:
        """What an article is found by: its path, and the parameter that names it where there is one.

        Letter case and the spelling of letters do not matter, as on the first dress.
        """
        parameter = self.dress.naming_parameter
        query = target.partition("#")[0].partition("?")[2]
        named = [part for part in query.split("&") if part.startswith(f"{parameter}=")] if parameter else []
        return lookup_key(target) + "".join(f"?{part.lower()}" for part in named[:1])

    def row(self, entry: Entry) -> Row:
        """An entry as lists speak of it."""
        lead = entry.lead if isinstance(entry, Story) else None
        href = escape(encoded(self.path(entry)))
        return Row(self.number(entry), href, entry.title, lead, BY_KEY[entry.section], entry.listed_at)

    def rows(self, entries: Sequence[Entry]) -> tuple[Row, ...]:
        """Several of them."""
        return tuple(map(self.row, entries))

    def article(self, story: Story, number: int) -> ArticleSheet:
        """A story's page before it is dressed: the editors' markup is what it is on the first dress."""
        markup = markup_of(story, number)
        signed = self.dress.signed(story.sign_off) if story.sign_off and self.dress.signs_in_body else None
        text = body(replace(story, sign_off=signed), markup).replace(HOST, self.dress.host)
        lead = lead_words(story, number) if story.lead else None
        newer, older = self.rows(self.newer(story)), self.rows(self.catalogue.older(story))
        return ArticleSheet(self.row(story), story, lead, text, newer, older)

    def newer(self, story: Story) -> list[Entry]:
        """The entries of a story's section that are next newer, the oldest first; none of a story in no list."""
        listed = self.catalogue.by_section[story.section]
        if story not in listed:
            return []
        place = listed.index(story)
        return listed[max(0, place - BOX_SIZE) : place][::-1]

    def listing(self, section: Section, number: int) -> ListSheet:
        """A page of a section's list; past the end it is the last one."""
        entries = self.catalogue.by_section[section.key]
        last = page_count(section, entries)
        shown_page = min(number, last)
        return ListSheet(section, self.rows(page_entries(section, entries, shown_page)), shown_page, last)

    def fragment(self, section: Section, number: int, size: int) -> tuple[Row, ...]:
        """As many rows of a list as are asked for; none past its end."""
        entries = self.catalogue.by_section[section.key][: shown(section)]
        return self.rows(entries[(number - 1) * size : number * size])

    def home(self) -> HomeSheet:
        """The lists of the home page."""
        blocks = ((section, self.catalogue.by_section[section.key][:BLOCK_SIZE]) for section in SECTIONS)
        newest = self.rows(self.catalogue.newest[:NEWEST_SIZE])
        return HomeSheet(newest, tuple((section, self.rows(entries)) for section, entries in blocks if entries))

    def pages(self, section: Section) -> int:
        """How many pages a section's list has."""
        return page_count(section, self.catalogue.by_section[section.key])
