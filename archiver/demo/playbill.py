"""Which addresses play which behaviour, for tests and for whoever wants to look."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from archiver.demo.addresses import HOST, absolute, encoded, lookup_key
from archiver.demo.article_answers import has_detour, has_last_modified
from archiver.demo.article_pages import markup_of, print_path
from archiver.demo.catalogue import Catalogue
from archiver.demo.faults import FAULTY_ROWS, STORY_FAULTS
from archiver.demo.faulty_answers import partner_path
from archiver.demo.markup import BREAKS, DECOMPOSED, ENTITIES, FIGURES, FRAMED, NESTED, UNCLOSED
from archiver.demo.sections import BY_KEY, SECTIONS
from archiver.demo.shell import ABOUT, CALENDAR, CONTACT, INTERNAL, SEARCH, TAGS
from archiver.demo.story import Story, Table
from archiver.demo.word_paste import WORD

Playbill = dict[str, tuple[str, ...]]

PLACES: Playbill = {
    "home": (f"{HOST}/",),
    "robots": (f"{HOST}/robots.txt",),
    "forbidden": (HOST + INTERNAL,),
    "static": (HOST + ABOUT,),
    "contact_form": (HOST + CONTACT,),
    "search_form": (HOST + SEARCH,),
    "tag_cloud": (HOST + TAGS,),
    "endless_calendar": (f"{HOST}{CALENDAR}?thang=2024-07",),
    "endless_languages": (f"{HOST}/en/",),
    "etag": (f"{HOST}/", *(HOST + section.path for section in SECTIONS if section.sends_etag)),
    "cookie_test": tuple(HOST + section.path for section in SECTIONS if section.asks_cookie),
    **{f"paging_{section.key}": (HOST + section.path,) for section in SECTIONS},
}
DISGUISES = {1: "jsessionid", 3: "sid", 5: "path_token", 7: "port_443", 9: "lower_case", 11: "http"}
MARKUP_NAMES = {
    "word_paste": WORD,
    "breaks": BREAKS,
    "decomposed": DECOMPOSED,
    "entities": ENTITIES,
    "unclosed": UNCLOSED,
    "layout_table": FRAMED,
    "html5_figures": FIGURES,
    "nested_tables": NESTED,
}


def playbill(catalogue: Catalogue, faults: bool) -> Playbill:
    """Name of each behaviour, and the addresses that play it."""
    numbered = {catalogue.number(story): story for story in catalogue.stories}
    stories = by_number(numbered) | by_text(numbered) | by_markup(numbered)
    prints = tuple(HOST + print_path(number) for number in numbered)
    return PLACES | stories | {"print_view": prints} | (faulty_addresses(catalogue) if faults else {})


def by_number(numbered: dict[int, Story]) -> Playbill:
    """Behaviours that a story's number decides."""
    disguised = {
        name: tuple(story.url for number, story in numbered.items() if number % 12 == remainder)
        for remainder, name in DISGUISES.items()
    }
    return disguised | {
        "redirect_v2": tuple(story.url for number, story in numbered.items() if has_detour(number)),
        "last_modified": tuple(story.url for number, story in numbered.items() if has_last_modified(number)),
    }


def by_text(numbered: dict[int, Story]) -> Playbill:
    """Behaviours that a story's own text decides."""
    traits: dict[str, Callable[[Story], bool]] = {
        "vietnamese_path": lambda story: not story.path.isascii(),
        "older_theme": lambda story: BY_KEY[story.section].theme == "older",
        "table": lambda story: any(isinstance(block, Table) for block in story.paragraphs),
        "pictures": lambda story: bool(story.pictures),
        "attachments": lambda story: bool(story.attachments),
        "no_lead": lambda story: story.lead is None,
        "shouted_title": lambda story: story.title.isupper(),
    }
    return {name: tuple(story.url for story in numbered.values() if trait(story)) for name, trait in traits.items()}


def by_markup(numbered: dict[int, Story]) -> Playbill:
    """Which editor wrote a story's body."""
    return {
        name: tuple(story.url for number, story in numbered.items() if markup_of(story, number) is markup)
        for name, markup in MARKUP_NAMES.items()
    }


def faulty_addresses(catalogue: Catalogue) -> Playbill:
    """Faults by name: rows that stay bad, and stories that recover."""
    found: dict[str, tuple[str, ...]] = {}
    stories = ((fault, catalogue.by_number[n]) for n, fault in STORY_FAULTS.items() if n in catalogue.by_number)
    rows = ((row.fault, lookup_key(row.path)) for row in FAULTY_ROWS)
    for fault, key in chain(stories, rows):
        if entry := catalogue.by_key.get(key):
            found[fault] = (*found.get(fault, ()), entry.url)
    loop = next(row for row in FAULTY_ROWS if row.fault == "redirect_loop")
    return found | {"redirect_loop": (loop.url, absolute(encoded(partner_path(loop))))}
