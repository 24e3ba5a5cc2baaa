"""From one snapshot to the next: nobody waits, nobody gets an error, nobody sees some of each."""

import asyncio
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from archiver.demo import DemoPortal, serve, stories
from archiver.site.errors import ServingError
from archiver.store.databases.opening import open_archive
from archiver.store.sharing.snapshots import current, snapshots_in
from tests.demo.conftest import NOW
from tests.publishing.conftest import made
from tests.site.public.conftest import Visitor, served
from tests.waiting import Gate, wait_until


@pytest.fixture
def data(crawled, tmp_path):
    return shutil.copytree(crawled, tmp_path / "data")


def rename(data, title):
    archive = open_archive(data)
    archive.execute("UPDATE articles SET title = ?", (title,))
    archive.close()


def titles(visitor):
    return {row[0] for row in visitor.ask("/archive.json?sql=select+title+from+articles").json()["rows"]}


def test_the_next_snapshot_is_seen_as_soon_as_it_is_there(data, tmp_path):
    rename(data, "Tin cũ")
    made(data, tmp_path / "out")
    visitor = Visitor(tmp_path / "out")
    assert titles(visitor) == {"Tin cũ"}
    rename(data, "Tin mới")
    made(data, tmp_path / "out", keep=1)
    assert titles(visitor) == {"Tin cũ"}, "the old one may be deleted, and is still whole"
    assert "Tin cũ" in visitor.ask("/archive/articles").text
    old = visitor.site.edition
    tag = visitor.ask("/").headers["etag"]
    asyncio.run(visitor.site.look())
    assert titles(visitor) == {"Tin mới"}
    assert "Tin mới" in visitor.ask("/archive/articles").text
    assert visitor.ask("/", **{"If-None-Match": tag}).status_code == 200
    assert all(process.poll() is not None for process in old.free_sql.started)
    visitor.close()


def test_nothing_is_left_of_the_old_ones(data, tmp_path):
    made(data, tmp_path / "out")
    visitor = Visitor(tmp_path / "out")
    threads = None
    for _ in range(3):
        titles(visitor)
        visitor.ask("/archive/articles")
        threads = threads or threading.active_count()
        made(data, tmp_path / "out")
        asyncio.run(visitor.site.look())
        wait_until(lambda: threading.active_count() <= threads)  # noqa: B023
    open_files = [str(each.readlink()) for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
    assert {re.sub(r"^.*/", "", each) for each in open_files if str(tmp_path / "out") in each} == {
        visitor.site.edition.snapshot.archive.name
    }
    visitor.close()


def test_an_answer_that_has_begun_is_finished_from_the_old_one(data, tmp_path):
    rename(data, "Tin cũ")
    made(data, tmp_path / "out")
    visitor = Visitor(tmp_path / "out")
    rename(data, "Tin mới")
    made(data, tmp_path / "out", keep=1)
    old = visitor.site.edition
    ask = old.free_sql.ask

    async def asked(client):
        sql = "SELECT max(title) FROM articles"
        return (await client.get(f"/archive.json?{urlencode({'sql': sql})}")).json()["rows"][0][0]

    async def all_of_it():
        has_begun, may_go_on = asyncio.Event(), asyncio.Event()

        async def resting(question):
            has_begun.set()
            await may_go_on.wait()
            return await ask(question)

        old.free_sql.ask = resting
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=visitor.site), base_url="http://localhost"
        ) as client:
            begun = asyncio.create_task(asked(client))
            await has_begun.wait()
            await visitor.site.look()
            after = await asked(client)
            may_go_on.set()
            return await begun, after

    assert asyncio.run(all_of_it()) == ("Tin cũ", "Tin mới")
    assert old.is_over
    visitor.close()


def test_a_snapshot_that_is_not_whole_is_not_shown(data, tmp_path, caplog):
    rename(data, "Tin cũ")
    made(data, tmp_path / "out")
    visitor = Visitor(tmp_path / "out")
    rename(data, "Tin mới")
    file = made(data, tmp_path / "out").snapshot.archive
    file.write_bytes(file.read_bytes()[:-1000] + bytes(1000))
    asyncio.run(visitor.site.look())
    asyncio.run(visitor.site.look())
    assert titles(visitor) == {"Tin cũ"}
    assert caplog.text.count("has other bytes than MANIFEST.sha256 says") == 1
    made(data, tmp_path / "out")
    asyncio.run(visitor.site.look())
    assert titles(visitor) == {"Tin mới"}
    visitor.close()


def test_without_a_snapshot_it_says_how_to_come_by_one(tmp_path):
    with pytest.raises(ServingError, match="archiver snapshot"):
        Visitor(tmp_path)
    (tmp_path / "2026-11-25").mkdir()
    (tmp_path / "current").symlink_to("2026-11-25")
    with pytest.raises(ServingError, match="cannot be shown"):
        Visitor(tmp_path)


PATHS = (
    "",
    "archive",
    "archive/articles",
    "archive/articles.json?_facet=section&_size=20",
    "archive/list_presence.json",
    "archive/published_per_month.json",
    "archive/revisions.csv",
    f"archive.json?{urlencode({'sql': 'SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM captures)'})}",
)
_CHANGING = re.compile(r'"query_ms": [\d.e-]+|Queries took [\d.]+ms')


class Reader(threading.Thread):
    """Asks one page after the other, and notes what came."""

    def __init__(self, address, number, stop):
        super().__init__()
        self.address, self.number, self.stop = address, number, stop
        self.answers, self.seconds, self.errors = [], [], []

    def run(self):
        with httpx.Client(timeout=30) as client:
            count = self.number
            while not self.stop.is_set():
                path = PATHS[count % len(PATHS)]
                count += 1
                begun = time.perf_counter()
                try:
                    answer = client.get(self.address + path)
                except httpx.HTTPError as error:
                    self.errors.append((path, repr(error)))
                    continue
                self.seconds.append(time.perf_counter() - begun)
                if answer.status_code != 200:
                    self.errors.append((path, answer.status_code, answer.text[:200]))
                    continue
                self.answers.append((path, answer.headers["etag"], _CHANGING.sub('"query_ms": 0', answer.text)))


def captures_in(data):
    with closing(sqlite3.connect(f"file:{data / 'archive.db'}?mode=ro", uri=True)) as db:
        return db.execute("SELECT count(*) FROM captures").fetchone()[0]


def test_ten_readers_a_crawl_and_two_new_snapshots(data, tmp_path, capsys):
    """No error, and all that one snapshot ever answered to a question is the same."""
    made(data, tmp_path / "out")
    portal = DemoPortal(stories(600), lambda: NOW, faults=False)
    gate = Gate(portal)
    gate.hold(500)  # it does not come to its end meanwhile
    with serve(portal) as there, served("--snapshots", tmp_path / "out") as (process, address):
        line = [
            sys.executable,
            "-m",
            "archiver",
            "crawl",
            "demo",
            "--base-url",
            there.base_url,
            "--delay",
            "0",
            "--data",
            str(data),
        ]
        stop = threading.Event()
        readers = [Reader(address, number, stop) for number in range(10)]
        with subprocess.Popen([*line, "--full"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as crawl:
            for reader in readers:
                reader.start()
            for count in (2, 3):
                seen = captures_in(data)
                wait_until(lambda: captures_in(data) > seen + 5)  # noqa: B023
                assert made(data, tmp_path / "out").faults == []
                wait_until(lambda: len({tag for reader in readers for _, tag, _ in list(reader.answers)}) == count)  # noqa: B023
            time.sleep(1)
            was_crawling = crawl.poll() is None
            stop.set()
            for reader in readers:
                reader.join()
            crawl.kill()
            gate.open()
    assert was_crawling, "the crawl went on all the time"
    assert [error for reader in readers for error in reader.errors] == []
    answers = [answer for reader in readers for answer in reader.answers]
    tags = {tag for _, tag, _ in answers}
    assert len(tags) == 3, "all three snapshots were seen"
    said = {}
    for path, tag, text in answers:
        assert said.setdefault((path, tag), text) == text, path
    rows = {each.digests[each.archive.name][:16]: each.rows for each in snapshots_in(tmp_path / "out")}
    for path, tag, text in answers:
        if path == PATHS[-1]:
            counts = rows[tag[3:19]]
            assert json.loads(text)["rows"] == [[counts["articles"], counts["captures"]]]
    assert len({counts["captures"] for counts in rows.values()}) == 3, "each shows more than the one before"
    seconds = sorted(second for reader in readers for second in reader.seconds)
    p50, p95 = seconds[len(seconds) // 2], seconds[len(seconds) * 95 // 100]
    with capsys.disabled():
        print(
            f"\n10 readers: {len(seconds)} answers, p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, slowest {seconds[-1] * 1000:.0f} ms"
        )
    assert p95 < 20, "however busy the machine is, nobody waits for a crawl or a snapshot to end"
    assert process.returncode is not None
    assert "readers see the snapshot" in process.written
    assert "Traceback" not in process.written
    assert current(tmp_path / "out").name in process.written
