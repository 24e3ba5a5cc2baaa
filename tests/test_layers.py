"""The rooms and who may know whom; the one clock."""

import ast
import shutil
import subprocess
from pathlib import Path

import pytest

import archiver
from tests.conftest import LONGEST

ROOT = Path(archiver.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
# A room imports only from rooms below it, and from itself.
BELOW = {
    "cli.py": {"commands", "clock.py"},
    "commands": {
        "configuration",
        "backups",
        "supervising",
        "probing",
        "publishing",
        "exchange",
        "crawling",
        "site",
        "store",
        "tabular",
        "extraction.py",
        "files",
        "reading",
        "portals",
        "vietnamese",
        "demo",
        "items.py",
        "clock.py",
        "progress.py",
        "logs",
        "alerting",
        "scheduling",
    },
    "exchange": {
        "crawling",
        "store",
        "tabular",
        "reading",
        "portals",
        "vietnamese",
        "items.py",
        "clock.py",
        "progress.py",
    },
    "crawling": {
        "logs",
        "store",
        "extraction.py",
        "files",
        "reading",
        "portals",
        "vietnamese",
        "items.py",
        "clock.py",
        "progress.py",
    },
    "probing": {"crawling", "store", "reading", "portals", "vietnamese", "items.py"},
    "supervising": {"configuration", "crawling", "store", "portals", "clock.py"},
    "configuration": {"crawling", "logs"},
    "backups": {"store", "portals", "items.py", "clock.py"},
    "publishing": {"site", "store", "reading", "portals", "vietnamese", "items.py", "clock.py"},
    "site": {"store", "reading", "portals", "vietnamese", "tabular", "items.py", "clock.py"},
    "store": {"extraction.py", "files", "reading", "portals", "vietnamese", "items.py", "clock.py"},
    "reading": {"portals", "vietnamese", "items.py"},
    "extraction.py": {"files", "items.py"},
    "files": {"vietnamese", "items.py"},
    "portals": {"vietnamese", "items.py"},
    "vietnamese": {"items.py"},
    "items.py": set(),
    "clock.py": set(),
    "progress.py": {"clock.py"},
    "alerting": {"logs", "store", "portals", "items.py", "clock.py", "__init__.py"},
    "scheduling": set(),
    "logs": set(),
    "tabular": set(),
    "demo": set(),
    "__init__.py": set(),
    "__main__.py": {"cli.py"},
}
# The same within the store.
STORE = ROOT / "store"
BELOW_IN_STORE = {
    "ground": set(),
    "search": {"ground"},
    "databases": {"ground", "search"},
    "lists": {"ground"},
    "evidence": {"ground", "databases"},
    "twice": {"ground"},
    "interpretation": {"ground", "databases", "evidence", "twice"},
    "fates": {"ground", "interpretation"},
    "batches": {"interpretation"},
    "runs": {"ground", "databases", "evidence", "lists", "interpretation", "fates", "batches"},
    "rebuild": {"ground", "search", "databases", "evidence", "twice", "interpretation", "runs"},
    "decisions": {"ground", "databases", "evidence", "interpretation", "runs", "rebuild"},
    "verify": {"ground", "search", "databases", "evidence", "twice", "interpretation", "runs", "rebuild"},
    "increments": {"ground", "verify"},
    "sharing": {"ground", "search", "databases", "evidence", "twice", "interpretation", "verify"},
    "__init__.py": set(),
}
PURE = ("vietnamese", "portals", "reading", "files", "items.py")
IMPURE_MODULES = {
    "scrapy", "twisted", "sqlite3", "sqlite_utils", "datasette", "socket", "http", "urllib.request", "asyncio", "time",
    "random", "os", "subprocess", "threading", "logging", "click", "tqdm", "zstandard", "tempfile", "shutil",
}  # fmt: skip
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time"),
          ("time", "monotonic"), ("time", "localtime"), ("time", "gmtime"), ("time", "time_ns"), ("time", "perf_counter")}  # fmt: skip


def room(file):
    return file.relative_to(ROOT).parts[0]


def imports(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "absolute imports only"
            yield from (f"{node.module}.{name.name}" for name in node.names)
            yield node.module


def rooms_imported(file):
    for name in imports(file):
        parts = name.split(".")
        if parts[0] == "archiver" and len(parts) > 1:
            yield f"{parts[1]}.py" if (ROOT / f"{parts[1]}.py").exists() else parts[1]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_room_knows_only_the_rooms_below_it(file):
    own = room(file)
    known = {name for name in rooms_imported(file) if name == own or (ROOT / name).exists()}
    assert known - {own} <= BELOW[own]


@pytest.mark.parametrize("file", sorted(STORE.rglob("*.py")), ids=lambda file: str(file.relative_to(STORE)))
def test_so_does_a_room_of_the_store(file):
    own = file.relative_to(STORE).parts[0]
    known = {name.split(".")[2] for name in imports(file) if name.startswith("archiver.store.")}
    assert known - {own} <= BELOW_IN_STORE[own]


@pytest.mark.parametrize(
    "file", [file for file in FILES if room(file) in PURE], ids=lambda file: str(file.relative_to(ROOT))
)
def test_the_pure_rooms_know_no_network_no_database_no_clock(file):
    used = {name for name in imports(file) if name in IMPURE_MODULES or name.split(".")[0] in IMPURE_MODULES}
    assert not used


@pytest.mark.parametrize(
    "file", [file for file in FILES if file.name != "clock.py"], ids=lambda file: str(file.relative_to(ROOT))
)
def test_the_time_is_asked_for_in_one_place(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            assert (owner, node.attr) not in CLOCKS, f"{file.name}:{node.lineno}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_clock_is_made_where_a_process_begins(file):
    """In `cli`, and in the spider for those who start it with Scrapy's own command."""
    made = [
        node.lineno
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("SystemClock")
    ]
    assert not made or str(file.relative_to(ROOT)) in ("cli.py", "crawling/spiders/portal.py"), made


@pytest.mark.parametrize(
    "file",
    [file for file in FILES if file.name != "clock.py" and room(file) != "demo"],
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_the_time_is_not_imported_by_another_name(file):
    names = set(imports(file))
    assert not names & {"time", "time.time", "time.monotonic", "time.perf_counter", "time.time_ns", "time.localtime"}


@pytest.mark.parametrize(
    "file", [file for file in FILES if room(file) in PURE], ids=lambda file: str(file.relative_to(ROOT))
)
def test_reading_hides_no_error(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            assert caught not in ("everything", "Exception", "BaseException"), f"{file.name}:{node.lineno}"


def test_nothing_else_stands_at_the_top():
    """Whoever opens the project finds its few parts, and no files that some tool left there."""
    git = shutil.which("git")
    if git is None or not (ROOT.parent / ".git").exists():
        pytest.skip("not a working copy")
    tracked = subprocess.run([git, "ls-files"], cwd=ROOT.parent, capture_output=True, text=True, check=True).stdout
    parts = {line.split("/")[0] for line in tracked.splitlines()}
    known = {"archiver", "data", "tests", "bench", "docs", ".ci", "scrapy.cfg", "pyproject.toml", "Makefile", "LICENSE"}
    files = {"README.md", "CHANGELOG.md", "POLICY.md", "requirements.lock", "requirements-dev.lock"}
    assert parts - {".gitattributes", ".gitignore", ".pre-commit-config.yaml"} <= known | files


def test_the_files_that_begin_first_are_there():
    """One that is renamed would begin last, and keep a core idle while it runs."""
    assert [name for name in LONGEST if not (ROOT.parent / "tests" / name).exists()] == []
