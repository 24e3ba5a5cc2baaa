"""What the made-up portal may use: the standard library and itself, and no clock of its own."""

import ast
import sys
from pathlib import Path

import pytest

import archiver.demo

FILES = sorted(Path(archiver.demo.__file__).parent.glob("*.py"))
CLOCKS = {"now", "today", "utcnow", "time"}


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_imports(file):
    for name in imported(ast.parse(file.read_text())):
        assert name.startswith("archiver.demo") or name.split(".")[0] in sys.stdlib_module_names
        assert name.split(".")[0] != "sqlite3"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_clock(file):
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            assert ast.unparse(node) == "self.now()"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_are_small(file):
    assert len(file.read_text().splitlines()) <= 250
