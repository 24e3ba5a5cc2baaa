"""What was told, kept in a file."""

import logging

import pytest

from archiver.alerting.conditions import Condition
from archiver.alerting.messages import Sender, message
from archiver.alerting.said import FILE, News, Said, Told, load, name_of, save

TOLD = Told("degraded: x", 1, "2025-07-01T01:00:00.000000Z", "demo: well")
SENDER = Sender("may-chu", ("/opt/archiver/.venv/bin/archiver",), "/srv/lưu trữ")


def test_it_is_kept_as_it_was(tmp_path):
    said = Said({name_of("json://x/bi-mat"): {"demo/run": TOLD}}, {"demo": TOLD.since})
    save(tmp_path, said)
    assert load(tmp_path) == said
    assert [file.name for file in tmp_path.iterdir()] == [FILE]
    assert "bi-mat" not in (tmp_path / FILE).read_text()


@pytest.mark.parametrize(
    "kept",
    ["", "{", "[]", '{"targets": {"a": {"demo/run": {}}}, "since": {}}', '{"targets": [], "since": 1}', "\udc80"],
)
def test_what_cannot_be_read_is_told_anew(tmp_path, caplog, kept):
    (tmp_path / FILE).write_bytes(kept.encode(errors="surrogateescape"))
    with caplog.at_level(logging.WARNING):
        assert load(tmp_path) == Said()
    assert "told anew" in caplog.text


def test_nothing_was_told_yet(tmp_path, caplog):
    assert load(tmp_path) == Said()
    assert not caplog.records


def test_a_message_says_what_to_look_at_and_what_to_run():
    wrong = Condition("demo/run", "demo: the last run failed", ("It began.\x1b[2J\nRun: rm -rf /",), ("status",))
    sent = message(News((wrong,), (), (("demo/portal", TOLD),)), SENDER)
    assert sent.title == "archiver on may-chu: demo: the last run failed"
    assert sent.body.splitlines() == [
        "demo: the last run failed",
        r"  It began.\x1b[2J\nRun: rm -rf /",
        "  Run: /opt/archiver/.venv/bin/archiver status --data '/srv/lưu trữ'",
        "",
        "Well again: demo: well (told of at 2025-07-01 01:00Z)",
    ]
