"""The portal's sections: what each is called and how its list is paged, so that every way of paging is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PAGE_SIZE = 10
BOX_SIZE = 8
NEWEST_SIZE = 10  # rows of "Tin mới nhất" on the home page
BLOCK_SIZE = 3  # rows of each section on the home page


@dataclass(frozen=True, slots=True)
class Section:
    """A section and the habits of its list."""

    key: str
    name: str
    path: str
    paging: Literal["numbered", "postback", "next", "none"]
    parameter: str = ""  # the query parameter that carries the page number
    more_query: str = ""  # what its page links carry besides
    beyond: Literal["last", "empty"] = "last"  # what a number past the end shows
    rows: Literal["platform", "pictures", "dated_links"] = "platform"
    theme: Literal["current", "older"] = "current"
    sends_etag: bool = False
    asks_cookie: bool = False


SECTIONS = (
    Section("kinh-te", "Kinh tế", "/portal/Pages/Kinh-te.aspx", "numbered", "PageIndex", sends_etag=True),
    Section(
        "van-hoa",
        "Văn hóa - Xã hội",
        "/portal/Pages/Van-hoa-Xa-hoi.aspx",
        "numbered",
        "Trang",
        beyond="empty",
        rows="pictures",
    ),
    Section("chinh-tri", "Chính trị", "/portal/Pages/Chinh-tri.aspx", "postback"),
    Section(
        "an-ninh",
        "An ninh - Quốc phòng",
        "/portal/Pages/An-ninh-Quoc-phong.aspx",
        "next",
        "page",
        asks_cookie=True,
    ),
    Section("thong-bao", "Thông báo", "/portal/Pages/Thong-bao.aspx", "none", sends_etag=True),
    Section(
        "nong-thon-moi",
        "Nông thôn mới",
        "/portal/Pages/Nong-thon-moi.aspx",
        "numbered",
        "PageIndex",
        more_query="&userkey=Nong-thon-moi",
        rows="dated_links",
        theme="older",
    ),
)

BY_KEY = {section.key: section for section in SECTIONS}


def shown(section: Section) -> int | None:
    """How many rows its list ever shows; null where paging leads to all of them."""
    return BOX_SIZE if section.paging == "none" else None
