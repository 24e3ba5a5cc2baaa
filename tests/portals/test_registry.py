"""Portals of our own, and of other packages that are installed."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from archiver.portals import PORTALS
from archiver.portals.registry import by_key, is_made_up
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
