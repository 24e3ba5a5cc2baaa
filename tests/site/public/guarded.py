"""A town whose archive holds what nobody may see, each marked with a word that stands nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from archiver.demo import DemoPortal, stories
from archiver.demo.responses import Response, ok, redirect
from archiver.demo.story import Attachment, Picture, Story
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.evidence.captures import body_of, capture_by_key
from archiver.store.evidence.withholding import save_decision
from archiver.store.ground.keys import article_key
from archiver.store.rebuild.rebuilding import rebuild
from tests.demo.conftest import NOW
from tests.driving.visitor import DEMO, Visitor

MARK = "xuqua"  # every word below begins with it
REASON, OUTSIDE, ENVIRONMENT, COOKIE = "xuqualydo", "xuquatepngoai", "xuquamoitruong", "xuquabanhquy"
PHONE, CITIZEN, ACCOUNT = "0912345678", "033085001234", "1903456789012"
SPELT = ("0912 345 678", "033 085 001 234", "0912.345.678")
AT = "2025-09-01T00:00:00.000000Z"

_SECRET_WORDS = {
    "title": "Quyết định xuquatieude về bà Mẫu",
    "lead": "Tóm tắt xuquatomtat của quyết định.",
    "paragraphs": (
        "Đoạn thứ nhất kể xuquadoanmot về bà Mẫu.",
        Picture("/portal/Photos/2021-03-02/xuquaanh.jpg", "Ảnh xuquachuthich"),
        "Đoạn thứ hai kể xuquadoanhai, theo Quyết định số 7117/QĐ-XUQUA.",
    ),
    "sign_off": "Tin, ảnh: Lê Xuquatacgia",
    "attachments": (Attachment("/portal/VanBan/2021-03/xuquavanban.pdf", "Văn bản xuquanhan"),),
}
_NAMING = (
    f"Người dân liên hệ số điện thoại {PHONE} (hoặc {SPELT[0]}) để được hướng dẫn.",
    f"Ông Nguyễn Văn Mẫu, CCCD số {CITIZEN}, tài khoản số {ACCOUNT} tại ngân hàng.",
)


@dataclass(frozen=True)
class Guarded:
    """The folder of the archive, and the keys of the article that is withheld and of one that prints numbers."""

    folder: Path
    secret: str
    naming: str
    secret_payloads: tuple[bytes, ...]


def guarded(folder: Path) -> Guarded:
    """Crawl such a town a few times, then withhold the article."""
    first, *others = stories(30)
    secret = replace(first, slug="xuquaduongdan-ba-mau", **_SECRET_WORDS)
    portal = DemoPortal([secret, *others], lambda: NOW, faults=False)
    naming = _plain(portal, others)
    portal.edit(naming.url, title=f"Liên hệ {PHONE} để nhận quà", paragraphs=(*_NAMING, *naming.paragraphs))
    town = _Town(portal, folder, secret)
    town.day()
    portal.edit(secret.url, title="Quyết định xuquatieudemoi về bà Mẫu")
    portal.edit(naming.url, title=f"Liên hệ ông A, CCCD {CITIZEN}")
    town.day()
    town.spoil(secret)
    town.day()
    key = article_key(DEMO, secret.url)
    payloads = _payloads(folder, key)
    _withhold(folder, key)
    (folder.parent / "outside.txt").write_text(OUTSIDE)
    return Guarded(folder, key, article_key(DEMO, naming.url), payloads)


class _Town:
    """The portal, with a way that leads to the secret, and a cookie for whoever asks."""

    def __init__(self, portal: DemoPortal, folder: Path, secret: Story) -> None:
        self.visitor = Visitor(portal, folder)
        self.respond, self.portal, self.secret = portal.respond, portal, secret
        self.instead: dict[str, Response] = {}
        self.visitor.answers = self.answer

    def answer(self, method, target, headers=None, body=b""):
        path = target.partition("?")[0].lower()
        answer = self.instead.get(path) or self.respond(method, target, headers, body)
        return replace(answer, headers=(*answer.headers, ("Set-Cookie", f"SessionId={COOKIE}; path=/")))

    def day(self):
        self.visitor.clock.pass_by(days=1)
        self.visitor.crawl(recheck="all", file_budget=100)

    def spoil(self, secret: Story) -> None:
        """The secret's page gets a date that cannot be read; another article leads to it."""
        path = secret.url.removeprefix("https://anthuan.example")
        page = self.respond("GET", path).body.decode()
        day = f"{secret.listed_at:%d - %m - %Y}"
        assert day in page
        self.instead[path.lower()] = ok(page.replace(day, "45 - 13 - 2021 xuquangaysai").encode())
        leads = _plain(self.portal, self.portal.truth().stories[5:])
        self.instead[leads.url.removeprefix("https://anthuan.example").lower()] = redirect(path)


def _plain(portal: DemoPortal, among):
    """A story whose address answers at once."""
    found = (
        each for each in among if portal.respond("GET", each.url.removeprefix("https://anthuan.example")).status == 200
    )
    return next(found)


def _payloads(folder: Path, key: str) -> tuple[bytes, ...]:
    """The bytes of the article's page, picture and document, as they came."""
    archive, captures = open_archive(folder), open_captures(folder)
    rows = archive.execute(
        "SELECT capture_key FROM captures WHERE sha256 IS NOT NULL AND (article_key = ?1 OR request_key IN"
        " (SELECT request_key FROM images WHERE article_key = ?1 UNION SELECT request_key FROM attachments"
        " WHERE article_key = ?1))",
        (key,),
    ).fetchall()
    return tuple(body_of(captures, capture_by_key(captures, each)) for (each,) in rows)


def _withhold(folder: Path, key: str) -> None:
    captures, archive = open_captures(folder), open_archive(folder)
    save_decision(captures, DEMO, key, "withhold", "personal data", REASON, AT)
    rebuild(captures, archive, [DEMO], folder, lambda *_: None, AT)
    captures.close()
    archive.close()
