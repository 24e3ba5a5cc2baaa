"""What holds for every test."""

import signal

import pytest


@pytest.fixture(autouse=True, scope="session")
def an_interrupt_is_heard():
    """A shell that starts the tests in its background makes them, and all that they start, deaf to Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
