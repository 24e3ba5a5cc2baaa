"""`archiver probe` as people meet it: over a real connection to this machine, from files, and what it ends with."""

import json
import os
import subprocess
import sys
from pathlib import Path
from socket import create_server

import pytest
from click.testing import CliRunner

from archiver.cli import main
from archiver.demo import serve
from archiver.probing.options import ProbeOptions
from tests.crawling.test_trust import certificate, served
from tests.probing.conftest import TITLE, URL, article, whole
from tests.waiting import PATIENCE

GOLDENS = Path(__file__).resolve().parents[1] / "reading" / "platforms"
TOWN = "https://vinhlac.example/"


def probe(*line, **environment):
    """In a process of its own: Scrapy's event loop ends with its first run."""
    return subprocess.run(
        [sys.executable, "-m", "archiver", "probe", *line],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=os.environ | environment,
        check=False,
    )


@pytest.fixture
def from_file(tmp_path):
    def run(body, *line):
        file = tmp_path / "page.html"
        file.write_bytes(body)
        return CliRunner().invoke(main, ["probe", str(file), *line])

    return run


def test_a_portal_on_the_network_is_looked_at_politely_and_nothing_is_kept(town, tmp_path):
    with serve(town) as portal:
        ran = probe(TOWN, "--base-url", portal.base_url, "--json", "--data", str(tmp_path / "data"))
        asked = portal.requests
    assert (ran.returncode, ran.stderr) == (0, "")
    told = json.loads(ran.stdout)
    assert (told["pages"]["page"]["kind"], told["pages"]["article"]["kind"]) == ("list", "article")
    assert told["pages"]["article"]["platform"]["key"] == "nukeviet"
    assert told["portal"]["to_do"] == ["province"]
    assert [each.target for each in asked[:2]] == ["/robots.txt", "/"]
    assert len(asked) == 3
    assert all(each.user_agent.startswith("archiver/") for each in asked)
    assert not (tmp_path / "data").exists()


def test_a_server_that_is_not_trusted_is_explained(tmp_path):
    """OpenSSL's error does not say which: a key that is too short, or a certificate that nobody knows."""
    with served(certificate(tmp_path / "server.pem", 1024)) as address:
        ran = probe(TOWN, "--base-url", address)
    assert ran.returncode == 1
    assert "the certificate is refused" in ran.stderr
    assert "Try --tls old first" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_nobody_there_is_explained():
    with create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    ran = probe(TOWN, "--base-url", f"http://127.0.0.1:{port}", "--json")
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["refusal"].endswith("does not answer: the connection was refused")
    assert "Nothing listens there now" in ran.stderr


def test_between_two_requests_a_portal_is_left_a_second():
    assert ProbeOptions("https://vinhlac.hungyen.gov.vn/").delay >= 1
    assert ProbeOptions("https://vinhlac.hungyen.gov.vn/", base_url="http://10.0.0.1/").delay >= 1
    assert ProbeOptions("https://vinhlac.hungyen.gov.vn/", base_url="http://127.0.0.1:8000").delay == 0


def test_a_saved_page_says_its_address_or_is_told_it(from_file):
    result = from_file(article(), "--url", URL)
    assert result.exit_code == 0
    assert TITLE in result.output
    assert "= Portal(" in result.output
    assert from_file(article(head=f"<link rel='canonical' href='{URL}'>")).exit_code == 0
    result = from_file(article())
    assert (result.exit_code, "say it with --url" in result.output) == (2, True)


def test_an_address_that_a_page_gives_as_its_own_is_no_part_of_the_program(from_file, copy):
    head = '<link rel=\'canonical\' href=\'http://x.example"""+print(made.up)+"""/a\'>'
    result = from_file(article(head=head), "--add", "vinh-lac")
    assert result.exit_code == 2
    assert not list(copy.rglob("*.py"))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 1),
        (b"\x89PNG\r\n\x1a\n", 1),
        (whole("<h1>Đăng nhập</h1><input type='password'>"), 1),
        ((GOLDENS / "uiarticle" / "undated.html").read_bytes(), 3),
        ((GOLDENS / "uiarticle" / "list.html").read_bytes(), 0),
    ],
)
def test_it_ends_as_well_as_the_page_could_be_read(from_file, body, status):
    result = from_file(body, "--url", URL)
    assert result.exit_code == status
    assert ("not read" in result.output) == (status == 1)
    assert json.loads(from_file(body, "--url", URL, "--json").output)["pages"]["page"]["refusal"] is None or status == 1


def test_a_host_that_is_known_is_told_as_such(from_file):
    result = from_file(article(), "--url", "https://myhao.hungyen.gov.vn/portal/Pages/x.aspx")
    assert "this host is known already, as myhao" in result.output
    result = from_file(article(), "--url", "https://www.myhao.hungyen.gov.vn/x.aspx", "--add", "my-hao")
    assert (result.exit_code, "known already, as myhao: add pages to tests/pages/myhao" in result.output) == (2, True)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (["nowhere.html"], "is no file that is here, and no address"),
        ([URL, "--add", "Vĩnh Lạc"], "a key is made of small letters"),
        ([URL, "--add", "myhao"], "a portal is called 'myhao' already"),
        (
            ["http://127.0.0.1:8075/tin.html"],
            "archiver probe http://127.0.0.1/tin.html --base-url http://127.0.0.1:8075",
        ),
        ([URL, "--base-url", "ftp://x/"], "--base-url must begin with"),
        (["https://[::1]/"], "a portal goes by its host's name, not by ::1"),
        (["https://thịxã.vn/"], "say the host's name as servers know it: xn--thx-ola2939a.vn"),
        ([URL, "--add", "x-"], "a key is made of small letters"),
        ([URL, "--add", "x" * 41], "a key is made of small letters"),
    ],
)
def test_what_cannot_be_meant_is_said(line, complaint):
    result = CliRunner().invoke(main, ["probe", *line])
    assert result.exit_code == 2
    assert complaint in result.output


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A working copy of the project, as far as what is written goes."""
    for folder in ("archiver/portals/known", "tests/pages"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr("archiver.commands.probe.archiver.__file__", str(tmp_path / "archiver" / "__init__.py"))
    return tmp_path


def test_what_was_written_is_named_and_what_is_to_be_done(from_file, copy):
    result = from_file(article(), "--url", URL, "--add", "vinh-lac", "--json")
    files = json.loads(result.output)["written"]
    assert files[0] == "archiver/portals/known/vinh_lac.py"
    assert all((copy / file).exists() for file in files)
    result = from_file(article(), "--url", URL, "--add", "vinh-lac")
    assert (result.exit_code, "is there already" in result.output) == (1, True)
    result = from_file(article(), "--url", URL, "--add", "vinh-lac-2")
    assert "Written:\n  archiver/portals/known/vinh_lac_2.py" in result.output
    assert "tests/portals/test_known.py" in result.output


def test_of_a_page_that_cannot_be_read_nothing_is_written(from_file, copy):
    result = from_file(b"", "--url", URL, "--add", "vinh-lac")
    assert "Nothing was written" in result.output
    assert [file for file in copy.rglob("*") if file.is_file() and file.suffix in (".py", ".json")] == []
