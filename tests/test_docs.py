"""What documents name is there: commands and their options, targets of make, files, sections."""

import re
import shlex
from collections import Counter
from pathlib import Path

import pytest

from archiver.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "docs" / "adding-a-portal.md"]
INDENTED = re.compile(r"^ {4}(\S.*)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)")
SOURCES = re.compile(r"`((?:archiver|tests|docs)/[\w/.-]+)`")
NUMBERS = {14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen"}
MADE = "vinhlac"  # what the reader makes


def lines(document):
    """The lines that a reader types."""
    return INDENTED.findall(document.read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
class TestDocument:
    def test_every_command_and_option_is_one(self, document):
        typed = [shlex.split(line) for line in lines(document)]
        commands = [words[1:] for words in typed if words[0].endswith("/archiver")]
        assert len(commands) > 3
        for name, *words in commands:
            known = {option for each in main.commands[name].params for option in each.opts}
            assert {word for word in words if word.startswith("-")} <= known, words

    def test_every_target_of_make_is_one(self, document):
        targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
        told = set(re.findall(r"(?:^ {4}|`)make ([\w-]+)", document.read_text(encoding="utf-8"), re.MULTILINE))
        assert {"setup", "lint", "portals"} <= told <= targets

    def test_every_file_and_section_is_there(self, document):
        text = document.read_text(encoding="utf-8")
        sections = {
            re.sub(r"[^\w -]", "", each).strip().lower().replace(" ", "-")
            for each in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        }
        for place, section in LINK.findall(text):
            assert not place or (document.parent / place).exists(), place
            assert place or section in sections, section
        for place in SOURCES.findall(text):
            assert MADE in place or (ROOT / place).exists(), place
        for words in re.findall(r"`(test_\w+)`", text):
            assert any(words in file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py")), words

    def test_every_test_that_is_run_is_there(self, document):
        ran = [
            word for line in lines(document) if "pytest" in line for word in line.split() if word.startswith("tests")
        ]
        assert ran
        assert all((ROOT / word).exists() for word in ran)

    def test_the_readme_leads_to_it(self, document):
        assert f"](docs/{document.name})" in README


class TestReadme:
    def test_every_room_stands_where_things_are(self):
        told = set(re.findall(r"^ {4}archiver/(\w+)/ ", README, re.MULTILINE))
        rooms = {each.parent.name for each in (ROOT / "archiver").glob("*/__init__.py")}
        assert told == rooms

    def test_the_rooms_of_the_store_are_counted(self):
        count = len(list((ROOT / "archiver" / "store").glob("*/__init__.py")))
        assert f"{NUMBERS[count]} rooms" in README

    def test_every_column_table_query_and_key_that_it_names_is_there(self):
        code = "".join(
            file.read_text(encoding="utf-8") for end in ("py", "yaml") for file in (ROOT / "archiver").rglob(f"*.{end}")
        )
        known = set(re.findall(r"\w+", code))
        told = set(re.findall(r"`(?:\w+\.)?([a-z]+(?:_[a-z0-9]+)+)`", README))
        assert len(told) > 10
        assert told <= known


def test_the_list_of_changes_says_each_once():
    """Branches that are joined each bring their lines, and sometimes those of one another."""
    changes = re.findall(r"^- .*$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [each for each, count in Counter(changes).items() if count > 1] == []
