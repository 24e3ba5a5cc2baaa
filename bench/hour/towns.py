"""The portals of the hour: most publish, each at its own rhythm; one never answers, one has always more to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from threading import Lock

from archiver.demo import DemoPortal, Response, Story, compose
from archiver.demo.responses import ok
from archiver.demo.sections import SECTIONS
from archiver.vietnamese.dates import INDOCHINA_TIME

START = datetime(2026, 3, 2, 9, 0, tzinfo=INDOCHINA_TIME)
_BEFORE = 40  # stories that were published before the hour
_UNEVEN = 0.1  # by so much a gap between two stories is longer or shorter than the mean
_TURNS_OF_LIST = re.compile(r"/portal/Pages/kho\.aspx(?:\?trang=(\d+))?", re.IGNORECASE)
_OF_STORE = re.compile(r"/portal/Pages/kho-tin-(\d+)\.aspx", re.IGNORECASE)
_ROWS = 10
_WAY_IN = b"<p><a href='/portal/Pages/kho.aspx'>Kho tin</a></p></body>"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often portals publish, and how many of them do so."""

    minutes: float  # between two stories, in the mean
    portals: int

    @property
    def interval(self) -> timedelta:
        """Between two crawls, by the rule in the README: twice in a gap, from every 15 minutes to daily."""
        return timedelta(minutes=min(max(self.minutes / 2, 15), 24 * 60))


RHYTHMS = (Rhythm(34, 5), Rhythm(60, 4), Rhythm(100, 3), Rhythm(480, 3), Rhythm(2880, 3))
"""Less than half an hour apart, news count as one: no rhythm is shorter."""


class Lively(DemoPortal):
    """Publishes what is planned when its time comes, whoever asks."""

    def __init__(self, plan: Sequence[Story], now: Callable[[], datetime]) -> None:
        super().__init__((), now, faults=False, crawl_delay=0)
        self.coming, self.clock, self.turn = sorted(plan, key=lambda story: story.listed_at), now, Lock()

    def respond(
        self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Response:
        """As things stand now."""
        with self.turn:
            while self.coming and self.coming[0].listed_at <= self.clock():
                self.publish(self.coming.pop(0))
        return super().respond(method, target, headers, body)


class NeverDone(Lively):
    """A town with a list that has always one more page, of articles that were never seen: no run comes to its end."""

    def respond(
        self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Response:
        """A page of the list, an article of it, or what other towns answer."""
        if page := _TURNS_OF_LIST.fullmatch(target):
            return ok(_page_of_store(int(page[1] or 1)).encode())
        if story := _OF_STORE.fullmatch(target):
            return ok(_story_of_store(int(story[1])).encode())
        cookies = {"Cookie": (headers or {}).get("Cookie", "")}  # no validators: the home page is another than theirs
        answer = super().respond(method, target, cookies, body)
        if target != "/":
            return answer
        kept = tuple(pair for pair in answer.headers if pair[0] not in ("ETag", "Last-Modified"))
        return replace(answer, body=answer.body.replace(b"</body>", _WAY_IN), headers=kept)


def planned(rhythm: Rhythm, number: int, minutes: float) -> list[Story]:
    """Stories of one town, from long before the hour to its end; decided by the town's number alone."""
    dice = Random(f"{number} hour")
    times = _backward(dice, rhythm.minutes) + _forward(dice, rhythm.minutes, minutes)
    return [compose(1000 * number + each, dice.choice(SECTIONS).key, at) for each, at in enumerate(sorted(times))]


def _backward(dice: Random, gap: float) -> list[datetime]:
    ago = [dice.uniform(0, gap)]
    while len(ago) < _BEFORE:
        ago.append(ago[-1] + _uneven(dice, gap))
    return [_whole_minute(-each) for each in ago]


def _forward(dice: Random, gap: float, until: float) -> list[datetime]:
    after = [dice.uniform(0.3, 1) * gap]
    while after[-1] < until:
        after.append(after[-1] + _uneven(dice, gap))
    return [_whole_minute(each) for each in after if each < until]


def _uneven(dice: Random, gap: float) -> float:
    return gap * dice.uniform(1 - _UNEVEN, 1 + _UNEVEN)


def _whole_minute(minutes: float) -> datetime:
    return START + timedelta(minutes=round(minutes))


def _page_of_store(number: int) -> str:
    rows = range((number - 1) * _ROWS, number * _ROWS)
    items = "".join(
        f"<li><a href='/portal/Pages/kho-tin-{row}.aspx'>Tin lưu kho số {row}</a> ({_printed(row)} 9:00 SA)</li>"
        for row in rows
    )
    way_on = f"<p><a href='/portal/Pages/kho.aspx?trang={number + 1}'>Trang sau »</a></p>"
    return f"<html><head><title>Kho tin</title></head><body><h2>Kho tin</h2><ul>{items}</ul>{way_on}</body></html>"


def _story_of_store(number: int) -> str:
    return (
        f"<html><head><title>Tin lưu kho số {number}</title></head><body>"
        f"<p class='tandan-p-article-news-title'>Tin lưu kho số {number}</p>"
        f"<div class='tandan-span-date-publish'>Đăng ngày {_printed(number, ' - ')}</div>"
        f"<div class='ms-rtestate-field'><p>Nội dung của tin lưu kho số {number}.</p></div></body></html>"
    )


def _printed(number: int, joint: str = "/") -> str:
    return joint.join((f"{1 + number % 28:02d}", f"{1 + number // 28 % 12:02d}", "2012"))
