"""The few elements of SVG that plots are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

HATCHES = {"blind": 45, "not-asked": -45, "partly": 0}
"""How days that were not seen are hatched: the kind of day, and the angle of its lines in degrees."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What is told to somebody who does not see the plot."""

    name: str  # letters, digits and hyphens; no two plots of a page share one
    title: str
    description: str


def tag(element: str, *children: str, **attributes: object) -> str:
    """One element; children are markup, attributes are text. `class_` is "class", `stroke_width` "stroke-width".

    >>> tag("rect", tag("title", text("a < b")), class_="bar", x=1.50, width="3%")
    '<rect class="bar" x="1.5" width="3%"><title>a &lt; b</title></rect>'
    """
    named = (f' {name.rstrip("_").replace("_", "-")}="{escape(_short(value))}"' for name, value in attributes.items())
    return f"<{element}{''.join(named)}>{''.join(children)}</{element}>"


def text(words: object) -> str:
    """Words as markup."""
    return escape(str(words), quote=False)


def percent(part: float, whole: float) -> str:
    """A share of the width.

    >>> percent(1, 3), percent(0, 0)
    ('33.333%', '0%')
    """
    return f"{_short(100 * part / whole if whole else 0)}%"


def figure(caption: Caption, content: Iterable[str], hatches: Iterable[str] = (), **attributes: object) -> str:
    """A whole plot, with its title and description, and the hatches that it uses."""
    ids = f"{caption.name}-title", f"{caption.name}-desc"
    return tag(
        "svg",
        tag("title", text(caption.title), id=ids[0]),
        tag("desc", text(caption.description), id=ids[1]),
        *(_hatch(caption, kind) for kind in hatches),
        *content,
        **({"role": "img", "aria_labelledby": " ".join(ids)} | attributes),
    )


def hatched(caption: Caption, kind: str, *children: str, **place: object) -> str:
    """A rectangle with the hatch of a kind of day."""
    return tag("rect", *children, fill=f"url(#{caption.name}-{kind})", **place)


def _hatch(caption: Caption, kind: str) -> str:
    line = tag("path", d="M0 2.5H5", class_=f"hatch {kind}")
    return tag(
        "pattern",
        line,
        id=f"{caption.name}-{kind}",
        width=5,
        height=5,
        patternUnits="userSpaceOnUse",
        patternTransform=f"rotate({HATCHES[kind]})",
    )


def _short(value: object) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
