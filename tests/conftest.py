"""What holds for every test."""

import signal

import pytest
from hypothesis import HealthCheck, settings

# An example may take long, and a few may, where the machine is busy with something else: that says nothing of the code.
settings.register_profile("any machine", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(autouse=True, scope="session")
def an_interrupt_is_heard():
    """A shell that starts the tests in its background makes them, and all that they start, deaf to Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
