"""What a host's name and a site's name prove of a place: its province, what kind of unit it is, a key for it."""

from __future__ import annotations

import re
from collections.abc import Container

from archiver.reading.words import is_home
from archiver.vietnamese.text import clean, fold
from archiver.vietnamese.titles import is_site_name

PROVINCES = (
    "An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Bình Dương",
    "Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Đắk Nông",
    "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang", "Hà Nam", "Hà Nội", "Hà Tĩnh", "Hải Dương",
    "Hải Phòng", "Hậu Giang", "Hòa Bình", "Huế", "Hưng Yên", "Khánh Hòa", "Kiên Giang", "Kon Tum", "Lai Châu",
    "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Long An", "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ",
    "Phú Yên", "Quảng Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh",
    "Thái Bình", "Thái Nguyên", "Thanh Hóa", "Thừa Thiên Huế", "Thành phố Hồ Chí Minh", "Tiền Giang", "Trà Vinh",
    "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc", "Yên Bái",
)  # fmt: skip
"""All that there were before the merger of 1 July 2025 and all that there are since; hosts kept the older names."""

_OTHER_LABELS = {"hochiminhcity": "Thành phố Hồ Chí Minh", "tphcm": "Thành phố Hồ Chí Minh"}
_STATE = ("gov.vn", "dcs.vn")  # of the state, and of the party
_NOT_LETTERS = re.compile(r"[^a-z-]")
_BY_LABEL = {_NOT_LETTERS.sub("", fold(name).lower()): name for name in PROVINCES} | _OTHER_LABELS
_UNITS = ("thành phố", "thị xã", "thị trấn", "huyện", "quận", "phường", "tỉnh", "xã", "sở")
_UNIT = re.compile(rf"(?:^|\s)({'|'.join(_UNITS)})\s+(?!ủy)(?=\w)", re.IGNORECASE)
_SITE_WORDS = re.compile(
    r"(?:cổng|trang)\s+(?:thông tin|giao tiếp)(?:\s+điện tử)?|ubnd|ủy ban nhân dân|của|" + "|".join(_UNITS),
    re.IGNORECASE,
)
_MARK = re.compile(r"\s+[-–—|»]\s+")
_NOT_OF_KEYS = re.compile(r"[^a-z0-9]+")


def province_of(host: str) -> str | None:
    """The province under whose name a host stands; null for one that stands under no province's.

    >>> province_of("myhao.hungyen.gov.vn"), province_of("hungyen.gov.vn"), province_of("tuangiao.gov.vn")
    ('Hưng Yên', 'Hưng Yên', None)
    >>> province_of("xuyenmoc.baria-vungtau.gov.vn"), province_of("hungyen.example")
    ('Bà Rịa - Vũng Tàu', None)
    """
    for ending in _STATE:
        stem, dot, rest = host.rpartition(f".{ending}")
        if dot and not rest:
            return _BY_LABEL.get(stem.rpartition(".")[2])
    return None


def unit_of(site_name: str | None) -> str | None:
    """The kind of unit that a site's name names; null where it names none.

    >>> unit_of("CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ MỸ HÀO"), unit_of("UBND huyện Tủa Chùa"), unit_of("Sa Pa")
    ('thị xã', 'huyện', None)
    >>> unit_of("Huyện ủy Phù Cừ")
    """
    found = _UNIT.search(clean(site_name or ""))
    return " ".join(found[1].lower().split()) if found else None


def as_name(site_name: str) -> str:
    """A site's name as a portal is called: of one in capitals, those of the place alone.

    >>> as_name("CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ MỸ HÀO"), as_name("Cổng Thông tin điện tử tỉnh Khánh Hòa")
    ('Cổng thông tin điện tử thị xã Mỹ Hào', 'Cổng Thông tin điện tử tỉnh Khánh Hòa')
    """
    if not site_name.isupper():
        return site_name
    name = site_name.title()
    name = _SITE_WORDS.sub(lambda words: words[0].lower(), name)
    return (name[:1].upper() + name[1:]).replace("Ubnd", "UBND").replace("ubnd", "UBND")


def parted(window_title: str, article_title: str | None = None) -> tuple[str | None, str | None]:
    """A window's title as (what it calls the page, what it calls the site); null for what it does not call.

    >>> parted("Lễ hội - 2023 - CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ MỸ HÀO")
    ('Lễ hội - 2023', 'CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ MỸ HÀO')
    >>> parted("Lễ hội - Sa Pa", "Lễ hội"), parted("Trang chủ")
    (('Lễ hội', 'Sa Pa'), ('Trang chủ', None))
    >>> parted("Trang chủ - UBND thị xã Mỹ Hào")
    ('Trang chủ', 'UBND thị xã Mỹ Hào')
    """
    title = clean(window_title)
    marks = list(_MARK.finditer(title))
    if _is_site(title) and not (marks and is_home(title[: marks[0].start()])):
        return None, title
    for mark in marks:
        before, behind = title[: mark.start()], title[mark.end() :]
        if is_home(before) or _is_site(behind) or (article_title and before == article_title):
            return before, behind
        if _is_site(before) or (article_title and behind == article_title):
            return behind, before
    return title or None, None


def key_for(host: str, taken: Container[str]) -> str:
    """A short name for a portal that no other has: the first part of its host, or its first two.

    >>> key_for("www.sapa.laocai.gov.vn", ()), key_for("sapa.laocai.gov.vn", ("sapa",))
    ('sapa', 'sapa-laocai')
    """
    labels = [_NOT_OF_KEYS.sub("-", label).strip("-") for label in host.lower().removeprefix("www.").split(".")]
    keys = ["-".join(labels[:count]) for count in range(1, len(labels) + 1)]
    return next((key for key in keys if key and key not in taken), keys[-1])


def _is_site(text: str) -> bool:
    return is_site_name(text) and not is_home(text)
