"""The course of a whole run: every fault, each as often as the scale says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice, product
from pathlib import Path
from random import Random

from bench.faults import clock, flipped, full_disk, killing, locked
from bench.faults.killing import Tell
from bench.faults.scale import Scale
from bench.faults.scenes import Scene, scenes

Made = dict[str, Scene]

_AT_A_TIME = 2  # parts: each mostly waits for a process


@dataclass(frozen=True, slots=True)
class Found:
    """What came of everything."""

    seed: int
    killed: list[killing.Killed]
    copied: killing.Killed
    hindered: list[full_disk.Hindered]
    held: list[locked.Held]
    flipped: list[flipped.Flipped]
    set_back: clock.SetBack


def find(place: Path, scale: Scale, seed: int, tell: Tell) -> Found:
    """Let every fault befall copies of small archives; the seed decides on the moments, as far as moments can be."""
    with scenes(place, scale.stories) as made, ThreadPoolExecutor(_AT_A_TIME) as pool:
        kills = {
            f"kills of {name}": partial(killing.kill, scene, scale.kills, scale.in_a_row)
            for name, scene in made.items()
        }
        others = {
            "copying": partial(killing.kill_in_copy, made["reparse"], scale.copies),
            "full disk": partial(_fill_up, made, scale),
            "locks": partial(_hold, made, scale),
            "bits": partial(_flip, made["recheck"], scale.bits),
            "clock": partial(clock.set_back, made["crawl"], made["recheck"]),
        }
        begun = {
            name: pool.submit(part, Random(f"{seed} {name}"), place / name, tell)
            for name, part in (kills | others).items()
        }
        killed = [begun[name].result() for name in kills]
        return Found(seed, killed, *(begun[name].result() for name in others))


def _fill_up(made: Made, scale: Scale, dice: Random, place: Path, tell: Tell) -> list[full_disk.Hindered]:
    cases = islice(product(made.values(), full_disk.MEANS), 0, None, scale.step)
    return [full_disk.fill_up(scene, means, scale.fillings, dice, place, tell) for scene, means in cases]


def _hold(made: Made, scale: Scale, dice: Random, place: Path, tell: Tell) -> list[locked.Held]:
    ways = (locked.hold_too_long, locked.hold_a_while)
    cases = [*islice(product(made.values(), locked.FILES, ways), 0, None, scale.step)]
    cases += islice(
        product((made["recheck"], made["reparse"]), locked.FILES, (locked.hold_alone,)), 0, None, scale.step
    )
    if scale.with_full_patience:
        cases.append((made["recheck"], "captures.db", locked.hold_with_full_patience))
    return [hold(scene, file, dice, place, tell) for scene, file, hold in cases]


def _flip(scene: Scene, bits: int, dice: Random, place: Path, tell: Tell) -> list[flipped.Flipped]:
    return [flipped.flip(scene, kind, bits, dice, place, tell) for kind in flipped.KINDS]
