"""What processes hold in memory while they run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Peak:
    """The most that was seen, in megabytes, of a process and of those that it began."""

    together: float = 0.0
    of_one: float = 0.0
    children: int = 0  # at a time

    def look(self, pid: int) -> None:
        """Look once."""
        sizes = resident(pid)
        self.together, self.of_one = max(self.together, sum(sizes)), max(self.of_one, *sizes, 0.0)
        self.children = max(self.children, len(sizes) - 1)


def resident(pid: int) -> list[float]:
    """Megabytes of a process and of those that it began, as long as they are there."""
    return [size for each in (pid, *_children(pid)) if (size := _size(each)) is not None]


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:  # it has ended
        return []


def _size(pid: int) -> float | None:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), None)
