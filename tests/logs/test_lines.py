"""One line an event, whatever is in it; no secrets and no pages."""

import json
import logging

import pytest

from archiver.logs import secrets
from archiver.logs.formats import JsonFormat, LineFormat
from archiver.logs.lines import LONGEST
from archiver.logs.runs import in_run_of

HOSTILE = "Tin\r\nERROR: tất cả đã mất\x1b[2J\x1b]0;x\x07\x9b31m\u2028\u202e\udc80\x00"


@pytest.fixture(params=[LineFormat, JsonFormat])
def form(request):
    return request.param()


def record(message, *args, error=None, **extra):
    info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("archiver.x", logging.WARNING, "x.py", 1, message, args, info)
    made.__dict__.update(extra)
    return made


def raised(error):
    with pytest.raises(type(error)) as met:
        raise error
    return met.value


def test_what_a_page_sends_neither_begins_a_line_nor_commands_a_terminal(form):
    for event in (record("The reader failed on %s", HOSTILE), record("x", error=raised(ValueError(HOSTILE)))):
        line = form.format(event)
        assert len(line.splitlines()) == 1
        assert line.isprintable()
        line.encode()


def test_json_means_what_was_said():
    assert json.loads(JsonFormat().format(record("tin %s", HOSTILE)))["event"] == f"tin {HOSTILE}"


def test_an_error_tells_its_places_on_the_line_of_its_event(form):
    def read():
        return int("Mỹ Hào")

    try:
        try:
            read()
        except ValueError as error:
            raise RuntimeError("it could not be read") from error
    except RuntimeError as error:
        line = form.format(record("failed", error=error))
    assert "RuntimeError: it could not be read (at logs/test_lines.py:" in line
    assert "after ValueError: invalid literal" in line
    assert "in read < logs/test_lines.py:" in line


def test_no_page_fits_into_an_event(form):
    page = "<html>" + "thân bài " * 10_000
    for event in (record("%s", page), record("x", error=raised(ValueError(page)))):
        assert len(form.format(event)) < LONGEST + 500


def test_the_run_is_named(form):
    with in_run_of("demo") as run:
        run.crawl_key = "4kq2m1x8ab"
        line = form.format(record("it began", fields={"status": "finished"}))
    assert "4kq2m1x8ab" in line
    assert "4kq2m1x8ab" not in form.format(record("it is over"))


def test_json_has_what_programs_look_for():
    with in_run_of("demo") as run:
        run.crawl_key = "4kq2m1x8ab"
        told = json.loads(JsonFormat().format(record("it began", fields={"status": "failed"})))
    assert told.pop("time").endswith("Z")
    assert told == {"level": "warning", "event": "it began", "from": "archiver.x", "portal": "demo",
                    "run": "4kq2m1x8ab", "status": "failed"}  # fmt: skip


@pytest.fixture
def forgotten(monkeypatch):
    monkeypatch.setattr(secrets, "_known", set())


@pytest.mark.parametrize(
    ("address", "leaks"),
    [
        ("mailto://an:Mat-Khau@example.org?to=x@example.org", ["Mat-Khau"]),
        ("tgram://123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/12315544", ["AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"]),
        ("https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", ["TIiajkdnlazkcOXrIdevi7FQ"]),
        ("json://example.org/hook?key=abcdefghijkl1", ["abcdefghijkl1"]),
        ("https://hc-ping.example/5b1f8e0a-0000-4000-8000-c0ffee", ["5b1f8e0a-0000-4000-8000-c0ffee"]),
    ],
)
def test_what_opens_an_address_is_never_shown(form, forgotten, monkeypatch, address, leaks):
    monkeypatch.setenv("ARCHIVER_ALERT_URLS", address)
    assert secrets.secret("ARCHIVER_ALERT_URLS") == address
    for leak in [address, *leaks]:
        shown = form.format(record("told %s", leak, error=raised(OSError(f"no answer of {leak}"))))
        assert not [each for each in leaks if each in shown]
        assert secrets.HIDDEN in shown


def test_names_and_passwords_before_a_host_are_never_shown(form, forgotten):
    shown = form.format(record("GET %s", "http://an:mat@khau@example.org:80/?access_token=bi-mat&page=2"))
    assert "http://***@example.org:80/?access_token=***&page=2" in shown
    assert "GET https://myhao.example/Pages/tin.aspx?ItemID=12@3" in form.format(
        record("GET https://myhao.example/Pages/tin.aspx?ItemID=12@3")
    )


def test_an_event_with_too_few_words_is_one_all_the_same(form):
    assert "TypeError" in form.format(record("%s and %s", "one"))
