"""The portals that come with the program: values that can be crawled, and authorities that something proves."""

import re
from datetime import date

import pytest

from archiver.portals import PORTALS, Authority
from archiver.portals.addresses import canonical, is_on
from archiver.portals.known import KNOWN
from archiver.portals.platforms import PLATFORMS
from archiver.portals.registry import is_made_up
from archiver.probing.value import TODO

REAL = [portal for portal in KNOWN if not is_made_up(portal)]
TENURES = [(portal, tenure) for portal in KNOWN for tenure in portal.tenures]
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def authorities_of(portal):
    for tenure in portal.tenures:
        each: Authority | None = tenure.authority
        while each is not None:
            yield each
            each = each.successor


def test_there_are_portals_of_several_platforms():
    assert len(REAL) >= 8
    assert len({portal.platform.key for portal in REAL} - {"landmarks"}) >= 4
    assert all(PLATFORMS[portal.platform.key] is portal.platform for portal in KNOWN)


@pytest.mark.parametrize("portal", KNOWN, ids=lambda portal: portal.key)
def test_its_home_page_is_its_own(portal):
    assert is_on(portal, portal.url)
    assert portal.url.endswith("/")
    assert portal.hosts[0] in portal.url


@pytest.mark.parametrize("portal", KNOWN, ids=lambda portal: portal.key)
def test_nothing_is_left_to_do(portal):
    """What `archiver probe` could not prove, a person has to say."""
    said = (portal.name, portal.province, portal.unit_type or "", *portal.site_names)
    assert [text for text in said if TODO in text] == []


def test_an_older_name_is_the_same_portal():
    portal = PORTALS["thieuhoa"]
    new, old = (
        f"https://{host}/portal/Pages/2021-3-4/a.aspx" for host in ("thieuhoa.thanhhoa.gov.vn", "thieuhoa.gov.vn")
    )
    assert canonical(portal, old) == canonical(portal, new)


def test_no_two_portals_share_a_host():
    hosts = [host for portal in KNOWN for host in portal.hosts]
    assert len(hosts) == len(set(hosts))


def test_weaker_tls_is_for_one_portal_alone():
    assert [portal.key for portal in KNOWN if portal.tls != "usual"] == ["hungyen"]
    assert [portal.key for portal in REAL if portal.url.startswith("http:")] == ["phucu"]


@pytest.mark.parametrize(("portal", "tenure"), TENURES, ids=lambda each: getattr(each, "key", ""))
def test_what_is_said_of_an_authority_is_proven(portal, tenure):
    for each in (tenure, *authorities_of(portal)):
        assert each.source
        for day in (each.valid_from, each.valid_to):
            assert day is None or _DAY.fullmatch(day)
            assert day is None or len(day) < 10 or date.fromisoformat(day)


@pytest.mark.parametrize("portal", [each for each in KNOWN if each.tenures], ids=lambda portal: portal.key)
def test_one_authority_at_a_time(portal):
    """Each ends before the next begins, and what followed it is what is said to have followed."""
    pairs = list(zip(portal.tenures, portal.tenures[1:], strict=False))
    assert all(before.valid_to < after.valid_from for before, after in pairs)
    assert all(before.authority.successor is after.authority for before, after in pairs)


def test_a_key_names_one_authority():
    known = {}
    for each in (each for portal in KNOWN for each in authorities_of(portal)):
        assert known.setdefault(each.key, each) is each


@pytest.mark.parametrize("key", [key for key, platform in PLATFORMS.items() if platform.fragments])
def test_what_lists_post_for_is_said_without_a_contradiction(key):
    said = PLATFORMS[key].fragments
    taken = [name for name, _ in said.taken]
    fields = [*taken, said.page, *(name for name, _ in said.said)]
    assert len({name.lower() for name in fields}) == len(fields)
    assert {said.size, *said.named_by} <= set(taken)
    assert said.path.startswith("/")
    assert re.compile(said.pages).groups == 1
    assert all(re.compile(pattern).groups == 0 for _, pattern in said.taken)
