"""What names a page. The golden file pins `canonical`: a changed line there is a changed permalink."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.portals import PORTALS
from archiver.portals.addresses import absolute, canonical, is_page, is_trap, tidy

MYHAO = PORTALS["myhao"]
GOLDEN = json.loads((Path(__file__).parent / "canonical.json").read_text(encoding="utf-8"))
HOME = "https://myhao.hungyen.gov.vn"


@pytest.mark.parametrize("group", GOLDEN, ids=[group["canonical"] for group in GOLDEN])
def test_addresses_of_one_page_have_one_canonical_form(group):
    assert {canonical(MYHAO, address) for address in group["addresses"]} == {group["canonical"]}


def test_different_pages_have_different_forms():
    forms = [group["canonical"] for group in GOLDEN]
    assert len(set(forms)) == len(forms)


@pytest.mark.parametrize("group", GOLDEN, ids=[group["canonical"] for group in GOLDEN])
def test_tidying_keeps_letter_case_and_loses_what_names_nothing(group):
    for address in group["addresses"]:
        assert tidy(MYHAO, tidy(MYHAO, address)) == tidy(MYHAO, address)
    assert tidy(MYHAO, f"{HOME}:443/portal/Pages/Tin-A.aspx?v=2#top") == f"{HOME}/portal/Pages/Tin-A.aspx"


@given(st.text(max_size=200))
def test_any_address_can_be_tidied(text):
    for address in (text, f"{HOME}/{text}", f"http://{text}"):
        assert canonical(MYHAO, canonical(MYHAO, address)) == canonical(MYHAO, address)
        assert isinstance(is_page(MYHAO, tidy(MYHAO, address)), bool)
        assert isinstance(is_trap(address), bool)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_link_can_be_resolved(base, href):
    assert isinstance(absolute(f"{HOME}/portal/{base}", href), str)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a.aspx", f"{HOME}/a.aspx"),
        ("b.aspx", f"{HOME}/portal/Pages/b.aspx"),
        ("../b.aspx", f"{HOME}/portal/b.aspx"),
        ("?PageIndex=2", f"{HOME}/portal/Pages/tin.aspx?PageIndex=2"),
        ("//other.vn/x", "https://other.vn/x"),
        ("http://other.vn/x", "http://other.vn/x"),
        (" /a.aspx\n", f"{HOME}/a.aspx"),
        ("http://[", "http://["),
    ],
)
def test_links_resolve_as_in_a_browser(href, url):
    assert absolute(f"{HOME}/portal/Pages/tin.aspx?id=1", href) == url


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/portal/Pages/tin.aspx", True),
        ("/portal/Pages/tin.aspx?PageIndex=2", True),
        ("/", True),
        ("/portal/pages/print.aspx?p=31310", False),
        ("/portal/pages/tin.aspx?print=1", False),
        ("/portal/VanBan/2023-06/a.pdf", False),
        ("/portal/Photos/2023-06-09/a.JPG", False),
        ("/style.css?x=1", False),
    ],
)
def test_what_may_be_a_page(address, page):
    assert is_page(MYHAO, tidy(MYHAO, HOME + address)) is page


def test_other_sites_have_no_pages_of_the_portal():
    assert not is_page(MYHAO, "https://hungyen.gov.vn/portal/Pages/tin.aspx")
    assert not is_page(MYHAO, "https://myhao.hungyen.gov.vn.evil.example/")
    assert not is_page(MYHAO, "https://myhao.hungyen.gov.vn:8443/")
    assert not is_page(MYHAO, "mailto:a@myhao.hungyen.gov.vn")


@pytest.mark.parametrize(
    ("address", "trap"),
    [
        ("/en/vi/en/vi/", True),
        ("/a/b/a/b/a/b", True),
        ("/x/x/x/", True),
        ("/tin-tuc/tin-tuc/a.aspx", False),
        ("/portal/Pages/2021-12-28/a.aspx", False),
        ("/" + "a/b" * 30, True),
        ("/" + "a" * 3000, True),
    ],
)
def test_traps(address, trap):
    assert is_trap(HOME + address) is trap
