"""RESULTS.md, section by section: what was measured anew takes the place of what was printed before."""

from __future__ import annotations

import re

from bench.table import table

GOALS = "Goals"

_HEADING = re.compile(r"^(?=## )", re.MULTILINE)


def replaced(before: str, told: str, remark: str) -> str:
    """The whole text with some sections in place of those of the same name; new ones stand before the goals.

    Goals that were not measured anew stay as they were. `remark` says under each section that it was measured apart.
    """
    title, *sections = _HEADING.split(before)
    by_name = {_name(section): section.strip() for section in sections}
    goals = by_name.pop(GOALS, "")
    for section in _HEADING.split(told):
        if section.startswith("## ") and _name(section) != GOALS:
            heading, _, text = section.strip().partition("\n")
            by_name[_name(section)] = f"{heading}\n\n{remark}\n{text}"
        elif section.startswith("## "):
            goals = _goals(goals, section)
    return "\n\n".join([title.strip(), *by_name.values(), goals.strip()]).strip() + "\n"


def _name(section: str) -> str:
    return section.partition("\n")[0].removeprefix("## ").strip()


def _goals(before: str, after: str) -> str:
    """The rows of both tables as (name, measured, reached): those of the second in place of those of the first."""
    rows = {cells[0]: cells for text in (before, after) for cells in _rows(text)}
    return f"## {GOALS}\n\n{table(('goal', 'measured', ''), list(rows.values()))}"


def _rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]
