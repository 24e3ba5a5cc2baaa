"""The made-up portal from one day to the next: what it answers can be changed, and what comes of it looked at."""

import re
from datetime import timedelta

from archiver.demo import DemoPortal, stories
from archiver.demo.responses import failure, ok, redirect
from archiver.store.ground.keys import article_key
from tests.demo.conftest import NOW
from tests.driving.visitor import DEMO, Visitor

HOST = "https://anthuan.example"
FIREWALL = b"<html><head><title>Access denied</title></head><body><p>Your request was blocked.</p></body></html>"
NOTICE = "<html><body><div>Bài viết không tồn tại hoặc đã bị xóa</div></body></html>".encode()
BANNER = "<p>Chào mừng kỷ niệm ngày thành lập thị xã An Thuận</p>".encode()
_TEXT = re.compile(rb"<div[^>]*ms-rtestate-field[^>]*>")


class Week:
    """A portal whose answers can be changed from one day to the next."""

    def __init__(self, folder):
        self.portal = DemoPortal(stories(40), lambda: NOW, faults=False)
        self.visitor = Visitor(self.portal, folder)
        self.respond = self.portal.respond
        self.visitor.answers = self.answer
        self.everything = None
        self.has_banner = False
        self.instead = {}

    def answer(self, method, target, headers=None, body=b""):
        if self.everything is not None:
            return self.everything
        path = target.partition("?")[0].lower()
        if path in self.instead:
            return self.instead[path]
        if not self.has_banner:
            return self.respond(method, target, headers, body)
        return with_banner(self.respond(method, target, {"Cookie": (headers or {}).get("Cookie", "")}, body))

    def day(self, days=1, **options):
        self.visitor.clock.time += timedelta(days=days)
        return self.visitor.crawl(**{"recheck": "due"} | options)

    def put(self, story, answer):
        self.instead[path_of(story)] = answer

    def move(self, story, name):
        """A story stands at another address from now on; returns what its own one answered."""
        before = self.respond("GET", story.url.removeprefix(HOST))
        self.instead[f"/portal/pages/2025-1-1/{name}.aspx"] = before
        self.put(story, redirect(f"/portal/Pages/2025-1-1/{name}.aspx"))

    def status(self, story):
        (row,) = self.visitor.archive.query(
            "SELECT web_status FROM articles WHERE article_key = ?", (article_key(DEMO, story.url),)
        )
        return row["web_status"]

    def count(self, table, where="1"):
        return self.visitor.count(table, where)

    def plain(self):
        """Stories with an address that is answered at once."""
        return [
            story
            for story in self.portal.truth().stories
            if self.respond("GET", story.url.removeprefix(HOST)).status == 200
        ]


def path_of(story):
    return story.url.removeprefix(HOST).lower()


def with_banner(response):
    """A page with a paragraph more, before the text of its article."""
    text = _TEXT.search(response.body) if response.status == 200 else None
    if text is None:
        return response
    return ok(response.body[: text.end()] + BANNER + response.body[text.end() :])


def a_bad_month(week):
    """All at once: an outage, a banner that comes to every article and goes, an edit on its day, losses, a move.

    Returns the stories that were edited, removed, moved, and are suspect.
    """
    edited, removed, moved, suspect = week.plain()[:4]
    for answer in (failure(503, b""), ok(FIREWALL)):
        week.everything = answer
        week.day()
    week.everything, week.has_banner = None, True
    week.portal.edit(edited.url, title=edited.title + " (đính chính)")
    week.day(recheck="all")
    week.has_banner = False
    week.put(removed, failure(404, b""))
    week.move(moved, "cho-moi")
    for days in (2, 4, 8, 16):
        week.day(days, recheck="all")
    week.put(suspect, ok(NOTICE))
    week.day(recheck="all")
    return edited, removed, moved, suspect
