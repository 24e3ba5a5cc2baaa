"""What an operator says is understood or refused in words that name it; what is not said has a default."""

import json
import tomllib

import pytest
from click.testing import CliRunner

from archiver.cli import main
from archiver.configuration import Alerts, Configuration, ConfigurationError, find_alerts, find_configuration
from archiver.configuration.example import example
from archiver.configuration.reading import read_configuration
from archiver.portals import PORTALS

FILE = "archiver.toml"


def read(text):
    return read_configuration(text, PORTALS, FILE)


@pytest.fixture
def run():
    return lambda *line: CliRunner().invoke(main, [str(word) for word in line])


def test_nothing_said_is_what_the_example_says(tmp_path):
    said = read(example("myhao"))
    nothing = find_configuration(tmp_path, None, PORTALS)
    assert nothing == Configuration()
    assert (said.crawl, said.alerts, said.heartbeat) == (nothing.crawl, nothing.alerts, nothing.heartbeat)
    assert said.of("myhao") == nothing.of("myhao")


def test_the_example_names_every_key_and_its_comments_are_toml_too():
    text = example("myhao")
    plain = tomllib.loads(text)
    assert set(plain) == {"crawl", "portals", "alerts", "heartbeat"}
    everything = "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.splitlines())
    of_portal = read(everything).of("myhao")
    assert set(tomllib.loads(everything)["portals"]["myhao"]) == {"enabled", "base_url"} | (
        set(plain["crawl"]) - {"jobs"}
    )
    assert of_portal == Configuration().of("myhao")


def test_what_is_said_of_a_portal_goes_before_what_is_said_of_all():
    said = read("[crawl]\njobs = 2\ndelay = 3\npage_budget = 50\n[portals.myhao]\ndelay = 2.5\nenabled = false")
    assert said.crawl.jobs == 2
    assert (said.of("myhao").pace.delay, said.of("myhao").pace.page_budget) == (2.5, 50)
    assert said.of("myhao").enabled is False
    assert (said.of("demo").pace.delay, said.of("demo").enabled) == (3.0, True)


def test_a_portal_on_this_machine_needs_no_pause():
    said = read('[portals.demo]\nbase_url = "http://127.0.0.1:8000"\ndelay = 0')
    assert (said.of("demo").pace.delay, said.of("demo").base_url) == (0.0, "http://127.0.0.1:8000")


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("[crawl]\njob = 2", ["[crawl]", "'job'", "did you mean jobs?", "page_budget"]),
        ("[crwal]\njobs = 2", ["'crwal'", "did you mean crawl?", "heartbeat"]),
        ("[portals.myhoa]", ["'myhoa'", "did you mean myhao?"]),
        ("[portals.atlantis]", ["no portal is called 'atlantis'", "known are myhao"]),
        ("[portals.myhao]\njobs = 2", ["[portals.myhao]", "no key is called 'jobs'"]),
        ("[crawl]\njobs = 0", ["[crawl] jobs cannot be 0", "a whole number from 1 to 64"]),
        ("[crawl]\njobs = true", ["jobs cannot be true", "a whole number"]),
        ("[crawl]\njobs = 2.5", ["jobs cannot be 2.5"]),
        ("[crawl]\njobs = '4'", ['jobs cannot be "4"']),
        ("[crawl]\ndelay = 0.5", ["[crawl] delay cannot be 0.5", "from 1 to 3,600", "only where base_url is on this"]),
        ("[crawl]\ndelay = nan", ["delay cannot be nan"]),
        ("[crawl]\ndelay = inf", ["delay cannot be inf"]),
        ("[portals.myhao]\ndelay = 0.5", ["[portals.myhao] delay cannot be 0.5"]),
        ("[portals.myhao]\ndelay = 0\nbase_url = 'http://127.0.0.1.example.org'", ["delay cannot be 0"]),
        ("[portals.myhao]\nbase_url = 'localhost:80'", ["base_url cannot be", "begins with http://"]),
        ("[portals.myhao]\nbase_url = 'http://127.0.0.1:99999'", ["base_url cannot be", "begins with http://"]),
        ("[portals.myhao]\nbase_url = 'http://[::1'", ["base_url cannot be", "begins with http://"]),
        ("[portals.myhao]\nenabled = 1", ["enabled cannot be 1; it is true or false"]),
        ("[crawl]\nshortest_interval_minutes = 5", ["cannot be 5", "from 15 to 1,440"]),
        ("[heartbeat]\nfail_suffix = 'fail'", ['fail_suffix cannot be "fail"', "begins with / or ?"]),
        ("[heartbeat]\nstart_suffix = '/a b'", ["start_suffix cannot be"]),
        ("[crawl]\nlongest_interval_minutes = 2000", ["cannot be 2000"]),
        (
            "[portals.myhao]\nshortest_interval_minutes = 60\nlongest_interval_minutes = 30",
            ["[portals.myhao]", "shortest_interval_minutes (60) is more than longest_interval_minutes (30)"],
        ),
        ("crawl = 3", ["crawl is a section, [crawl], not 3"]),
        ("portals.myhao = 3", ["portals.myhao is a section, [portals.myhao]"]),
        ("[crawl\n", ["is not TOML", "line 1"]),
        ("[crawl]\njobs = 1\njobs = 2", ["is not TOML"]),
        (f"[crawl]\njobs = {'9' * 5000}", ["is not TOML"]),
        (f"[crawl]\njobs = {'[' * 5000}", ["is not TOML"]),
        (f"[crawl]\ndelay = {'9' * 400}", ["delay cannot be"]),
    ],
)
def test_what_cannot_be_meant_is_named(text, complaints):
    with pytest.raises(ConfigurationError) as error:
        read(text)
    assert str(error.value).startswith(FILE)
    for words in complaints:
        assert words in str(error.value)


def test_a_secret_that_stands_in_the_file_is_refused_and_not_repeated():
    with pytest.raises(ConfigurationError) as error:
        read("[alerts]\nurls_env = 'tgram://123:geheim/chat'")
    assert "the name of an environment variable" in str(error.value)
    assert "geheim" not in str(error.value)
    with pytest.raises(ConfigurationError) as error:
        read("[portals.myhao]\nbase_url = 'http://an:geheim@127.0.0.1/'")
    assert "geheim" not in str(error.value)


class TestFinding:
    def test_it_lies_in_the_data_folder(self, tmp_path):
        (tmp_path / FILE).write_text("[crawl]\njobs = 7")
        found = find_configuration(tmp_path, None, PORTALS)
        assert (found.crawl.jobs, found.file) == (7, str(tmp_path / FILE))

    def test_one_that_is_named_goes_before_it(self, tmp_path):
        (tmp_path / FILE).write_text("[crawl]\njobs = 7")
        (tmp_path / "other.toml").write_text("[crawl]\njobs = 8")
        assert find_configuration(tmp_path, tmp_path / "other.toml", PORTALS).crawl.jobs == 8

    def test_one_that_is_named_has_to_be_there(self, tmp_path):
        with pytest.raises(ConfigurationError, match=r"nowhere.toml: there is no such file"):
            find_configuration(tmp_path, tmp_path / "nowhere.toml", PORTALS)

    def test_it_has_to_be_readable(self, tmp_path):
        with pytest.raises(ConfigurationError, match="cannot be read"):
            find_configuration(tmp_path, tmp_path, PORTALS)
        (tmp_path / FILE).write_bytes("[crawl] # Mỹ".encode("utf-16"))
        with pytest.raises(ConfigurationError, match="is not UTF-8"):
            find_configuration(tmp_path, None, PORTALS)


class TestForAlerts:
    @pytest.mark.parametrize("broken", ["[crawl", "\udcff", "[alerts]\nurls_env = 1", "[portals.no-more]"])
    def test_what_cannot_be_understood_has_a_complaint(self, tmp_path, broken):
        (tmp_path / FILE).write_bytes(broken.encode(errors="surrogateescape"))
        found = find_alerts(tmp_path, None, PORTALS)
        assert str(tmp_path / FILE) in found.complaint
        assert found.alerts == Alerts()

    def test_what_it_says_of_alerts_holds_even_so(self, tmp_path):
        (tmp_path / FILE).write_text("[alerts]\nurls_env = 'OTHERS'\n[crawl]\njobs = 0")
        assert find_alerts(tmp_path, None, PORTALS).alerts.urls_env == "OTHERS"
        assert "jobs cannot be 0" in find_alerts(tmp_path, None, PORTALS).complaint

    def test_one_that_can_be_understood_has_none(self, tmp_path):
        (tmp_path / FILE).write_bytes(b"\xef\xbb\xbf[crawl]\r\njobs = 7\r\n")
        found = find_alerts(tmp_path, None, PORTALS)
        assert (found.crawl.jobs, found.complaint) == (7, None)
        assert "no such file" in find_alerts(tmp_path, tmp_path / "nowhere.toml", PORTALS).complaint


class TestCommand:
    def test_it_prints_an_example_that_it_understands(self, run, tmp_path):
        (tmp_path / FILE).write_text(run("config").output, encoding="utf-8")
        result = run("config", "check", "--data", tmp_path)
        assert (result.exit_code, result.output) == (0, f"{tmp_path / FILE} can be understood\n")

    def test_it_says_what_holds(self, run, tmp_path):
        (tmp_path / "a.toml").write_text("[portals.myhao]\npage_budget = 5")
        values = json.loads(run("config", "check", "--config", tmp_path / "a.toml", "--json").output)
        assert values["portals"]["myhao"]["pace"]["page_budget"] == 5
        assert values["crawl"]["pace"]["page_budget"] == 3000

    def test_what_is_wrong_is_a_usage_error(self, run, tmp_path, monkeypatch):
        (tmp_path / FILE).write_text("[crawl]\njobs = 0")
        monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / FILE))
        result = run("config", "check")
        assert result.exit_code == 2
        assert f"{tmp_path / FILE}: [crawl] jobs cannot be 0" in result.output
