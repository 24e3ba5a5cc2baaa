"""An hour from its first minute to its judgement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.hour.judging import judge
from bench.hour.playing import Scale, Stage
from bench.hour.sections import Hour
from bench.hour.seeing import see
from bench.hour.towns import START


def live(folder: Path, scale: Scale, say: Callable[[str], None]) -> Hour:
    """Live through it in an empty folder."""
    stage = Stage(folder, scale, say)
    played = stage.play()
    return Hour(played, [judge(seen, START, scale.end) for seen in see(stage.served.data, played)])
