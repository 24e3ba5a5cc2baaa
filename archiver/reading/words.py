"""The words by which a page's parts are recognised, compared without marks and in lower case."""

from __future__ import annotations

import re
from functools import lru_cache

from archiver.vietnamese.text import fold


def _phrases(text: str) -> list[str]:
    """Phrases parted by semicolons, over several lines."""
    return [" ".join(phrase.split()) for phrase in text.split(";")]


LATEST = "tin moi nhat"
_LIST_HEADINGS = frozenset(
    _phrases(
        """tin moi nhat; tin lien quan; tin khac; cac tin khac; tin cung chuyen muc; cung chuyen muc; tin noi bat;
        tin moi;
        tin moi hon; tin cu hon; nhung tin moi hon; nhung tin cu hon; cac tin moi hon; cac tin cu hon; tin da dua;
        cac tin da dua; tin tuc khac; tin tuc lien quan; tin tuc moi; tin tuc moi nhat; bai viet khac;
        cac bai viet khac;
        bai viet lien quan; bai lien quan; tin bai khac; tin bai lien quan; theo dong su kien; tin doc nhieu;
        tin xem nhieu;
        xem nhieu nhat; doc nhieu nhat; tin tieu diem"""
    )
)
_END_OF_ARTICLE = re.compile(
    "|".join(
        _phrases(
            r"""y kien (?:ban doc|cua ban); ban doc phan hoi; gui (?:binh luan|y kien|phan hoi);
            binh luan(?: \(\d+\))?$;
            viet binh luan; (?:tu khoa|the|tags?|the loai)\s*:; ban quyen; copyright; ©; chiu trach nhiem;
            giay phep (?:so|thiet lap); ghi ro nguon; \d+ nguoi dang (?:online|truc tuyen|truy cap);
            (?:dang|so|tong)(?: so)?(?: luot)? truy cap; thong ke truy cap; ve dau trang; len dau trang;
            quay lai dau trang; co quan chu quan"""
        )
    )
)
_PAGE_FOOT = re.compile(
    "|".join(
        _phrases(
            r"""(?:dia chi|tru so|dien thoai|email|fax|hotline|duong day nong)\b.{0,3}:;
            (?:cong|trang) (?:thong tin|ttdt);
            (?:ubnd|uy ban nhan dan)\b.{0,60} - (?:dia chi|dien thoai)"""
        )
    )
)
_TOOLS = "|".join(
    _phrases(
        r"""(?:so )?luot (?:xem|doc|truy cap); da xem; view count; views?; phan hoi; binh luan;
        (?:tang |giam |xem )?co chu;
        mac dinh; in trang(?: nay)?; in bai(?: viet)?; ban in; in; gui (?:e-?mail|mail|bai(?: viet)?|cho ban be);
        e-?mail;
        print; pdf; chia se; facebook; zalo; twitter; tweet; like; thich; google\+?; linkedin; messenger; quay lai;
        quay ve;
        tro lai; tro ve; ve trang truoc; len dau trang; ve dau trang; (?:nghe|doc|luu) bai viet; xem tat ca; xem them;
        \d+ nguoi dang (?:online|truc tuyen|truy cap); (?:dang|tong luot) (?:online|truy cap);
        (?:click de )?danh gia bai viet; tong so diem cua bai viet la; \d+ trong \d+ danh gia;
        \d{1,3}(?:[.,]\d{3})*\s?%?; aa?[-+]?"""
    )
)
# Possessive, here and in the dates: "0321 3943 123 …" can be cut into tools and numbers in more ways than can be tried.
_FURNITURE = re.compile(rf"(?:(?:{_TOOLS})(?![a-z])|[\s|,;:•·+/()\[\]°»«›‹>@&.–—-])++")
_LONGEST_FURNITURE = 120
_NUMBERS_OF_TEXT = re.compile(r"(?=.*\d{4})(?:[^\w%]|\d)+")
_EDGES = " :.-–—|»>*•"
_CRUMB_PARTS = re.compile(r"\s*[»›→]+\s*|\s+(?:>+|/|::)\s+|\s*>+\s*")
_HOME = frozenset(("trang chu", "trang nhat", "home", "trang dau"))

_SIGN_OFF = re.compile(
    r"(?P<label>(?:(?:tin|bài|ảnh|bài viết|thực hiện|tác giả(?:\s+bài viết)?|người (?:viết|đăng|thực hiện)"
    r"|biên tập|nhóm pv|ctv|pv)"
    r"(?:\s*(?:,|và|-|–|/|&)\s*)?){1,4}|nguồn(?:\s+tin)?)\s*:\s*(?P<name>\S.*)",
    re.IGNORECASE,
)
LONGEST_SIGN_OFF = 140
_ATTACHMENT_LABEL = re.compile(
    r"(?:(?:cac|danh sach|xem)\s+)?(?:(?:tai lieu|tep(?: tin)?|file|van ban|tap tin|phu luc)\s*)?"
    r"(?:dinh kem|kem theo|tai (?:ve|xuong)|download)(?:\s+(?:tai day|van ban|file|tep))?\s*[:.]?"
)


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """A cleaned text as words are compared: no marks, lower case. Menus say the same on every page."""
    return fold(text).lower()


def list_heading(text: str) -> str | None:
    """The heading's key, if a line is a heading that lists of other articles stand under.

    >>> list_heading("TIN MỚI NHẤT:"), list_heading("Tin mới nhất cho biết")
    ('tin moi nhat', None)
    """
    if len(text) > 40:
        return None
    heading = key(text).strip(_EDGES)
    return heading if heading in _LIST_HEADINGS else None


def ends_article(text: str) -> bool:
    """Whether a line begins what stands below every article of a portal: comments, tags, the foot of the page."""
    return _END_OF_ARTICLE.match(key(text[:80]).strip(_EDGES)) is not None


def is_page_foot(text: str) -> bool:
    """Whether a line looks like the address at the foot of every page."""
    return _PAGE_FOOT.match(key(text[:200]).strip(_EDGES)) is not None


def is_furniture(text: str) -> bool:
    """Whether a line is nothing but tools and counters.

    A number or a date alone is none: it may be the text's.

    >>> [is_furniture(text) for text in ("- 100% +", "Lượt xem: 1228 | In trang", "In bản đồ", "15", "20/02/2021")]
    [True, True, False, False, False]
    """
    if len(text) > _LONGEST_FURNITURE or text.strip(" .,").isdecimal() or _NUMBERS_OF_TEXT.fullmatch(text):
        return False
    return _FURNITURE.fullmatch(key(text)) is not None


def crumbs(text: str) -> list[str]:
    """The steps of a line that is a breadcrumb from the home page; empty for any other line.

    >>> crumbs("Trang chủ » Tin tức - Sự kiện » Kinh tế")
    ['Trang chủ', 'Tin tức - Sự kiện', 'Kinh tế']
    """
    steps = [step.strip(" >/|") for step in _CRUMB_PARTS.split(text)]
    steps = [step for step in steps if step]
    return steps if len(steps) > 1 and is_home(steps[0]) else []


def is_home(text: str) -> bool:
    """Whether a link text names the home page."""
    return key(text).strip(_EDGES) in _HOME


def sign_off(text: str) -> str | None:
    """Who signs, if a line is a sign-off: the text behind its label.

    >>> sign_off("Tin, ảnh: Bá Pểnh"), sign_off("Theo đó, các xã hoàn thành")
    ('Bá Pểnh', None)
    """
    if len(text) > LONGEST_SIGN_OFF:
        return None
    match = _SIGN_OFF.fullmatch(text.strip("()[] "))
    return match["name"].strip() if match else None


def is_attachment_label(text: str) -> bool:
    """Whether a text only announces attached documents.

    >>> is_attachment_label("Tệp đính kèm:"), is_attachment_label("Văn bản đính kèm gồm hai phụ lục")
    (True, False)
    """
    return len(text) <= 60 and _ATTACHMENT_LABEL.fullmatch(key(text).strip(" -–•>»([])")) is not None
