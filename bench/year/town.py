"""The portal as it lives through its deeds: what it answers at each moment, and a record of what was true when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from heapq import heappop, heappush

from archiver.demo import DemoPortal, Response, Story, stories
from archiver.demo.responses import failure, ok, redirect
from archiver.demo.truth import story_truth
from bench.year.life import ChangeOfAddress, Deed, Edit, Publish, Redesign, Remove, Trouble

_BLIND = ("503", "captcha", "closed", "silent")  # troubles under which nothing can be seen
_CAPTCHA = "<html><head><title>Security check</title></head><body><p>Verify that you are human.</p></body></html>"
_CLOSED = (
    "<html><head><title>Thông báo</title></head><body><h1>Thông báo</h1>"
    "<p>Cổng thông tin điện tử đã ngừng hoạt động.</p></body></html>"
)
_BLOCK = '<div class="kenh"><p>Kênh dịch vụ công trực tuyến</p></div>'.encode()
_DRESS = re.compile(rb' (?:class|id)="[^"]*"')
_OLD, _NEW = "/portal/Pages/", "/cong/Pages/"
_OLD_PLACE = re.compile(rb"/portal/pages/", re.IGNORECASE)
_UNANSWERED = 1000.0  # seconds: longer than anybody waits


@dataclass(frozen=True, slots=True)
class Version:
    """What a story said from a moment on."""

    since: datetime
    title: str
    body: str


@dataclass(slots=True)
class Record:
    """What was true of one story: its versions, and from when to when it was up."""

    versions: list[Version]
    spans: list[tuple[datetime, datetime | None]]


@dataclass(slots=True)
class Truth:
    """What was true of the portal."""

    records: dict[str, Record] = field(default_factory=dict)  # by address
    blind: list[tuple[datetime, datetime | None, str]] = field(default_factory=list)
    moved_at: datetime | None = None
    redesigned_at: datetime | None = None


class Town:
    """A portal that is alive. `play` brings it up to a moment; `respond` answers as it is then."""

    def __init__(self, deeds: list[Deed], first: datetime, count: int = 40) -> None:
        self.now = first
        self.portal = DemoPortal(stories(count), lambda: self.now, faults=False)
        self.truth = Truth()
        self.trouble: str | None = None
        self.dressed = self.moved = False
        self._order = 0
        self._deeds: list[tuple[datetime, int, Deed | Story]] = []
        for deed in deeds:
            self._plan(deed.at, deed)
        for story in self.portal.catalogue.stories:
            self._is_up(story, first)

    def play(self, until: datetime) -> None:
        """Do all that is due."""
        while self._deeds and self._deeds[0][0] <= until:
            at, _, deed = heappop(self._deeds)
            self.now = at
            self._do(at, deed)
        self.now = until

    def respond(
        self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Response:
        """The answer to one request, as things stand."""
        if (answer := self._answer_in_trouble(target)) is not None:
            return answer
        if self.moved and target.lower().startswith(_OLD.lower()):
            return redirect(_NEW + target[len(_OLD) :])
        own = _OLD + target[len(_NEW) :] if self.moved and target.startswith(_NEW) else target
        if not self.dressed and not self.moved:
            return self.portal.respond(method, own, headers, body)
        cookies = {"Cookie": (headers or {}).get("Cookie", "")}  # all pages are new: no validator is of use
        return self._changed(self.portal.respond(method, own, cookies, body))

    # -- what happens ------------------------------------------------------------------------------------------------

    def _plan(self, at: datetime, deed: Deed | Story) -> None:
        self._order += 1
        heappush(self._deeds, (at, self._order, deed))

    def _do(self, at: datetime, deed: Deed | Story) -> None:
        if isinstance(deed, Story):  # what was changed or taken off for a while is as it was
            self._bring_back(at, deed)
            return
        match deed.what:
            case Publish(story):
                self.portal.publish(story)
                self._is_up(story, at)
            case Edit():
                self._edit(at, deed.what)
            case Remove():
                self._remove(at, deed.what)
            case Trouble(kind):
                self._trouble(at, kind)
            case Redesign():
                self.dressed, self.truth.redesigned_at = True, at
            case ChangeOfAddress():
                self.moved, self.truth.moved_at = True, at

    def _is_up(self, story: Story, at: datetime) -> None:
        said = story_truth(story)
        record = self.truth.records.setdefault(story.url, Record([], []))
        record.spans.append((at, None))
        record.versions.append(Version(at, said.title, said.body))

    def _picked(self, pick: float) -> Story:
        up = self.portal.catalogue.stories
        return up[int(pick * len(up))]

    def _edit(self, at: datetime, edit: Edit) -> None:
        before = self._picked(edit.pick)
        self._put(at, _edited(before, edit.kind, len(self.truth.records[before.url].versions)))
        if edit.lasts is not None:
            self._plan(at + edit.lasts, before)

    def _put(self, at: datetime, story: Story) -> None:
        self.portal.edit(story.url, title=story.title, paragraphs=story.paragraphs)
        said = story_truth(story)
        self.truth.records[story.url].versions.append(Version(at, said.title, said.body))

    def _remove(self, at: datetime, removal: Remove) -> None:
        story = self._picked(removal.pick)
        self.portal.remove(story.url)
        record = self.truth.records[story.url]
        record.spans[-1] = (record.spans[-1][0], at)
        if removal.returns_after is not None:
            self._plan(at + removal.returns_after, story)

    def _bring_back(self, at: datetime, story: Story) -> None:
        record = self.truth.records[story.url]
        if record.spans[-1][1] is not None:
            self.portal.publish(story)
            self._is_up(story, at)
        else:
            self._put(at, story)

    def _trouble(self, at: datetime, kind: str | None) -> None:
        if self.trouble in _BLIND:
            begun, _, what = self.truth.blind[-1]
            self.truth.blind[-1] = (begun, at, what)
        if kind in _BLIND:
            self.truth.blind.append((at, None, str(kind)))
        self.trouble = kind

    # -- what is answered --------------------------------------------------------------------------------------------

    def _answer_in_trouble(self, target: str) -> Response | None:
        match self.trouble:
            case "503":
                return failure(503, b"")
            case "captcha":
                return ok(_CAPTCHA.encode())
            case "closed":
                return ok(_CLOSED.encode())
            case "silent":
                return replace(failure(503, b""), delay=_UNANSWERED)
            case "slow" if hash_of(target, self.now) % 3 == 0 and target != "/robots.txt":
                return replace(failure(503, b""), delay=_UNANSWERED)
        return None

    def _changed(self, answer: Response) -> Response:
        body = answer.body
        if self.dressed and body.lstrip()[:1] == b"<":
            body = _DRESS.sub(b"", body).replace(b"</body>", _BLOCK + b"</body>")
        headers = answer.headers
        if self.moved:
            body = _OLD_PLACE.sub(_NEW.encode(), body)
            headers = tuple(
                (name, value.replace(_OLD, _NEW) if name == "Location" else value) for name, value in headers
            )
        kept = tuple(pair for pair in headers if pair[0] not in ("ETag", "Last-Modified", "Content-Length"))
        return replace(answer, body=body, headers=kept)


def moved_address(url: str) -> str:
    """Where a story stands after the change of addresses."""
    return url.replace(_OLD, _NEW)


def hash_of(target: str, now: datetime) -> int:
    """A number that is the same wherever it is made."""
    return sum(target.encode()) * 31 + now.minute


def _edited(story: Story, kind: int, number: int) -> Story:
    """A story as its editors changed it: never into what it was before."""
    texts = story.paragraphs
    if kind == 0:
        return replace(story, title=f"{story.title} (cập nhật lần {number})")
    if kind == 1 and len(texts) > 2 and isinstance(texts[1], str):
        return replace(story, paragraphs=(texts[0], *texts[2:]))
    if kind == 2:
        return replace(story, paragraphs=(*texts, f"Tin được bổ sung lần thứ {number} theo đề nghị của cơ quan."))
    changed = (f"{texts[0]} Số liệu được đính chính lần {number}.", *texts[1:]) if isinstance(texts[0], str) else texts
    return replace(story, paragraphs=changed, title=story.title + ("" if changed != texts else f" ({number})"))
