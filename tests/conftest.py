"""What holds for every test."""

import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Files that take longest stand first: one that begins when the others are done keeps one core busy, the rest idle.
LONGEST = (
    "crawling/test_kill.py",
    "exchange/test_wayback.py",
    "site/browsing/test_every_page.py",
    "site/browsing/test_reading.py",
    "crawling/test_small_sites.py",
    "supervising/test_schedule.py",
    "site/public/test_under_a_path.py",
    "site/public/test_swapping.py",
    "crawling/test_dresses.py",
    "crawling/test_bad_week.py",
    "test_cli.py",
)

# An example may take long, and a few may, where the machine is busy with something else: that says nothing of the code.
settings.register_profile("any machine", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(autouse=True, scope="session")
def an_interrupt_is_heard():
    """A shell that starts the tests in its background makes them, and all that they start, deaf to Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items):
    """The longest files first, all else in its order."""
    here = Path(__file__).parent
    place = {here / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(LONGEST)))
