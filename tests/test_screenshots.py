"""The README's pictures: each is there, small, and told in words."""

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "docs")
    return importlib.import_module("screenshots")


def test_the_readme_shows_those_that_the_script_takes(script):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = {name: words for words, name in re.findall(r"\[([^\]]+)\]\(docs/screenshots/([a-z]+)\.png\)", readme)}
    assert shown.keys() == {shot.name for shot in script.SHOTS}
    assert {file.stem for file in script.FOLDER.glob("*.png")} == shown.keys()
    for name in re.findall(r"!\[[^\]]+\]\(docs/screenshots/([a-z]+)\.png\)", readme):
        assert len(shown[name]) > 60, "what is on it, for who does not see it"


def test_they_are_small(script):
    for file in script.FOLDER.glob("*.png"):
        assert file.stat().st_size < 150_000, file.name
