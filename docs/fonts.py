"""Make the site's fonts: of each family the letters that its pages need, as woff2, with the licence beside them.

    make fonts

The families come from PyPI (the packages `fontpkg-…` among the development requirements), all under the SIL Open Font
License without a reserved name. Kept are Latin with all that Vietnamese needs, composed and as combining marks, and
punctuation; of the weights 400 to 700. The same packages give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

STATIC = Path(__file__).parents[1] / "archiver" / "site" / "plugin" / "static"
LETTERS = (
    "U+0020-007E,U+00A0-017F,U+01A0-01A1,U+01AF-01B0,U+0300-0304,U+0306,U+0308-0309,U+031B,U+0323,U+1EA0-1EF9,"
    "U+2010-2027,U+202F-203A,U+2044,U+2070,U+2074-2079,U+20AB-20AC,U+2116,U+2122,U+2190-2193,U+2212,U+2260,U+2264-2265"
)
FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk"]  # no ligatures: "->" in an address is two characters
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # copyright, names, version, licence
WEIGHTS = (400, 700)


@dataclass(frozen=True, slots=True)
class Face:
    """One file: where it comes from, and which part of its axes is kept."""

    name: str
    package: str
    source: str
    axes: dict[str, float | tuple[float, float]]


FACES = (
    Face("noto-serif", "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf", {"wdth": 100, "wght": WEIGHTS}),
    Face("noto-serif-italic", "fontpkg_noto_serif", "NotoSerif-Italic[wdth,wght].ttf", {"wdth": 100, "wght": 400}),
    Face("noto-sans", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", {"wdth": 100, "wght": WEIGHTS}),
    Face("jetbrains-mono", "fontpkg_jetbrains_mono", "JetBrainsMono[wght].ttf", {"wght": WEIGHTS}),
)
LICENCES = {"OFL-noto.txt": "fontpkg_noto_serif", "OFL-jetbrains-mono.txt": "fontpkg_jetbrains_mono"}


def make(face: Face, folder: Path) -> Path:
    """Write one font into a folder."""
    font = TTFont(root(face.package) / "files" / face.source, recalcTimestamp=False)
    options = subset.Options(layout_features=FEATURES, name_IDs=NAMES, notdef_outline=True, hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(LETTERS))
    subsetter.subset(font)  # before its axes: what is cut off need not be computed
    small = instancer.instantiateVariableFont(font, face.axes)
    small.flavor = "woff2"
    small.save(folder / f"{face.name}.woff2")
    return folder / f"{face.name}.woff2"


def root(package: str) -> Path:
    """Where a package lies."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed: make .venv/.development")
    return Path(spec.origin).parent


def main() -> None:
    """Write all of them, and their licences."""
    for face in FACES:
        made = make(face, STATIC)
        print(f"{made.name}: {made.stat().st_size:,} bytes")
    for name, package in LICENCES.items():
        text = (root(package) / "LICENSE").read_text(encoding="utf-8")
        (STATIC / name).write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
