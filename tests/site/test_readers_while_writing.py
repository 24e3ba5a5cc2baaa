"""Ten readers of the plain site while a crawl writes: no error, and what is new is seen at once."""

import re
import shutil
import subprocess
import sys
import threading

import httpx

from archiver.demo import DemoPortal, serve, stories
from tests.demo.conftest import NOW
from tests.publishing.conftest import crawled
from tests.waiting import wait_until

__all__ = ["crawled"]
PATHS = ("", "search?q=UBND", "articles.json", "archive/articles.json?_search=UBND", "edits", "lists",
         "archive/articles.csv?_stream=1", "archive/revisions.json?_size=20", "missing.atom", "search.csv?q=họp")  # fmt: skip
COUNT = "archive.json?sql=SELECT+count(*)+FROM+articles&_shape=arrayfirst"


def read_on(address, number, stop, counts, faults):
    """Ask for one page after the other, and each time how many articles there are."""
    with httpx.Client(timeout=60, base_url=address) as client:
        while not stop.is_set():
            number += 1
            stop.wait(0.3)
            for path in (PATHS[number % len(PATHS)], COUNT):
                answer = client.get(path)
                if answer.status_code != 200:
                    faults.append((path, answer.status_code, answer.text[:300]))
                if path == COUNT and answer.status_code == 200:
                    counts.append(answer.json()[0])


class Watched:
    """Stands before a portal: every fourth answer waits until somebody has counted the articles anew."""

    def __init__(self, portal, counts):
        self.respond, self.counts, self.asked = portal.respond, counts, 0
        portal.respond = self

    def __call__(self, *asked):
        self.asked += 1
        if self.asked % 4 == 0:
            seen = sum(map(len, self.counts))
            wait_until(lambda: sum(map(len, self.counts)) > seen + len(self.counts))
        return self.respond(*asked)


def test_nobody_is_locked_out_and_nobody_sees_what_was(crawled, tmp_path):
    data = shutil.copytree(crawled, tmp_path / "data")
    line = [sys.executable, "-m", "archiver"]
    serving = [*line, "serve", "--port", "0", "--data", str(data)]
    stop, counts, faults = threading.Event(), [[] for _ in range(10)], []
    portal = DemoPortal(stories(200), lambda: NOW, faults=False)
    Watched(portal, counts)
    with (
        serve(portal) as there,
        subprocess.Popen(serving, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as site,
    ):
        said = next(each for each in site.stdout if "http://" in each)
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)[0]
        readers = [threading.Thread(target=read_on, args=(address, n, stop, counts[n], faults)) for n in range(10)]
        for each in readers:
            each.start()
        crawling = [*line, "crawl", "demo", "--base-url", there.base_url, "--delay", "0", "--limit", "25", "--data"]
        crawl = subprocess.run([*crawling, str(data)], capture_output=True, text=True, check=False)
        now = httpx.get(f"{address}{COUNT}").json()[0]
        newest = httpx.get(f"{address}articles.json").json()["articles"]
        stop.set()
        for each in readers:
            each.join()
        site.terminate()
        written = site.stdout.read()
    assert crawl.returncode in (0, 3), crawl.stderr[-500:]
    assert faults == []
    assert now > 40
    assert newest[0]["first_captured_at"] > newest[-1]["first_captured_at"]
    for seen in counts:
        assert seen == sorted(seen), "nobody is taken back"
    assert len({count for seen in counts for count in seen}) > 3, "they saw it grow"
    assert "locked" not in written + crawl.stderr
    assert "Traceback" not in written
