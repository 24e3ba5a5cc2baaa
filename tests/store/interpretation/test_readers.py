"""Which reader made an archive, and what another one reads differently."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import archiver
from archiver.store.databases.opening import writing
from archiver.store.interpretation import readers
from archiver.store.interpretation.readers import is_read_by_another, reader_version, sign
from tests.store.conftest import DEMO, article


def forget():
    readers.reader_version.cache_clear()
    readers._code_version.cache_clear()


def version_with(monkeypatch, change, portal=DEMO):
    """The version after a change to one of the files that it is computed from."""
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda file: change(file, read_bytes(file)))
    forget()
    try:
        return reader_version(portal)
    finally:
        monkeypatch.undo()
        forget()


def test_the_version_follows_the_code_that_reads(monkeypatch):
    root = Path(archiver.__file__).parent
    now = reader_version(DEMO)
    assert len(now) == 12
    for room in (
        "vietnamese/dates.py",
        "portals/addresses.py",
        "reading/page.py",
        "items.py",
        "files/pdf.py",
        "store/interpretation/articles.py",
    ):
        changed = version_with(monkeypatch, lambda file, code, room=room: code + b"#" if file == root / room else code)
        assert changed != now, room
    other = version_with(monkeypatch, lambda file, code: code + b"#" if file == root / "crawling/session.py" else code)
    assert other == now


def test_but_not_the_code_that_only_searches_looks_or_copies(monkeypatch):
    root, now = Path(archiver.__file__).parent, reader_version(DEMO)
    for name in (
        "vietnamese/search_forms.py",
        "vietnamese/abbreviations.py",
        "store/search/searching.py",
        "store/search/schema.py",
        "store/runs/health.py",
        "store/sharing/masking.py",
    ):
        file_of_others = root / name
        assert file_of_others.exists()
        assert now == version_with(
            monkeypatch, lambda file, code, own=file_of_others: code + b"#" if file == own else code
        )


def test_all_that_a_rebuild_runs_of_the_store_is_counted_in():
    """Else an archive could be taken for up to date that would be told otherwise now."""
    root = Path(archiver.__file__).parent
    counted = {file for room in readers._ROOMS for file in readers._sources(root / room)}
    run = imported_from(root / "store/rebuild/rebuilding.py", root)
    assert len(run) > 20
    assert {file for file in run if file.parent.name != "search"} <= counted


def imported_from(file, root):
    """A file of the store and all others of it that are imported on its account."""
    met, todo = set(), [file]
    while todo:
        file = todo.pop()
        met.add(file)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("archiver.store."):
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                files = [root.parent / f"{name.replace('.', '/')}.py" for name in names]
                todo += [other for other in files if other.exists() and other not in met]
    return met


def test_by_which_nothing_is_read():
    root = Path(archiver.__file__).parent
    for file in {file for room in readers._ROOMS for file in readers._sources(root / room)}:
        code = file.read_text(encoding="utf-8")
        for name in readers._OF_SEARCHING:
            assert f"vietnamese.{name}" not in code, file


def test_of_portals_and_platforms_its_own_alone(monkeypatch):
    """A portal that is added, or a platform that is mended, must not make the archives of all others be read again."""
    portals = Path(archiver.__file__).parent / "portals"
    now = reader_version(DEMO)
    for file in ("known/myhao.py", "platforms/nukeviet.py"):
        assert (portals / file).exists()
        assert now == version_with(
            monkeypatch, lambda at, code, file=file: code + b"#" if at == portals / file else code
        )
    assert reader_version(replace(DEMO)) == now
    assert reader_version(replace(DEMO, tls="old", on_request=True)) == now
    assert reader_version(replace(DEMO, hosts=(*DEMO.hosts, "x.example"))) != now
    selectors = replace(DEMO.platform.selectors, title=("h1",))
    assert reader_version(replace(DEMO, platform=replace(DEMO.platform, selectors=selectors))) != now
    views = replace(DEMO.platform, print_views=re.compile("print"))
    assert reader_version(replace(DEMO, platform=views)) != now


def test_and_the_libraries_that_parse(monkeypatch):
    now = reader_version(DEMO)
    monkeypatch.setattr(readers, "version", lambda name: "99" if name == "lxml" else "4.15")
    forget()
    assert reader_version(DEMO) != now
    forget()


def test_an_archive_knows_its_reader(evidence):
    assert not is_read_by_another(evidence.archive, DEMO), "there is nothing to be read again"
    evidence.see("a", article())
    assert is_read_by_another(evidence.archive, DEMO)
    with writing(evidence.archive):
        sign(evidence.archive, DEMO, evidence.at())
    assert not is_read_by_another(evidence.archive, DEMO)
