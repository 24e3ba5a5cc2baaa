"""Files may be cut off or damaged anywhere: what comes of them is a text, or a problem, or both."""

import signal
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.files.reading import read_file
from archiver.items import FileText
from tests.files.making import ARTICLE, DECISION, ROWS, docx, p, pdf, table
from tests.files.test_xlsx import xlsx

WHOLE = {
    "PDF": pdf(DECISION, ROWS, ARTICLE),
    "DOCX": docx(p(DECISION) + table(ROWS) + p(ARTICLE)),
    "XLSX": xlsx({"Một": ROWS, "Hai": ROWS}),
}
HANGING = 60  # seconds: far beyond what any file here takes


@pytest.fixture(autouse=True)
def no_hanging():
    signal.alarm(HANGING)
    yield
    signal.alarm(0)


def checked(body, name=None):
    file = read_file(body, name)
    assert isinstance(file, FileText)
    assert file.text or file.problems
    if file.text is not None:
        assert file.text == file.text.strip()
        assert unicodedata.is_normalized("NFC", file.text)
        assert "\x00" not in file.text
        file.text.encode()
    return file


@pytest.mark.parametrize("kind", WHOLE)
def test_cut_off_anywhere(kind):
    whole = WHOLE[kind]
    for end in [*range(0, len(whole), max(1, len(whole) // 150)), *range(len(whole) - 60, len(whole))]:
        file = checked(whole[:end], f"van-ban.{kind.lower()}")
        assert file.format == kind or (end == 0 and file.format is None)


BROAD = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@BROAD
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_any_damage(kind, data):
    body = WHOLE[kind]
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(body)))
        length = data.draw(st.integers(0, 60))
        body = body[:start] + data.draw(st.binary(max_size=20)) + body[start + length :]
    checked(body, f"van-ban.{kind.lower()}")


XML = st.sampled_from(
    ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:del>",
     "</w:del>", "<w:br/>", "<w:tab/>", "chữ", "&lt;", "&#x1;", "<!-- -->", "<?x?>", "<w:vanish/>", "<mc:Fallback>", "</mc:Fallback>", "<x/>"]
)  # fmt: skip


@BROAD
@given(st.lists(XML, max_size=40).map("".join))
def test_any_markup_of_a_docx(body):
    checked(docx(body))


@BROAD
@given(st.lists(XML.filter(lambda each: "/" not in each), max_size=12))
def test_any_nesting_in_a_docx(tags):
    opened = [tag for tag in tags if tag.startswith(("<w:", "<mc:"))]
    checked(docx("".join(tags) + "".join(f"</{tag[1:]}" for tag in reversed(opened))))


@BROAD
@given(
    st.binary(max_size=300),
    st.sampled_from(["", "%PDF-1.7\n", "PK\x03\x04", "Rar!"]),
    st.sampled_from(["a.pdf", "a.docx", "a.xlsx", None]),
)
def test_any_bytes(body, magic, name):
    checked(magic.encode() + body, name)
