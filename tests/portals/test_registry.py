"""Portals of our own, and of other packages that are installed."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from archiver.portals import PORTALS
from archiver.portals.known import KNOWN
from archiver.portals.registry import by_key, is_made_up, portals_in
from tests.driving.packages import install_towns


def test_a_package_may_bring_portals(tmp_path):
    environment = install_towns(tmp_path, 3)
    line = [sys.executable, "-m", "archiver", "portals", "--json"]
    ran = subprocess.run(line, env=environment, capture_output=True, text=True, check=True)
    keys = [json.loads(line)["portal"] for line in ran.stdout.splitlines()]
    assert keys[:2] == ["myhao", "demo"]
    assert keys[-3:] == ["town-1", "town-2", "town-3"]


@pytest.mark.parametrize(("key", "complaint"), [("demo", "two portals are called 'demo'"), ("../x", "no key")])
def test_a_key_names_one_portal_and_can_name_a_file(key, complaint):
    with pytest.raises(ValueError, match=complaint):
        by_key((PORTALS["demo"], replace(PORTALS["myhao"], key=key)))


def test_the_demo_stands_on_no_network():
    assert is_made_up(PORTALS["demo"])
    assert not is_made_up(PORTALS["myhao"])


VALUE = """
from archiver.portals import PORTALS
from dataclasses import replace

{name} = replace(PORTALS["demo"], key={key!r})
"""


def test_a_file_is_all_that_a_new_portal_needs(tmp_path, monkeypatch):
    package = tmp_path / "towns_of_a_test"
    package.mkdir()
    for name, key in (("binh_an", "binh-an"), ("an_phu", "an-phu"), ("first", "first")):
        (package / f"{name}.py").write_text(VALUE.format(name=name.upper(), key=key), encoding="utf-8")
    (package / "between.py").write_text("from towns_of_a_test.an_phu import AN_PHU\nBOTH = (AN_PHU,)\n")
    (package / "laws.py").write_text("LAST_DAY = '2025-06-30'\n")
    monkeypatch.syspath_prepend(tmp_path)
    keys = [portal.key for portal in portals_in("towns_of_a_test", [str(package)], ("first", "absent"))]
    assert keys == ["first", "an-phu", "binh-an"]


def test_every_file_of_our_own_is_found_and_none_twice():
    assert [portal.key for portal in KNOWN[:2]] == ["myhao", "demo"]
    assert len(KNOWN) == len({portal.key for portal in KNOWN}) == len(PORTALS) >= 24
