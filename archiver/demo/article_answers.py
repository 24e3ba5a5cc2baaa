"""What the portal answers where a story stands: the page, sometimes only after a detour or a failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from archiver.demo.addresses import encoded, lookup_key
from archiver.demo.article_pages import FIRST_PRINT_NUMBER, article_page, print_page
from archiver.demo.catalogue import Catalogue, Entry
from archiver.demo.faults import STORY_FAULTS, FaultyRow, StoryFault, Tries
from archiver.demo.faulty_answers import faulty_answer, missing
from archiver.demo.list_rows import latest_box, older_latest_box
from archiver.demo.press import Press
from archiver.demo.responses import Request, Response, failure, last_modified, ok, redirect, unchanged, unmodified_since
from archiver.demo.sections import BY_KEY
from archiver.demo.story import Story

BOM = b"\xef\xbb\xbf"
CHARSET = b'<meta charset="utf-8">'
BUSY = b"<html><body><h1>Service Unavailable</h1></body></html>"
BROKEN = b"<html><body><h1>Server Error in '/' Application.</h1></body></html>"


class ArticleDesk:
    """Answers for every address of an article.

    `draw` and `gone` are another dress's page of a story and its page for what is not there; the detours of some
    articles are this platform's own.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        press: Press,
        faults: bool,
        slow_seconds: float,
        draw: Callable[[Story, int], str] | None = None,
        gone: Callable[[int], Response] | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.press = press
        self.faults = faults
        self.slow_seconds = slow_seconds
        self.makes_detours = draw is None
        self.draw = draw or self.current_dress
        self.gone = gone or partial(missing, press)
        self.tries = Tries()

    def answer(self, entry: Entry, request: Request) -> Response:
        """What stands behind a row."""
        if isinstance(entry, FaultyRow):
            return faulty_answer(entry, self.gone)
        number = self.catalogue.number(entry)
        if self.makes_detours and has_detour(number) and "v" not in request.query:
            return redirect(encoded(entry.path) + "?v=2")
        fault = STORY_FAULTS.get(number) if self.faults else None
        return self.faulty(entry, number, fault, request) if fault else self.shown(entry, number, request)

    def shown(self, story: Story, number: int, request: Request) -> Response:
        """The page, or 304 where it carries its date of change and the client knows it."""
        if not has_last_modified(number):
            return ok(self.page(story, number))
        changed_at = self.changed_at(story)
        if unmodified_since(request, changed_at):
            return unchanged(last_modified(changed_at))
        return ok(self.page(story, number), last_modified(changed_at))

    def faulty(self, story: Story, number: int, fault: StoryFault, request: Request) -> Response:
        """The page with its fault, as long as that lasts."""
        answer = self.shown(story, number, request)
        if fault == "wrong_charset":
            return replace(answer, headers=(("Content-Type", "text/html; charset=iso-8859-1"),))
        if fault == "no_charset":
            return replace(
                answer, headers=(("Content-Type", "text/html"),), body=BOM + answer.body.replace(CHARSET, b"")
            )
        return self.passing(answer, fault, self.tries.next(lookup_key(story.path)))

    def passing(self, answer: Response, fault: StoryFault, attempt: int) -> Response:
        """A fault that is over after one request, or after two."""
        match fault, attempt:
            case "unavailable", 1:
                return failure(503, BUSY, ("Retry-After", "1"))
            case "broken_twice", 1 | 2:
                return failure(500, BROKEN)
            case "cut", 1:
                return replace(answer, cut_at=len(answer.body) // 2)
            case "slow", 1:
                return replace(answer, delay=self.slow_seconds)
        return answer

    def page(self, story: Story, number: int) -> bytes:
        """The story's page, filled."""
        return self.press.fill(self.press.stencil(story.path, lambda: self.draw(story, number)))

    def current_dress(self, story: Story, number: int) -> str:
        """The page as the Tân Dân portal has it."""
        return article_page(story, number, self.box(story))

    def box(self, story: Story) -> str:
        """What is next older in its section, in the section's theme."""
        older = self.catalogue.older(story)
        if BY_KEY[story.section].theme == "older":
            return older_latest_box(older, self.catalogue.number)
        return latest_box(older, self.catalogue.number, "box")

    def changed_at(self, story: Story) -> datetime:
        """When the page last changed: each edit came an hour after the last."""
        return story.listed_at + timedelta(hours=self.catalogue.edits.get(lookup_key(story.path), 0))

    def print_view(self, request: Request) -> Response:
        """`/portal/pages/print.aspx?p=31012`."""
        asked = request.query.get("p", "")
        number = int(asked) - FIRST_PRINT_NUMBER if asked.isdecimal() and len(asked) < 9 else 0
        story = self.catalogue.by_key.get(self.catalogue.by_number.get(number, ""))
        if not isinstance(story, Story):
            return missing(self.press, 404)
        return ok(self.press.fill(self.press.stencil(f"print {number}", lambda: print_page(story, number))))


def has_detour(number: int) -> bool:
    """Whether the article sends its reader to `?v=2` of the same path first."""
    return number % 29 == 7


def has_last_modified(number: int) -> bool:
    """Whether the article says when it changed: a third of them do."""
    return number % 3 == 0
