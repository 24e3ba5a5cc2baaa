"""Days beside an article that are not that of its publishing: of a change, of its source, and what is none."""

import pytest

from archiver.portals.platforms import PLATFORMS
from archiver.portals.platforms.landmarks import LANDMARKS
from archiver.probing.looking import unknown
from archiver.reading.page import read

TITLE = "Hội nghị sơ kết công tác sáu tháng đầu năm"
TEXT = "Ủy ban nhân dân thị xã tổ chức hội nghị sơ kết công tác sáu tháng đầu năm tại hội trường lớn."
URL = "https://vinhlac.example/tin-1.html"


def article(header, behind="", title="<h1>", platform=LANDMARKS):
    text = f"<div itemprop='articleBody'><p>{TEXT}</p><p>{TEXT}</p>{behind}</div>"
    markup = f"<html><body>{title}{TITLE}</h1>{header}{text}</body></html>"
    return read(markup.encode(), unknown(URL, platform), URL).article


@pytest.mark.parametrize(
    "header",
    [
        "<p>Ngày đăng: 08/07/2024 11:38 | Cập nhật: 20/11/2026 08:00</p>",
        "<p>Cập nhật: 20/11/2026 08:00 | Ngày đăng: 08/07/2024 11:38</p>",
        "<p>Ngày đăng: 08/07/2024 11:38 - Ngày cập nhật cuối: 20/11/2026 | Lượt xem: 12</p>",
        "<p>(Đăng ngày 08/07/2024 11:38, chỉnh sửa lúc 20/11/2026 8:00 SA)</p>",
        "<p>Cập nhật: 20/11/2026 08:00</p><p>Ngày đăng: 08/07/2024 11:38</p>",
        "<p>Cập nhật lúc: 20/11/2026 08:00</p><p>08/07/2024 | 11:38 AM</p>",
        "<p>Ngày đăng: 08/07/2024 11:38</p><p>Cập nhật: 20/11/2026 08:00</p>",
        "<p>08/07/2024 11:38</p><p>Cập nhật: 20/11/2026 08:00</p>",
    ],
)
def test_the_day_of_publishing_counts(header):
    found = article(header)
    assert (found.title, found.body) == (TITLE, f"{TEXT}\n\n{TEXT}")
    assert found.published_at == "2024-07-08T11:38:00+07:00"
    assert "2026" not in found.published_raw


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("<p>Cập nhật lúc 17/05/2024 3:17 CH</p>", "2024-05-17"),
        ("<p>Cập nhật lúc 17/05/2024</p><p>Ngày 05/02/2017</p>", "2024-05-17"),
        ("<p>17/05/2024</p><p>Đăng ngày (cập nhật 20/11/2026) 08/07/2024</p>", "2024-05-17"),
    ],
)
def test_a_day_of_change_alone_is_what_is_known(header, day):
    assert article(header).published_on == day


@pytest.mark.parametrize(("signed", "author"), [
    ("Nguồn: Báo An Thuận, ngày 03/03/2013", "Báo An Thuận"), ("Nguồn: baomau.example (03/03/2013)", "baomau.example"),
])  # fmt: skip
def test_the_day_of_a_source_is_no_part_of_its_name(signed, author):
    found = article(f"<p>Đăng ngày 08/07/2024</p><p>{TEXT}</p>", f"<p>{signed}</p>")
    assert (found.author, found.author_raw) == (author, signed)


@pytest.mark.parametrize("counters", ["| Lượt xem: 102", "35 0"])
def test_counters_where_a_date_would_stand_are_none(counters):
    header = f"<div class='post-date'>{counters}</div>"
    found = article(header, title="<h1 itemprop='headline'>", platform=PLATFORMS["hungyen"])
    assert (found.title, found.published_raw, found.published_on) == (TITLE, None, None)
