"""Texts in codes of before Unicode are known from those that are not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.vietnamese.legacy import legacy_code

UNICODE = (
    "Ủy ban nhân dân thị xã An Thuận ban hành Quyết định về việc phê duyệt kết quả xét, trợ cấp cho các đối tượng bảo trợ "
    "xã hội; hoà bình, khoẻ mạnh, thuỷ lợi, quý, tuần, luân chuyển, quê hương, ngoằn ngoèo, khoét, xoè, loá, Đoàn, ĐÂY"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ÑIEÅM BAÙO", "VNI"),
        ("UÛY BAN NHAÂN DAÂN TÆNH", "VNI"),
        ("Uûy ban nhaân daân thò xaõ ban haønh Quyeát ñònh veà vieäc pheâ duyeät", "VNI"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI"),
        ("Uû ban nh©n d©n tØnh H­ng Yªn", "TCVN3"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "TCVN3"),
        ("§éc lËp - Tù do - H¹nh phóc", "TCVN3"),
        (f"{UNICODE}. Uû ban nh©n d©n tØnh, céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp Tù do H¹nh phóc", "TCVN3"),
        (UNICODE, None),
        (UNICODE.upper(), None),
        (f"{UNICODE}. Bản in lỗi: nh©n d©n", None),
        ("", None),
        ("The quick brown fox, 5 µm, 10 m², © 2021, façade, naïve", None),
        ("L'été à Paris, où l'élève a reçu son diplôme; très bien, déjà", None),
        ("12,5 km², 3 m³, 30°C, 1½, 5×7, a·b", None),
        ("Uy ban nhan dan thi xa", None),
    ],
)
def test_codes(text, code):
    assert legacy_code(text) == code


def test_no_page_in_unicode_is_taken_for_legacy():
    pages = Path(__file__).parent.parent.rglob("*.json")
    assert [page.name for page in pages if legacy_code(page.read_text(encoding="utf-8"))] == []


@given(st.text())
def test_any_text(text):
    assert legacy_code(text) in (None, "VNI", "TCVN3")
