"""What goes wrong: rows that lead nowhere good, and stories that are only readable after another try."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Literal

from archiver.demo.addresses import absolute, article_path
from archiver.demo.clock import VIETNAM

RowFault = Literal[
    "not_found",
    "gone",
    "pdf_as_html",
    "five_megabytes",
    "empty",
    "deeply_nested",
    "soft_404",
    "redirect_loop",
    "other_host",
]
StoryFault = Literal["unavailable", "broken_twice", "cut", "slow", "wrong_charset", "no_charset"]


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """An ordinary row of a list whose page is no article, however often it is asked for."""

    fault: RowFault
    section: str
    title: str
    listed_at: datetime
    slug: str

    @property
    def path(self) -> str:
        """The page's path."""
        return article_path(self.slug, self.listed_at)

    @property
    def url(self) -> str:
        """The page's absolute address."""
        return absolute(self.path)


def row(fault: RowFault, section: str, title: str, listed: tuple[int, int, int, int, int], slug: str) -> FaultyRow:
    """A faulty row, its minute as plain numbers."""
    return FaultyRow(fault, section, title, datetime(*listed, tzinfo=VIETNAM), slug)


FAULTY_ROWS = (
    row("not_found", "kinh-te", "Công bố giá đất điều chỉnh", (2024, 9, 4, 9, 2), "Cong-bo-gia-dat-dieu-chinhqa90001"),
    row("gone", "kinh-te", "Mời thầu xây dựng trạm bơm Cẩm Đê", (2023, 3, 15, 16, 40), "Moi-thau-xay-dung-tramqa90002"),
    row("pdf_as_html", "kinh-te", "Báo cáo kinh tế quý I", (2022, 4, 6, 10, 11), "Bao-cao-kinh-te-quy-Iqa90003"),
    row("five_megabytes", "van-hoa", "Danh sách thí sinh toàn tỉnh", (2023, 6, 12, 8, 30), "Danh-sach-thi-sinhqa90004"),
    row("empty", "van-hoa", "Ảnh đẹp An Thuận", (2021, 11, 2, 15, 5), "Anh-dep-An-Thuanqa90005"),
    row("deeply_nested", "van-hoa", "Sơ đồ di tích đền Bà Chúa Mía", (2020, 5, 20, 14, 0), "So-do-di-tichqa90006"),
    row("soft_404", "chinh-tri", "Chương trình kỳ họp bất thường", (2022, 8, 9, 7, 55), "Chuong-trinh-ky-hopqa90007"),
    row("redirect_loop", "chinh-tri", "Tài liệu sinh hoạt chi bộ", (2021, 2, 3, 9, 45), "Tai-lieu-sinh-hoatqa90008"),
    row("other_host", "an-ninh", "Nộp phạt giao thông trực tuyến", (2023, 12, 7, 11, 20), "Nop-phat-giao-thongqa90009"),
)

# By the story's number, oldest first: small enough for a portal of 133 stories to play them all.
STORY_FAULTS: dict[int, StoryFault] = {
    12: "unavailable",
    57: "unavailable",
    101: "unavailable",
    23: "broken_twice",
    88: "broken_twice",
    34: "cut",
    120: "cut",
    45: "slow",
    133: "slow",
    66: "wrong_charset",
    74: "no_charset",
}


class Tries:
    """How often each path was asked for, so that a fault is over after its turn."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.counts: Counter[str] = Counter()

    def next(self, key: str) -> int:
        """Which request for this path it is, from 1."""
        with self.lock:
            self.counts[key] += 1
            return self.counts[key]
