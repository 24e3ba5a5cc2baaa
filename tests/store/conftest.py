"""Evidence made by hand: captures at chosen times, told to an archive."""

import json
import random
from datetime import timedelta

import pytest

from archiver.clock import stamp
from archiver.portals import PORTALS
from archiver.store.databases.opening import open_archive, open_captures, writing
from archiver.store.evidence.captures import Answer, Asked, save_capture
from archiver.store.ground.keys import request_key
from archiver.store.interpretation.interpreting import interpret, tell_late
from archiver.store.interpretation.portal_rows import save_portal
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.rebuild.canonical import rows
from archiver.store.rebuild.rebuilding import rebuild
from archiver.store.runs.settling import publish_runs, settle
from tests.driving.clocks import SetClock

DEMO = PORTALS["demo"]
HOST = "https://anthuan.example"
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def article(
    title="Thị xã họp",
    body="Sáng nay, thị xã họp bàn.",
    day="9 - 6 - 2023",
    section="Kinh tế",
    extra="",
    views=1,
    told=None,
):
    """A page of the platform; `views` is a counter, no content; `told` is what it tells machines of its date."""
    crumbs = f"<a href='/'>Trang chủ</a> » <a href='/portal/Pages/Kinh-te.aspx'>{section}</a>" if section else ""
    meta = f"<meta property='article:published_time' content='{told}'>" if told else ""
    date = f"<div class='tandan-span-date-publish'>Đăng ngày {day}</div>" if day else ""
    return f"""<html><head><title>{title}</title>{meta}</head><body><div class='breadcrumb'>{crumbs}</div>
    <p class='tandan-p-article-news-title'>{title}</p>{date}<div>Lượt xem: {views}</div>
    <div class='ms-rtestate-field'><p>{body}</p></div>{extra}</body></html>"""


def listing(*rows, title="Kinh tế", extra=""):
    """A list page; rows are (name, title, printed time)."""
    items = "".join(
        f"<li><a href='/portal/Pages/{name}.aspx'>{text}</a> ({printed})</li>" for name, text, printed in rows
    )
    return f"<html><head><title>{title}</title></head><body><h2>{title}</h2><ul>{items}</ul>{extra}</body></html>"


def box(*rows):
    """ "Tin mới nhất" as it stands below an article."""
    items = "".join(
        f"<li><a href='/portal/Pages/{name}.aspx'>{text}</a> ({printed})</li>" for name, text, printed in rows
    )
    return f"<h3>Tin mới nhất</h3><ul>{items}</ul>"


def home(*rows, name="thị xã An Thuận"):
    """The portal's home page, well: with its navigation, and rows like a list's."""
    menu = "".join(f"<p><a href='/portal/Pages/muc-{n}.aspx'>Mục {n}</a></p>" for n in range(12))
    return listing(*rows, title=f"Cổng thông tin điện tử {name}", extra=menu)


def url(name):
    return f"{HOST}/portal/Pages/{name}.aspx"


class Evidence:
    """The two files of a folder, and a hand that captures."""

    def __init__(self, folder, portal=DEMO):
        self.folder = folder
        self.portal = portal
        self.clock = SetClock()
        self.captures = open_captures(folder)
        self.archive = open_archive(folder)
        save_portal(self.archive, portal)
        self.reader = Reader(self.captures, portal)
        self.crawl_key = f"{portal.key}-1"

    def keep(
        self, address, html=None, status=200, *, error=None, headers=HTML, seconds=60, form=None, fetched_from=None
    ):
        """Capture an answer, some time after the last one."""
        self.clock.pass_by(seconds=seconds)
        method = "GET" if form is None else "POST"
        key = request_key(self.portal, method, address, tuple(map(tuple, json.loads(form))) if form else None)
        asked = Asked(self.portal.key, self.crawl_key, method, address, form, key, fetched_from)
        body = html.encode() if isinstance(html, str) else html
        answer = Answer(status if error is None else None, error, headers, body)
        with writing(self.captures):
            return save_capture(self.captures, asked, answer, stamp(self.clock.now()))

    def tell(self, capture):
        """Tell the archive of a capture."""
        interpret(self.archive, self.reader, capture, self.reader.page(capture))
        return capture

    def see(self, name, html=None, status=200, **more):
        """Capture a page and tell of it."""
        return self.tell(self.keep(url(name), html, status, **more))

    def see_home(self, html=None, status=200, **more):
        """Capture the home page and tell of it."""
        return self.tell(
            self.keep(DEMO.url, html if html or status != 200 or "error" in more else home(), status, **more)
        )

    def new_run(self, name):
        """What is captured from now on belongs to another run."""
        self.crawl_key = name

    def settle(self):
        settle(self.archive, self.captures, self.portal)
        publish_runs(self.archive, self.captures, self.portal)

    def rebuild(self):
        tallies, _ = rebuild(
            self.captures, self.archive, [self.portal], self.folder, lambda count, total: None, stamp(self.clock.now())
        )
        return tallies

    def all(self, query, *values):
        return [dict(row) for row in self.archive.query(query, values)]

    def one(self, query, *values):
        (row,) = self.all(query, *values)
        return row

    def at(self, **ago):
        """A moment before now, as the archive writes it."""
        return stamp(self.clock.now() - timedelta(**ago))


_TIMES = (
    "SELECT article_key, first_captured_at, last_ok_at, first_missing_at, last_checked_at FROM articles",
    "SELECT article_key, number, capture_key, captured_at FROM revisions",
    "SELECT * FROM article_events",
    "SELECT * FROM portal_events",
    "SELECT capture_key, kind, article_key, revision, answer, confirms FROM captures",
    "SELECT request_key, box, rows_sha256, seen_from, seen_to FROM list_snapshots",
    "SELECT * FROM feeds",
    "SELECT * FROM feed_entries",
)


def all_told(archive):
    """All that captures say: the rows that two archives must agree on, and the times and proofs behind them."""
    times = [sorted(archive.execute(query).fetchall(), key=repr) for query in _TIMES]
    return list(rows(archive)), times


def told_in_any_order(folder, story, orders=8):
    """The evidence of a story (a function that keeps captures and returns them), told as it came.

    The same captures tell the same when they arrive in other orders, with settlings in between, and when all are read
    again.
    """
    told = []
    for order in range(orders):
        evidence = Evidence(folder / str(order))
        captures = story(evidence)
        by_chance = random.Random(order)
        if order:
            by_chance.shuffle(captures)
        for capture in captures:
            if order % 2:
                tell_late(
                    evidence.archive, evidence.reader, capture
                )  # as imports do: all that is kept of a page at once
            else:
                evidence.tell(capture)
            if by_chance.random() < 0.2:
                evidence.settle()
        evidence.settle()
        told.append(all_told(evidence.archive))
        assert told[-1] == told[0], f"order {order}"
    evidence.rebuild()
    assert all_told(evidence.archive) == told[0]
    return evidence


@pytest.fixture
def evidence(tmp_path):
    return Evidence(tmp_path)
