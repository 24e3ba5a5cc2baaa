"""An archive in which everything happened that a page can tell: edits, a text that came back, a disappearance, a move."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from archiver.demo import DemoPortal, stories
from archiver.demo.responses import Response, failure, ok, redirect
from archiver.demo.truth import StoryTruth
from archiver.site.serving import datasette_for
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.evidence.captures import body_of, capture_by_key
from archiver.store.evidence.withholding import save_decision
from archiver.store.ground.keys import article_key
from archiver.store.rebuild.rebuilding import rebuild
from tests.demo.conftest import NOW
from tests.driving.visitor import DEMO, Visitor
from tests.site.pages.addresses import PAGES

HOST = "https://anthuan.example"
MOVED_TO = "/portal/Pages/2025-1-1/cho-moi.aspx"
HOSTILE = (Path(__file__).parent / "hostile.html").read_text(encoding="utf-8")


@dataclass
class Told:
    """The folder of the archive, and the keys of the articles with a story."""

    folder: Path
    keys: dict[str, str]
    stories: dict[str, StoryTruth]
    town: "Town"

    def archive(self):
        return open_archive(self.folder)

    def captures(self):
        return open_captures(self.folder)

    def key(self, name: str) -> str:
        return self.keys[name]

    def names(self) -> dict[str, str]:
        """What stands for the names in addresses: keys of articles, and of the newest capture of some."""
        archive = self.archive()
        newest = (
            "SELECT capture_key FROM captures WHERE request_key IN"
            " (SELECT request_key FROM captures WHERE article_key = ?) ORDER BY captured_at DESC LIMIT 1"
        )
        captures = {
            f"{name}_capture": archive.execute(newest, (self.key(name),)).fetchone()[0]
            for name in ("rich", "hostile", "gone")
        }
        archive.close()
        return self.keys | captures

    def payload(self, capture: str) -> bytes:
        """The bytes that a capture brought."""
        captures = self.captures()
        return body_of(captures, capture_by_key(captures, capture))


class Town:
    """A portal some of whose answers are put in place by hand."""

    def __init__(self, folder: Path) -> None:
        self.portal = DemoPortal(stories(40), lambda: NOW, faults=False)
        self.visitor = Visitor(self.portal, folder)
        self.respond = self.portal.respond
        self.visitor.answers = self.answer
        self.instead: dict[str, Response] = {}

    def answer(self, method, target, headers=None, body=b""):
        path = target.partition("?")[0].lower()
        return self.instead.get(path) or self.respond(method, target, headers, body)

    def put(self, url: str, answer: Response) -> None:
        self.instead[url.removeprefix(HOST).lower()] = answer

    def day(self, days: int = 1, **options) -> None:
        self.visitor.clock.time += timedelta(days=days)
        ending = self.visitor.crawl(**({"recheck": "all"} | options))
        assert ending.status in ("finished", "degraded"), ending

    def plain(self) -> list[StoryTruth]:
        """Stories with an address that is answered at once, those with the most in them first."""
        found = [s for s in self.portal.truth().stories if self.respond("GET", s.url.removeprefix(HOST)).status == 200]
        return sorted(found, key=lambda s: -bool(s.lead and s.author and s.images) - len(s.images) - len(s.attachments))


def tell(folder: Path) -> Told:
    """Weeks in the life of the made-up town, and what its archive holds afterwards."""
    town = Town(folder)
    rich, edited, back, beside, gone, suspect, moved, hostile, *others = town.plain()
    titles = [story.title for story in town.portal.truth().stories]
    secret = next(story for story in others if titles.count(story.title) == 1)
    town.day(recheck="none", file_budget=500)
    town.put(hostile.url, ok(hostile_page(town, hostile)))
    opening, *rest = town.portal.catalogue.story(edited.url).paragraphs
    one, two, _, *words = opening.split(" ")
    reworded = " ".join((one, two, "(đã-sửa)", *words))
    town.portal.edit(edited.url, paragraphs=(reworded, *rest[:-1], "Một đoạn được viết thêm vào.", rest[-1]))
    town.portal.edit(back.url, title="Tiêu đề đã sửa, rồi sửa lại")
    town.day()
    town.portal.edit(back.url, title=back.title)
    town.portal.edit(edited.url, title=f"{edited.title} (đính chính)")
    town.put(gone.url, failure(404, b"<html><body><h1>Kh\xc3\xb4ng t\xc3\xacm th\xe1\xba\xa5y</h1></body></html>"))
    town.put(moved.url, redirect(MOVED_TO))
    town.instead[MOVED_TO.lower()] = town.respond("GET", moved.url.removeprefix(HOST))
    for days in (1, 7, 14):
        town.day(days)
    town.put(suspect.url, failure(404, b""))
    town.day()
    named = {"rich": rich, "edited": edited, "back": back, "gone": gone, "suspect": suspect, "moved": moved,
             "secret": secret, "hostile": hostile, "beside": beside}  # fmt: skip
    keys = {name: article_key(DEMO, story.url) for name, story in named.items()}
    told = Told(folder, keys | {"moved_to": article_key(DEMO, HOST + MOVED_TO)}, named, town)
    withhold(folder, told.key("secret"), "personal data")
    return told


def hostile_page(town: Town, story: StoryTruth) -> bytes:
    """A story's page with a hostile one within its text."""
    page = town.respond("GET", story.url.removeprefix(HOST)).body.decode()
    return page.replace("</body>", HOSTILE + "</body>").encode()


def withhold(folder: Path, key: str, category: str | None, at: str = "2025-09-01T00:00:00.000000Z") -> None:
    """As `archiver withhold` does it."""
    captures, archive = open_captures(folder), open_archive(folder)
    save_decision(captures, DEMO, key, "withhold", category, "so it is asked", at)
    rebuild(captures, archive, [DEMO], folder, lambda *_: None, at)
    captures.close()
    archive.close()


@pytest.fixture(scope="session")
def told(tmp_path_factory):
    return tell(tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="session")
def site(told):
    return datasette_for(told.folder / "archive.db")


@pytest.fixture
def get(site):
    """What the site answers, without following redirects."""
    return lambda path, **headers: asyncio.run(site.client.get(path, headers=headers))


@pytest.fixture(scope="session")
def path_of(told):
    """Where a page of `addresses.PAGES` stands."""
    names = told.names()
    return lambda name: PAGES[name].format(**names)
