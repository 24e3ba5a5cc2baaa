"""A mistake of our own is not said as if a disk were full: whoever mends it needs to see where it was made."""

import pytest

from archiver.demo import DemoPortal, stories
from tests.demo.conftest import NOW

PROGRAM = """
import sqlite3
from archiver.cli import main
from archiver.crawling.session import CrawlSession

def mistaken(*_):
    raise sqlite3.OperationalError("no such column: titel")

setattr(CrawlSession, "{step}", mistaken)
main()
"""


@pytest.mark.parametrize("step", ["keep", "read", "next"])
def test_the_crawl_fails_and_shows_where(command, step):
    run = command(DemoPortal(stories(20), lambda: NOW, faults=False, crawl_delay=0))
    run.program = ("-c", PROGRAM.format(step=step))
    ran = run.run()
    assert ran.returncode == 1
    assert "demo: failed - OperationalError: no such column: titel" in ran.stdout
    assert " in mistaken" in ran.stderr
    assert "no such column: titel" in ran.stderr
