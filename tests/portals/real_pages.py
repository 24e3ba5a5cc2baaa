"""What is known of the real pages that stand outside of the project: each a claim about one field, checked by eye."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from archiver.items import Page
from archiver.portals import PORTALS, Portal
from archiver.portals.platforms import PLATFORMS
from archiver.probing.golden import golden
from archiver.probing.looking import FIELDS
from archiver.reading.page import read
from tests.reading.conftest import SHARED_PAGES

Claim = tuple[str, Callable[[Page], bool]]

_FIRST = "myhao_2021-12-28.html"
_HANOI = PORTALS["sotttt-hanoi"]
_NOBODYS = replace(PORTALS["demo"], key="nobodys", platform=PLATFORMS["landmarks"], hosts=("vnexpress.net",))
_TWICE = "Phố Sách Xuân Canh Tý 2020 - điểm hẹn văn hóa ý nghĩa nhân dịp năm mới"
_COVID = (
    "Sở Thông tin và Truyền thông Hà Nội xử phạt vi phạm hành chính đối với chủ tài khoản facebook đăng tải thông tin"
    " sai sự thật."
)
_EXAM = "Thông báo danh sách đủ và không đủ tiêu chuẩn, điều kiện dự kỳ thi tuyển công chức năm 2022"


def _kind(kind: str) -> Claim:
    return "kind", lambda page: page.kind == kind


def _of_article(name: str, value: object) -> Claim:
    return name, lambda page: golden(page)["article"][name] == value


def _of_row(number: int, name: str, value: object) -> Claim:
    return f"{name} of a row", lambda page: golden(page)["listed"][number][name] == value


def _twice(page: Page) -> bool:
    times = [row.listed_at for row in page.listed if row.title == _TWICE]
    return times == ["2020-01-21T10:25:00+07:00", "2020-01-21T15:51:00+07:00"]


def _first_claims() -> tuple[Claim, ...]:
    """The page this project began from: all that its JSON says."""
    file = SHARED_PAGES / _FIRST
    if not file.exists():
        return ()
    truth = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    own = [_of_article(name, truth["article"][name]) for name in FIELDS if name in truth["article"]]
    rows = [
        _of_row(number, name, row[name])
        for number, row in enumerate(truth["listed"])
        for name in ("title", "url", "listed_at")
    ]
    return _kind(truth["kind"]), *own, *rows


CLAIMS: dict[str, tuple[Portal, str, tuple[Claim, ...]]] = {
    _FIRST: (PORTALS["myhao"], "", _first_claims()),
    "quangxuong_tandan_fragment.html": (
        PORTALS["quangxuong"],
        "https://quangxuong.thanhhoa.gov.vn/portal/Pages/2023-2-11/bai-viet.aspx",
        (
            _kind("article"),
            ("title", lambda page: page.article.title is None),
            ("published_on", lambda page: page.article.published_on is None),
            ("lead", lambda page: page.article.lead.startswith("Những năm gần đây, diện tích cây ăn quả")),
            ("body", lambda page: page.article.body.startswith("Để hạn chế thiệt hại do sâu bệnh")),
            ("images", lambda page: [bool(each.caption) for each in page.article.images] == [True, True]),
        ),
    ),
    "hanoi_sotttt_list_covid19.html": (
        _HANOI,
        "https://sotttt.hanoi.gov.vn/phong-chong-dich-benh-covid-19",
        (
            _kind("list"),
            ("how many rows", lambda page: len(page.listed) == 20),
            ("title of a row", lambda page: page.listed[0].title == _COVID),
            ("listed_at of a row", lambda page: page.listed[0].listed_at == "2020-09-09T17:07:00+07:00"),
            ("listed_at of a row", lambda page: not any("View" in (row.listed_raw or "") for row in page.listed)),
        ),
    ),
    "hanoi_sotttt_list_pho-sach.html": (
        _HANOI,
        "https://sotttt.hanoi.gov.vn/pho-sach-ha-noi",
        (_kind("list"), ("listed_at of a row", _twice), ("title of a row", lambda page: not any(
            row.title.startswith("\xa0") for row in page.listed
        ))),
    ),
    "hanoi_sotttt_index.html": (
        _HANOI,
        "https://sotttt.hanoi.gov.vn/",
        (
            _kind("list"),
            ("title of a row", lambda page: page.listed[0].title == _EXAM),
            ("listed_at of a row", lambda page: page.listed[0].listed_at == "2022-08-24"),
            ("listed_at of a row", lambda page: page.listed[1].listed_at == "2022-08-23"),
        ),
    ),
    "hanoi_sotttt_static_phong-bao-chi.html": (
        _HANOI,
        "https://sotttt.hanoi.gov.vn/phong-bao-chi-xuat-ban",
        (_kind("other"), ("published_on", lambda page: page.article is None)),
    ),
    "vnexpress_duong-bay-quoc-te_2022.html": (
        _NOBODYS,
        "https://vnexpress.net/mo-lai-duong-bay-4426992.html",
        (
            _kind("article"),
            (
                "title",
                lambda page: page.article.title == "Việt Nam dự kiến mở lại toàn bộ đường bay quốc tế từ 15/2",
            ),
            ("published_at", lambda page: page.article.published_at == "2022-02-13T16:08:35+07:00"),
            ("author", lambda page: page.article.author == "Đoàn Loan"),
        ),
    ),
}  # fmt: skip
"""By file: the portal it is read as, its address, and what is known of it."""


def are_here() -> bool:
    """Whether all of them are at hand."""
    return all((SHARED_PAGES / name).exists() for name in CLAIMS)


def page_of(name: str) -> Page:
    """One of them, as it is read."""
    portal, url, _ = CLAIMS[name]
    file = Path(SHARED_PAGES / name)
    if name == _FIRST:
        url = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))["article"]["url"]
    return read(file.read_bytes(), portal, url, "text/html")
