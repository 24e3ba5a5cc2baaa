"""A key of the configuration: a field of a dataclass that says what it means and what may stand there."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_KIND_OF = {"bool": bool, "int": int, "float": float, "str": str}


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key besides its value."""

    name: str
    kind: type  # bool, int, float or str
    default: object
    says: str  # what it means, with its unit
    at_least: float | None = None
    at_most: float | None = None
    pattern: str | None = None  # of a whole text
    is_secret: bool = False  # what stands there by mistake may be one: it is not repeated

    @property
    def allowed(self) -> str:
        """What may stand there, in words."""
        if self.kind is bool:
            return "true or false"
        if self.kind is str:
            return f"a text in quotes{f', {self.says_of_pattern}' if self.pattern else ''}"
        number = "a whole number" if self.kind is int else "a number"
        return f"{number} from {self.at_least or 0:,g} to {self.at_most or 0:,.0f}"

    @property
    def says_of_pattern(self) -> str:
        """What a text has to look like."""
        return _SAYS_OF[self.pattern or ""]

    def allows(self, value: object) -> bool:
        """Whether a value of TOML may stand there.

        >>> jobs = Key("jobs", int, 4, "", 1, 64)
        >>> [jobs.allows(value) for value in (1, 64, 0, 65, True, 2.0, "2")]
        [True, True, False, False, False, False, False]
        """
        if type(value) is not self.kind and not (self.kind is float and type(value) is int):
            return False
        if isinstance(value, str):
            return self.pattern is None or re.fullmatch(self.pattern, value) is not None
        if isinstance(value, bool) or self.at_least is None or self.at_most is None:
            return True
        return isinstance(value, int | float) and self.at_least <= value <= self.at_most


VARIABLE = "[A-Za-z_][A-Za-z0-9_]*|"
ADDRESS = r"https?://[^\s/?#@]+(/\S*)?|"
SUFFIX = r"[/?][^\s#]*|"
_SAYS_OF = {
    VARIABLE: "the name of an environment variable (letters, digits and _), not its content; or nothing",
    ADDRESS: "an address that begins with http:// or https:// and names a host; or nothing",
    SUFFIX: "the end of an address that begins with / or ?; or nothing",
}


def key(
    default: Any,
    says: str,
    at_least: float | None = None,
    at_most: float | None = None,
    *,
    pattern: str | None = None,
    is_secret: bool = False,
) -> Any:
    """A field of a section."""
    told = {"says": says, "at_least": at_least, "at_most": at_most, "pattern": pattern, "is_secret": is_secret}
    return dataclasses.field(default=default, metadata=told)


def keys_of(section: type) -> Iterator[Key]:
    """The keys of a section, in the order in which they are written."""
    for each in dataclasses.fields(section):
        if each.metadata:
            yield Key(each.name, _KIND_OF[str(each.type)], each.default, **each.metadata)
