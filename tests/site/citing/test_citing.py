"""References, read back by those who do not know how they were written."""

import json
import re
from dataclasses import replace
from urllib.parse import unquote

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from archiver.site.citing.bibtex import bibtex, escaped
from archiver.site.citing.csl import csl
from archiver.site.citing.embedded import coins, tags
from archiver.site.citing.plain import plain
from archiver.site.citing.reference import Reference, authors_of
from archiver.site.citing.ris import ris

REFERENCE = Reference(
    portal="anthuan",
    key="lssx4x6vbc",
    title="Thị xã An Thuận: họp bàn “3 tăng, 1 giảm” & 100% {kế hoạch} số 12_KH/TU",
    authors=("Lê Văn Mẫu", "Quách Thị Sen"),
    publisher="Cổng thông tin điện tử thị xã An Thuận",
    published_on="2021-12-28",
    url="https://anthuan.example/portal/Pages/Tin%20so-1.aspx?id=1&x=#a_b",
    permalink="https://archive.example/kho/a/lssx4x6vbc",
    archive="Kho lưu trữ cổng thông tin địa phương",
    archived_on="2021-12-29",
    capture_key="00aa11bb22cc33dd44ee",
    sha256="ab" * 32,
    revision=2,
)
BARE = replace(REFERENCE, authors=(), published_on=None, sha256=None, title="Thông báo")
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60).map(
    lambda text: " ".join(text.split())
)


def bibtex_fields(text):
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry, {field.key: field.value for field in entry.fields}


def shown(latex):
    """As LaTeX prints it; this reader does not know the commands for braces, and has accents of its own."""
    known = latex.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    return LatexNodes2Text().latex_to_text(known).translate(str.maketrans("ˆ˜", "^~"))


def test_bibtex_keeps_names_and_title_as_they_are():
    entry, fields = bibtex_fields(bibtex(REFERENCE))
    assert (entry.entry_type, entry.key) == ("misc", "anthuan-lssx4x6vbc")
    assert fields["author"] == "{Lê Văn Mẫu} and {Quách Thị Sen}"
    assert fields["title"].startswith("{")
    assert fields["title"].endswith("}")
    assert shown(fields["title"]) == REFERENCE.title
    assert (fields["year"], fields["month"], fields["day"]) == ("2021", "dec", "28")
    assert fields["howpublished"] == REFERENCE.publisher
    assert fields["url"] == REFERENCE.url
    assert fields["urldate"] == "2021-12-29"
    assert r"\url{https://archive.example/kho/a/lssx4x6vbc}" in fields["note"]
    assert REFERENCE.sha256 in fields["note"]


def test_bibtex_says_nothing_that_is_not_known():
    _, fields = bibtex_fields(bibtex(BARE))
    assert not {"author", "year", "month", "day"} & fields.keys()
    assert "SHA-256" not in fields["note"]


@given(words)
def test_no_title_breaks_bibtex(title):
    if title:
        _, fields = bibtex_fields(bibtex(replace(REFERENCE, title=title, authors=(title,))))
        assert fields["title"] == f"{{{escaped(title)}}}"
        assert fields["author"] == f"{{{escaped(title)}}}"


@given(st.text("\\{}&%$#_~^ aĐ", max_size=30))
def test_what_latex_prints_is_what_was_published(text):
    assert shown(escaped(text)).replace("\xa0", " ").split() == text.split()


def test_ris_is_read_with_names_in_one_piece():
    (entry,) = rispy.loads(ris(REFERENCE))
    assert entry["type_of_reference"] == "ELEC"
    assert entry["authors"] == ["Lê Văn Mẫu", "Quách Thị Sen"]
    assert entry["title"] == REFERENCE.title
    assert entry["date"] == "2021/12/28/"
    assert entry["access_date"] == "2021/12/29/"
    assert entry["urls"] == [REFERENCE.url]
    assert entry["name_of_database"] == REFERENCE.archive
    assert entry["accession_number"] == REFERENCE.permalink
    assert entry["language"] == "vi"
    assert REFERENCE.sha256 in "".join(entry["notes"])


@given(words)
def test_ris_stays_one_record_whatever_the_title(title):
    text = ris(replace(REFERENCE, title=f"{title}\r\nER  - \r\nTY  - JOUR", authors=(f"{title}\nAU  - X",)))
    assert [line[:6] for line in text.split("\r\n")].count("ER  - ") == 1
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.split("\r\n")[:-1])
    assert text.endswith("ER  - \r\n")


def test_ris_of_an_article_without_author_and_day():
    (entry,) = rispy.loads(ris(BARE))
    assert not {"authors", "date", "year"} & entry.keys()


def test_csl_has_literal_names_and_dates_in_parts():
    item = json.loads(json.dumps(csl(REFERENCE)))
    assert item["author"] == [{"literal": "Lê Văn Mẫu"}, {"literal": "Quách Thị Sen"}]
    assert item["issued"] == {"date-parts": [[2021, 12, 28]]}
    assert item["accessed"] == {"date-parts": [[2021, 12, 29]]}
    assert (item["type"], item["language"]) == ("webpage", "vi")
    assert (item["URL"], item["archive_location"]) == (REFERENCE.url, REFERENCE.permalink)
    assert item["archive"] == REFERENCE.archive
    assert not {"author", "issued"} & csl(BARE).keys()


def test_plain_text_in_both_languages():
    assert plain(REFERENCE, "en") == (
        "Lê Văn Mẫu, and Quách Thị Sen. “Thị xã An Thuận: họp bàn ‘3 tăng, 1 giảm’ & 100% {kế hoạch} số 12_KH/TU.” "
        "Cổng thông tin điện tử thị xã An Thuận, December 28, 2021. "
        "https://anthuan.example/portal/Pages/Tin%20so-1.aspx?id=1&x=#a_b. "
        "Archived December 29, 2021, at https://archive.example/kho/a/lssx4x6vbc (revision 2)."
    )
    assert plain(replace(BARE, title="Vì sao?"), "vi") == (
        "“Vì sao?”. Cổng thông tin điện tử thị xã An Thuận, không ghi ngày. "
        "https://anthuan.example/portal/Pages/Tin%20so-1.aspx?id=1&x=#a_b. "
        "Bản lưu ngày 29 tháng 12 năm 2021 tại https://archive.example/kho/a/lssx4x6vbc (bản thứ 2)."
    )
    assert "“Vì sao?” Cổng" in plain(replace(BARE, title="Vì sao?"), "en")


@pytest.mark.parametrize(
    ("signed", "authors"),
    [
        (None, ()),
        ("  ", ()),
        ("Lê Văn Mẫu", ("Lê Văn Mẫu",)),
        ("Lê Văn Mẫu - Bùi Thị Hảo", ("Lê Văn Mẫu", "Bùi Thị Hảo")),
        ("Lê Văn Mẫu, Bùi Thị Hảo và Vũ Hữu Tựu", ("Lê Văn Mẫu", "Bùi Thị Hảo", "Vũ Hữu Tựu")),
        ("ĐOÀN LOAN; NGÔ XUÂN", ("ĐOÀN LOAN", "NGÔ XUÂN")),
        ("Phòng Văn hóa và Thông tin", ("Phòng Văn hóa và Thông tin",)),
        ("Đài Truyền thanh thị xã", ("Đài Truyền thanh thị xã",)),
        ("HYTV", ("HYTV",)),
        ("Theo Báo An Thuận, ngày 3/4", ("Theo Báo An Thuận, ngày 3/4",)),
    ],
)
def test_authors_are_told_apart_only_where_all_are_names(signed, authors):
    assert authors_of(signed) == authors


# -- as Zotero reads pages: a name is cut at its last space, unless it has a comma or comes as a last name --------------


def name_taken_apart(author):
    """What becomes of an author: (first, last)."""
    by_comma = "," in author
    author = author.strip(" .,/[]:")
    if by_comma:
        last, _, first = author.partition(",")
        return first.strip(), last
    first, _, last = author.rpartition(" ")
    return first, last


def context_object(title):
    """Type, title and creators that a reader of COinS finds."""
    pairs = [(name, unquote(value.replace("+", " "))) for name, value in (part.split("=") for part in title.split("&"))]
    first = dict(reversed(pairs))
    assert first["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:dc"
    last_names = [("", value) for name, value in pairs if name == "rft.aulast"]
    return first, last_names + [name_taken_apart(value) for name, value in pairs if name in ("rft.au", "rft.creator")]


def test_coins_gives_a_web_page_with_whole_names():
    found, creators = context_object(coins(REFERENCE))
    assert creators == [("", "Lê Văn Mẫu"), ("", "Quách Thị Sen")]
    assert found["rft.title"] == REFERENCE.title
    assert (found["rft.type"], found["rft.date"], found["rft.language"]) == ("webpage", "2021-12-28", "vi")
    assert found["rft.identifier"] == REFERENCE.permalink
    assert found["rft.source"] == REFERENCE.publisher
    assert "rft.date" not in context_object(coins(BARE))[0]


def test_coins_has_no_sign_that_ends_a_value():
    title = coins(replace(REFERENCE, title="a+b=c&d;e “f” %41"))
    assert context_object(title)[0]["rft.title"] == "a+b=c&d;e “f” %41"
    assert not set(title) & set('"<>; +')


def test_tags_give_a_web_page_with_whole_names():
    found = tags(REFERENCE)
    authors = [content for name, content in found if name == "citation_author"]
    assert [name_taken_apart(author) for author in authors] == [("", "Lê Văn Mẫu"), ("", "Quách Thị Sen")]
    values = dict(found)
    assert values["citation_title"] == REFERENCE.title
    assert values["citation_publication_date"] == "2021/12/28"
    assert values["citation_public_url"] == REFERENCE.permalink
    assert values["DC.type"] == "webpage", "else it is taken for an article of a journal"
    assert values["DC.source"] == REFERENCE.url
    assert ("DC.creator", "Lê Văn Mẫu") in found
    assert not [name for name, _ in tags(BARE) if "author" in name or "date" in name]
