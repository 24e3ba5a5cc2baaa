"""Everything the portal shows today: stories and faulty rows, by section, by address, by number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from threading import Lock

from archiver.demo.addresses import lookup_key
from archiver.demo.faults import FaultyRow
from archiver.demo.sections import BOX_SIZE, SECTIONS
from archiver.demo.story import Story

Entry = Story | FaultyRow

# What names a page; a page that an editor changes stays where it is.
FIXED = {"slug", "section", "listed_at"}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The order of things at one moment: replaced as a whole, so that no answer sees half a change."""

    newest: list[Entry]
    by_section: dict[str, list[Entry]]
    places: dict[str, int]  # where each entry stands in its section's list


def arrange(entries: Iterable[Entry]) -> Arrangement:
    """Entries in order, newest first."""
    newest = sorted(entries, key=newest_last, reverse=True)
    by_section = {section.key: [entry for entry in newest if entry.section == section.key] for section in SECTIONS}
    places = {lookup_key(entry.path): i for listed in by_section.values() for i, entry in enumerate(listed)}
    return Arrangement(newest, by_section, places)


class Catalogue:
    """The entries of all sections."""

    def __init__(self, stories: Iterable[Story], faulty: Iterable[FaultyRow]) -> None:
        ordered = sorted(stories, key=newest_last)
        self.lock = Lock()
        self.by_number = {number: lookup_key(story.path) for number, story in enumerate(ordered, 1)}
        self.numbers = {key: number for number, key in self.by_number.items()}
        entries: list[Entry] = [*ordered, *faulty]
        self.by_key = {lookup_key(entry.path): entry for entry in entries}
        self.removed: dict[str, int] = {}
        self.edits: dict[str, int] = {}
        self.unlisted: set[str] = set()
        self.order = arrange(self.by_key.values())

    @property
    def newest(self) -> list[Entry]:
        """All entries, newest first."""
        return self.order.newest

    @property
    def by_section(self) -> dict[str, list[Entry]]:
        """Each section's entries, newest first."""
        return self.order.by_section

    @property
    def stories(self) -> list[Story]:
        """The stories alone, newest first."""
        return [entry for entry in self.newest if isinstance(entry, Story)]

    @property
    def in_no_list(self) -> list[Story]:
        """Stories that stand at their addresses and in no list."""
        return [entry for key, entry in self.by_key.items() if key in self.unlisted and isinstance(entry, Story)]

    def number(self, entry: Entry) -> int:
        """The story's number, oldest first; 0 for a faulty row."""
        return self.numbers.get(lookup_key(entry.path), 0)

    def older(self, entry: Entry) -> list[Entry]:
        """The entries of its section that are next older: what its box shows."""
        order = self.order
        place = order.places.get(lookup_key(entry.path))
        return [] if place is None else order.by_section[entry.section][place + 1 : place + 1 + BOX_SIZE]

    def story(self, url: str) -> Story:
        """The story at an address, under whichever of its spellings."""
        entry = self.by_key.get(lookup_key(url))
        if not isinstance(entry, Story):
            raise KeyError(url)
        return entry

    def publish(self, story: Story) -> None:
        """Add a story; its number is the next one, whatever its date."""
        key = lookup_key(story.path)
        with self.lock:
            if key in self.by_key:
                raise ValueError(f"already published: {story.url}")
            self.numbers[key] = len(self.by_number) + 1
            self.by_number[self.numbers[key]] = key
            self.by_key[key] = story
            self.removed.pop(key, None)
            self.order = self.arranged()

    def edit(self, url: str, changes: dict[str, object]) -> Story:
        """Change a story where it stands."""
        if fixed := FIXED & changes.keys():
            raise ValueError(f"the address rests on {', '.join(sorted(fixed))}")
        with self.lock:
            key = lookup_key(url)
            edited = replace(self.story(url), **changes)  # type: ignore[arg-type]
            self.by_key[key] = edited
            self.edits[key] = self.edits.get(key, 0) + 1
            self.order = self.arranged()
            return edited

    def unlist(self, url: str) -> None:
        """Take a story out of every list; it stays at its address."""
        with self.lock:
            self.unlisted.add(lookup_key(self.story(url).path))
            self.order = self.arranged()

    def arranged(self) -> Arrangement:
        """The entries that lists show, in order."""
        return arrange(entry for key, entry in self.by_key.items() if key not in self.unlisted)

    def remove(self, url: str, status: int) -> None:
        """Take a story from every list; its address answers with `status` from now on."""
        key = lookup_key(self.story(url).path)
        with self.lock:
            del self.by_key[key]
            self.removed[key] = status
            self.order = self.arranged()


def newest_last(entry: Entry) -> tuple[object, ...]:
    """Order by listed minute, then by address."""
    return entry.listed_at, entry.path
