"""What is told, in plain words, with the command to run."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.alerting.conditions import Condition, shown
from archiver.alerting.said import News, Told
from archiver.logs.lines import on_one_line


@dataclass(frozen=True, slots=True)
class Sender:
    """Who tells: the machine, and how the program is called there for the archive in question."""

    host: str
    program: tuple[str, ...]
    folder: str

    def command(self, subcommand: Sequence[str]) -> str:
        """A line for a shell."""
        return shlex.join([*self.program, *subcommand, "--data", self.folder])


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent."""

    title: str
    body: str


def message(of: News, sender: Sender) -> Message:
    """All news at once: what is wrong first."""
    paragraphs = [
        *(in_words(each, sender) for each in of.begun),
        *(in_words(each, sender, "Changed: ") for each in of.changed),
        *(_over(each) for _, each in of.over),
    ]
    return Message(f"archiver on {sender.host}: {_in_short(of)}", "\n\n".join(paragraphs))


def trial(sender: Sender) -> Message:
    """A message that says nothing but that messages come through."""
    return Message(f"archiver on {sender.host}: a test", f"Alerts about {sender.folder} reach you. Nothing is wrong.")


def in_words(condition: Condition, sender: Sender, before: str = "") -> str:
    """A condition for people: what it is, what to look at, what to run."""
    lines = [f"{before}{condition.title}", *condition.lines, f"Run: {sender.command(condition.command)}"]
    return "\n  ".join(on_one_line(line) for line in lines)  # a portal has a say in them


def _over(told: Told) -> str:
    return f"Well again: {told.well} (told of at {shown(told.since)})"


def _in_short(of: News) -> str:
    wrong = (*of.begun, *of.changed)
    if not wrong:
        return "well again" if len(of.over) == 1 else f"{len(of.over)} things are well again"
    return wrong[0].title if len(wrong) == 1 else f"{len(wrong)} things are wrong"
