"""What a process says that crawled several portals one beside the other."""

import pytest
from click.testing import CliRunner

from archiver.cli import main
from archiver.crawling.report import Ending, worst_exit_status


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["finished", "limited"], 0),
        (["finished", "degraded"], 3),
        (["degraded", "failed"], 1),
        (["failed", "locked"], 1),
        (["degraded", "locked", "finished"], 4),
        (["locked", "interrupted", "degraded"], 1),
        ([], 0),
    ],
)
def test_the_worst_end_counts_and_not_the_largest_number(statuses, expected):
    assert worst_exit_status(Ending(status, "") for status in statuses) == expected
    assert worst_exit_status(Ending(status, "") for status in reversed(statuses)) == expected


def test_the_command_ends_with_it(monkeypatch, tmp_path):
    ends = [Ending("failed", "it does not answer"), Ending("degraded", "a check failed")]
    monkeypatch.setattr("archiver.commands.crawl.run", lambda *_: ends)
    line = ["crawl", "demo", "myhao", "--data", str(tmp_path), "--base-url", "http://127.0.0.1:9"]
    result = CliRunner().invoke(main, line)
    assert "demo: failed" in result.output
    assert "myhao: degraded" in result.output
    assert result.exit_code == 1
