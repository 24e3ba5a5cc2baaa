"""An archive that another reader made is read again before it is crawled, whoever starts the crawl."""

import os
import signal
import subprocess
import sys

import pytest

from archiver.crawling.outdated import ReadingAgainFirst
from archiver.portals import PORTALS
from archiver.store.ground.errors import LockedError
from archiver.store.ground.locks import PortalLock
from archiver.store.interpretation.readers import reader_version
from archiver.store.rebuild.rereading import Listener, bring_up_to_date
from tests.crawling.conftest import ROOT
from tests.crawling.test_command import portal
from tests.waiting import PATIENCE, resting, wait_until

AT = "2025-07-01T00:00:00.000000Z"


@pytest.fixture
def outdated(visitor):
    """A folder in which an older reader read the same text everywhere."""
    visitor.crawl()
    make_outdated(visitor.archive)
    return visitor


def make_outdated(archive):
    archive.execute("UPDATE readers SET reader_version = 'older'")
    archive.execute("UPDATE revisions SET body = 'Như cũ.'")


def is_outdated(archive):
    return archive.execute("SELECT reader_version FROM readers").fetchone() == ("older",)


def scrapys_own(run):
    return [sys.executable, "-m", "scrapy", "crawl", "portal", "-a", "portal=demo", "-a", f"base_url={run.served.base_url}",
            "-a", f"data={run.folder}", "-a", "limit=3", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_START_DELAY=0"]  # fmt: skip


@pytest.mark.parametrize("by_scrapy", [False, True])
def test_whoever_starts_the_crawl(command, news, by_scrapy):
    run = command(portal(news))
    run.values()
    before = run.rows()
    make_outdated(run.archive)
    line = scrapys_own(run) if by_scrapy else run.line("--limit", "3")
    ran = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in ran.stderr, ran.stderr
    assert "60 articles read differently in body" in (ran.stderr if by_scrapy else ran.stdout)
    assert "all is read again" in ran.stderr
    assert run.rows() == before
    assert run.archive.execute("SELECT DISTINCT reader_version FROM readers").fetchall() == [
        (reader_version(PORTALS["demo"]),)
    ]
    assert run.archive.execute("SELECT from_version, field FROM reading_changes").fetchall() == [("older", "body")]
    statuses = [status for (status,) in run.captures.execute("SELECT status FROM crawls ORDER BY started_at")]
    assert statuses == ["finished", "limited"]


def test_it_waits_for_no_other_crawl_in_the_folder(command, news):
    """Reading again takes the whole folder; a crawl only its portal."""
    run = command(portal(news))
    run.values("--limit", "3")
    make_outdated(run.archive)
    other = PortalLock(run.folder, "myhao")
    other.take()
    for line in (scrapys_own(run), run.line("--limit", "3")):
        ran = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert "a crawl, a backup or another rebuild is running" in ran.stdout + ran.stderr
        assert is_outdated(run.archive)
    assert ran.returncode == 4
    other.free()


def test_a_crawl_beside_another_one_needs_no_folder_of_its_own(command, news):
    run = command(portal(news))
    other = PortalLock(run.folder, "myhao")
    other.take()
    assert run.values("--limit", "3")["status"] == "limited"
    other.free()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_where_it_is_for_all_crawls_of_the_process(outdated, sign):
    steps = []

    def interrupt(count, total):
        steps.append(count)
        if count == 5:
            os.kill(os.getpid(), sign)

    handlers = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)]
    first = ReadingAgainFirst(Listener(progress=interrupt))
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            first(outdated.folder, AT)
    assert steps == [1, 2, 3, 4, 5]
    assert [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)] == handlers
    assert is_outdated(outdated.archive)
    assert list(outdated.folder.glob(".rebuild*")) == []


def test_an_interrupted_reading_ends_the_crawl_with_a_word(command, news, tmp_path):
    """The interrupt meets it at the fifth capture, however fast it reads."""
    run = command(portal(news))
    run.values()
    make_outdated(run.archive)
    rests = tmp_path / "rests"
    run.program = resting("archiver.store.rebuild.rebuilding", "interpret", 5, rests)
    process = run.start("--limit", "3")
    wait_until(rests.exists, process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in out + err
    assert "demo: interrupted - it was interrupted while all was read again" in out
    assert process.returncode == 1
    assert is_outdated(run.archive)


def test_all_portals_are_read_again_at_once(outdated):
    """A crawl of one of them holds the folder from then on."""
    read = []
    bring_up_to_date(outdated.folder, AT, Listener(read=lambda portal, tally: read.append(portal)))
    assert read == ["demo"]
    lock = PortalLock(outdated.folder, "demo")
    lock.take()
    bring_up_to_date(outdated.folder, AT, Listener(read=lambda portal, tally: read.append(portal)))
    assert read == ["demo"], "there is nothing left to be done, and no need for the folder"
    make_outdated(outdated.archive)
    with pytest.raises(LockedError):
        bring_up_to_date(outdated.folder, AT, Listener())
    lock.free()
