"""Towns on loopback, until the test ends."""

from __future__ import annotations

import pytest

from tests.driving.towns import Towns


@pytest.fixture
def towns(tmp_path):
    """Serves towns until the test ends."""
    made: list[Towns] = []

    def of(*portals: object) -> Towns:
        made.append(Towns(tmp_path, list(portals)))
        made[-1].configure()
        return made[-1]

    yield of
    for each in made:
        each.end()
