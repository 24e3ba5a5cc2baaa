"""The portal value: exactly as the known ones are written, proven line by line, and safe whatever a page says."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.portals import Portal
from archiver.portals.platforms import PLATFORMS
from archiver.probing.looking import look
from archiver.probing.value import TODO, module_of, value_of
from archiver.probing.words import value_in_words
from tests.probing.conftest import TITLE, URL, article

GOLDENS = Path(__file__).resolve().parents[1] / "reading" / "platforms"


def value(*pages, url=URL, key=None, tls="usual", taken=()):
    return value_of([look(page, "text/html", url) for page in pages], key, tls, taken)


def made(value):
    """The portal that a file holds."""
    names = {}
    exec(compile(value.python(), "file", "exec"), names)
    (portal,) = [each for each in names.values() if isinstance(each, Portal)]
    return portal


def test_host_and_page_prove_each_line():
    found = value(article())
    portal = made(found)
    assert (portal.key, portal.name) == ("vinhlac", "Cổng thông tin điện tử thị xã Vĩnh Lạc")
    assert (portal.url, portal.hosts) == ("https://vinhlac.hungyen.gov.vn/", ("vinhlac.hungyen.gov.vn",))
    assert (portal.province, portal.unit_type, portal.on_request) == ("Hưng Yên", "thị xã", True)
    assert portal.platform is PLATFORMS["landmarks"]
    assert (found.to_do, found.confidence) == ((), 7 / 8), "that no system is known there proves nothing"


def test_what_nothing_proves_is_null_or_left_to_do():
    found = value(article(title=TITLE), url="https://vinhlac.example/tin-1.html")
    portal = made(found)
    assert portal.unit_type is None
    assert portal.province.startswith(TODO)
    assert portal.name.startswith(TODO)
    assert found.to_do == ("name", "province", "unit_type")
    assert "0.50: of its 8 lines 4 are proven" in value_in_words(found)
    assert "the platform counts 0.0" in " ".join(value_in_words(found).split())


@pytest.mark.parametrize("key", sorted(set(PLATFORMS) - {"landmarks", "tandan"}))
def test_it_names_the_platform_that_was_recognised(key):
    found = value((GOLDENS / key / "article.html").read_bytes(), key=key)
    assert made(found).platform is PLATFORMS[key]


def test_the_page_that_shows_most_of_the_platform_decides():
    pages = [(GOLDENS / "nukeviet" / f"{name}.html").read_bytes() for name in ("list", "article")]
    found = value(*pages)
    assert found.said[5].because.startswith("certain, 1.0")
    assert found.confidence == 1.0


def test_how_its_server_is_trusted_is_written_down():
    assert made(value(article(), tls="old")).tls == "old"


def test_a_name_that_titles_end_with_is_one_of_the_site():
    portal = made(value(article(title=f"{TITLE} - Vĩnh Lạc Ngày Nay")))
    assert (portal.name, portal.site_names) == ("Vĩnh Lạc Ngày Nay", ("Vĩnh Lạc Ngày Nay",))


def test_names_of_another_site_are_told_and_the_home_page_counts():
    pages = [
        look(article(title="Văn hóa - Cổng thông tin điện tử Quận Mẫu"), "text/html", URL),
        look(article(title="Trang chủ - Sở Thông Tin Mẫu"), "text/html", "https://vinhlac.hungyen.gov.vn/"),
        look(article(title="Kinh tế - SỞ THÔNG TIN MẪU"), "text/html", "https://vinhlac.hungyen.gov.vn/b"),
    ]
    portal = made(value_of(pages, None, "usual", ()))
    assert portal.name == "Sở Thông Tin Mẫu"
    assert portal.site_names == ("Sở Thông Tin Mẫu", "Cổng thông tin điện tử Quận Mẫu")


HOSTILE = (
    'x"); import os; os.abort() #',
    "Cổng 'một' và \"hai\"",
    "kết thúc\\",
    '"""',
    "{TODO}\u2028\x1b[2Jx",
    "x" * 150,
)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_of_a_page_becomes_a_part_of_the_program(name):
    body = article(head=f"<meta property='og:site_name' content='{name.replace(chr(39), '&#39;')}'>", title=TITLE)
    portal = made(value(body))
    assert portal.key == "vinhlac"
    assert "\x1b" not in portal.name


def test_no_host_becomes_a_part_of_the_program():
    assert made(value(article(), url='http://x.example"""+print(made.up)+"""/')).key == "x"


def test_a_title_too_long_for_a_name_is_none():
    assert made(value(article(title=f"Trang chủ - UBND xã {'Vĩnh Lạc ' * 20}"))).name.startswith(TODO)


@pytest.fixture
def ruff():
    found = shutil.which("ruff", path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip("without ruff")
    return found


@pytest.mark.parametrize("changes", [
    {}, {"key": "36-pho"}, {"key": "class"}, {"key": "nukeviet"}, {"tls": "unverified"}, {"url": "http://xa.vinh-lac.example/"},
])  # fmt: skip
def test_its_file_stands_as_the_formatter_leaves_it(ruff, changes):
    assert_formatted(ruff, value((GOLDENS / "nukeviet" / "article.html").read_bytes(), **changes))


def test_a_name_with_marks_stands_as_the_formatter_leaves_it(ruff):
    assert_formatted(ruff, value(article(title="Trang chủ - UBND xã &#34;Vĩnh&#34; Lạc 'mới\\")))


def assert_formatted(ruff, value):
    root = Path(__file__).resolve().parents[2]
    file = f"archiver/portals/known/{module_of(value.key)}.py"
    for line in (["format", "--check", "--diff"], ["check"]):
        command = [ruff, *line, "--stdin-filename", file, "-"]
        ran = subprocess.run(command, input=value.python(), text=True, capture_output=True, cwd=root, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_key_that_is_taken_is_not_proposed():
    assert value(article(), taken=("vinhlac",)).key == "vinhlac-hungyen"
