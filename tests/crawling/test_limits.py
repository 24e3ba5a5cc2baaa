"""How far one run may go, in a process of its own."""

import subprocess
import sys
import time

from archiver.demo.responses import Response

GREEDY = """
import resource
from archiver.crawling.limits import fence_in
fence_in(128)
print(resource.getrlimit(resource.RLIMIT_DATA)[0] // 1024**2)
try:
    bytearray(2 * 1024**3)
except MemoryError:
    print("refused")
"""


class Silent:
    """Answers robots.txt and the home page, and nothing else."""

    def __init__(self, portal):
        self.portal = portal

    def respond(self, method, target, headers, body):
        answer = self.portal.respond(method, target, headers, body)
        return answer if target in ("/", "/robots.txt") else Response(200, (), b"", delay=3600)


def test_a_deadline_is_met_while_the_portal_keeps_us_waiting(command, calm):
    run = command(Silent(calm))
    began = time.monotonic()
    values = run.values("--deadline", "4")
    assert time.monotonic() - began < 25, "it waits for the request under way, no longer than the deadline is"
    assert (values["status"], values["reason"].partition(":")[0]) == ("limited", "deadline")
    assert run.captures.execute("SELECT status FROM crawls").fetchall() == [("limited",)]


def test_the_kernel_refuses_what_no_run_should_hold():
    ran = subprocess.run([sys.executable, "-c", GREEDY], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["768", "refused"]
