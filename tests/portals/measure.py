"""How well each platform and each portal reads: `python -m tests.portals.measure` counts, and writes what it found.

A field is right if it is what the page's truth says, null included: one that is not on the page and not read is right. An
article has nine, every page has its kind, a row of a list has three (title, address, time). Pages are read one by one: what
only a crawl knows, such as the minute that a list prints, is no field of theirs. The real pages stand outside of the project,
and what is known of them is not everything: without them their last figures stay.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from urllib.parse import urljoin

from archiver.commands.measured import FILE, markdown_table
from archiver.demo import DRESSES, DemoPortal, DressedPortal, demo_clock, stories
from archiver.portals import PORTALS, Portal
from archiver.portals.addresses import canonical
from archiver.portals.platforms import PLATFORMS
from archiver.probing.golden import golden
from archiver.probing.looking import FIELDS
from archiver.reading.page import read
from tests.portals.real_pages import CLAIMS, are_here, page_of
from tests.reading.conftest import DEMO, expected, rendering_files, url_of

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PLATFORM_PAGES = ROOT / "tests" / "reading" / "platforms"
PORTAL_PAGES = ROOT / "tests" / "pages"
STORIES = 40
BEGIN, END = "<!-- archiver portals --markdown -->\n", "<!-- end -->\n"


@dataclass
class Count:
    """Fields that were compared, by whether they are right."""

    pages: int = 0
    fields: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    def note(self, name: str, is_right: bool) -> None:
        self.fields += 1
        self.wrong[name] += not is_right

    def article(self, truth: dict, found: dict | None) -> None:
        for name in FIELDS:
            self.note(name, found is not None and found[name] == truth[name])

    def rows(self, truth: list[dict], found: list[dict]) -> None:
        """In their order; one too many is as wrong as one that is missing."""
        for true, own in zip_longest(truth, found, fillvalue={}):
            for name in ("title", "url", "listed_at"):
                self.note(f"{name} of a row", true.get(name, ...) == own.get(name, ...))

    def page(self, truth: dict, found: dict) -> None:
        self.pages += 1
        self.note("kind", found["kind"] == truth["kind"])
        if truth["article"] is not None:
            self.article(truth["article"], found["article"])
        self.rows(truth["listed"], found["listed"])

    def as_values(self) -> dict | None:
        wrong = {name: count for name, count in sorted(self.wrong.items()) if count}
        told = {"pages": self.pages, "fields": self.fields, "right": self.fields - sum(wrong.values()), "wrong": wrong}
        return told if self.pages else None


def of_dress(key: str) -> dict | None:
    """A platform's made-up portal: every article, the home page, the first page of each section's list."""
    count = Count()
    for portal, url, truth, body in dressed_pages(key):
        page = read(body, portal, url, "text/html")
        told, headings = golden(page), {row["heading"] for row in truth["listed"]}
        told["listed"] = [
            {"title": row.title, "url": canonical(portal, row.url), "listed_at": row.listed_at}
            for row in page.listed
            if page.kind == "list" or row.heading in headings
        ]
        count.page(truth, told)
    return count.as_values()


def dressed_pages(key: str) -> Iterator[tuple[Portal, str, dict, bytes]]:
    news, clock = stories(STORIES), demo_clock()
    worn = (
        DemoPortal(news, clock, faults=False)
        if key == "tandan"
        else DressedPortal(DRESSES[key], news, clock, faults=False)
    )
    portal = made_up(key)
    truth = worn.truth()
    for story in truth.stories:
        article = {name: getattr(story, name) for name in FIELDS if name not in ("images", "attachments")}
        article["images"] = [{"url": url, "caption": caption} for url, caption in story.images]
        article["attachments"] = [{"url": url, "label": label} for url, label in story.attachments]
        article["published_at"] = minute_on_page(worn, story)
        box = worn.box(story.url)
        listed = [row_truth(portal, row, box.heading) for row in box.rows]
        yield portal, story.url, {"kind": "article", "article": article, "listed": listed}, shown(worn, story.url)
    home = [
        row_truth(portal, row, each.heading)
        for each in truth.lists
        if each.kind in ("latest", "home")
        for row in each.rows
    ]
    yield portal, portal.url, {"kind": "list", "article": None, "listed": home}, shown(worn, portal.url)
    for each in truth.lists:
        if each.kind == "section" and each.rows:
            rows = [row_truth(portal, row, each.heading) for row in each.rows if row.page == 1]
            yield portal, each.url, {"kind": "list", "article": None, "listed": rows}, shown(worn, each.url)


def shown(worn: DemoPortal | DressedPortal, url: str) -> bytes:
    """A page, once its redirects are followed; the first dress tries its visitors' cookies."""
    response, cookies = worn.respond("GET", url), []
    while target := response.header("Location"):
        cookies += [value.partition(";")[0] for name, value in response.headers if name == "Set-Cookie"]
        url = urljoin(url, target)
        response = worn.respond("GET", url, {"Cookie": "; ".join(cookies)})
    return response.body


def minute_on_page(worn: DemoPortal | DressedPortal, story) -> str | None:
    """The minute, where the article's own page prints it; the first dress prints none."""
    if isinstance(worn, DemoPortal):
        return None
    number = worn.fitting.number(worn.story(story.url))
    return story.published_at if worn.dress.page_minutes(number) else None


def row_truth(portal: Portal, row, heading: str) -> dict:
    """Addresses are compared in the form in which those of one page are equal."""
    return {"title": row.title, "url": canonical(portal, row.url), "listed_at": row.listed_at, "heading": heading}


def of_golden_pages(key: str) -> dict | None:
    """A platform's golden pages: its own, those of its portals, and, of the first, all renderings."""
    count = Count()
    for portal, file in golden_files(key):
        truth = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        count.page(truth, golden(read(file.read_bytes(), portal, truth["url"], "text/html")))
    for file in rendering_files() if key == "tandan" else ():
        count.page(expected(file), golden(read(file.read_bytes(), DEMO, url_of(file), "text/html")))
    return count.as_values()


def made_up(key: str) -> Portal:
    """The made-up portal on a platform."""
    return PORTALS["demo" if key == "tandan" else f"demo-{key}"]


def golden_files(key: str) -> Iterator[tuple[Portal, Path]]:
    for file in sorted((PLATFORM_PAGES / key).glob("*.html")):
        yield made_up(key), file
    for portal in PORTALS.values():
        if portal.platform.key == key:
            yield from ((portal, file) for file in portal_files(portal))


def portal_files(portal: Portal) -> list[Path]:
    """Those that a person checked."""
    files = sorted((PORTAL_PAGES / portal.key).glob("*.html"))
    return [each for each in files if json.loads(each.with_suffix(".json").read_text(encoding="utf-8"))["checked"]]


def of_portal(portal: Portal) -> dict | None:
    count = Count()
    for file in portal_files(portal):
        truth = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        count.page(truth, golden(read(file.read_bytes(), portal, truth["url"], "text/html")))
    return count.as_values()


def of_real_pages(key: str) -> dict | None:
    count = Count()
    for name, (portal, _, claims) in CLAIMS.items():
        if portal.platform.key == key:
            page = page_of(name)
            count.pages += 1
            for field_name, holds in claims:
                count.note(field_name, bool(holds(page)))
    return count.as_values()


def measured() -> dict:
    """Everything; of real pages the last figures where these are not at hand."""
    before = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {"platforms": {}}
    platforms = {}
    for key in PLATFORMS:
        last = before["platforms"].get(key, {}).get("real")
        platforms[key] = {
            "dress": of_dress(key),
            "golden": of_golden_pages(key),
            "real": of_real_pages(key) if are_here() else last,
        }
    return {
        "platforms": platforms,
        "portals": {key: told for key, each in PORTALS.items() if (told := of_portal(each))},
    }


def main() -> None:
    told = measured()
    FILE.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    README.write_text(f"{before}{BEGIN}{markdown_table(told)}{END}{rest.partition(END)[2]}", encoding="utf-8")
    sys.stdout.write(markdown_table(told))


if __name__ == "__main__":
    main()
