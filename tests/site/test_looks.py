"""Fonts that hold every Vietnamese letter, style sheets that name them, and colours that can be read."""

import asyncio
import importlib
import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import archiver.site
from archiver.site.serving import datasette_for
from archiver.store.databases.opening import open_archive

ROOT = Path(archiver.site.__file__).parents[2]
STATIC = Path(archiver.site.__file__).parent / "plugin" / "static"
FONTS = sorted(STATIC.glob("*.woff2"))
STYLES = sorted(STATIC.glob("*.css"))
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "aăâeêioôơuưy"
MARKED = {
    unicodedata.normalize("NFC", letter + tone)
    for vowel in VOWELS
    for letter in (vowel, vowel.upper())
    for tone in TONES
    if tone or letter.lower() not in "aeiouy"
} | {"đ", "Đ"}
PUNCTUATION = "₫“”‘’…–—«»·•°²³½×−§ÐðñÇ \u00a0€№"
COMBINING = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"


def test_there_are_134_vietnamese_letters_with_marks():
    assert len(MARKED) == 134
    assert all(len(letter) == 1 for letter in MARKED)


@pytest.mark.parametrize("font", FONTS, ids=lambda path: path.name)
def test_every_vietnamese_letter_is_in_every_font(font):
    letters = TTFont(font).getBestCmap()
    wanted = MARKED | set(PUNCTUATION) | set(COMBINING) | {chr(code) for code in range(0x20, 0x7F)}
    assert [letter for letter in sorted(wanted) if ord(letter) not in letters] == []


@pytest.mark.parametrize("font", FONTS, ids=lambda path: path.name)
def test_a_letter_written_with_combining_marks_has_them_in_their_place(font):
    """NFD: where a font has no rule for a mark, it stands beside its letter."""
    features = {record.FeatureTag for record in TTFont(font)["GPOS"].table.FeatureList.FeatureRecord}
    assert "mark" in features


@pytest.mark.parametrize("font", [path for path in FONTS if "mono" in path.name], ids=lambda path: path.name)
def test_every_letter_of_the_monospace_is_as_wide_as_any(font):
    read = TTFont(font)
    letters = read.getBestCmap()
    widths = {read["hmtx"][letters[ord(letter)]][0] for letter in MARKED | set("iMW.0")}
    assert len(widths) == 1


@pytest.mark.parametrize("font", FONTS, ids=lambda path: path.name)
def test_fonts_are_small(font):
    assert font.stat().st_size < 150_000


def test_there_are_a_serif_a_sans_and_a_monospace_with_their_licences():
    names = {path.stem for path in FONTS}
    assert names >= {"noto-serif", "noto-sans", "jetbrains-mono"}
    for licence in ("OFL-noto.txt", "OFL-jetbrains-mono.txt"):
        text = (STATIC / licence).read_text(encoding="utf-8")
        assert text.startswith("Copyright")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
        assert "Reserved Font Name" not in text.split("-----")[0], "a font with one would need another name"


def test_the_fonts_are_those_that_the_script_makes(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "docs")
    script = importlib.import_module("fonts")
    assert {face.name for face in script.FACES} == {path.stem for path in FONTS}
    face = next(face for face in script.FACES if face.name == "jetbrains-mono")
    assert script.make(face, tmp_path).read_bytes() == (STATIC / "jetbrains-mono.woff2").read_bytes()


@pytest.fixture(scope="module")
def get(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    open_archive(folder).close()
    site = datasette_for(folder / "archive.db")
    return lambda path: asyncio.run(site.client.get(path))


def test_style_sheets_name_their_fonts_with_a_digest_and_all_may_be_kept(get):
    page = get("/").text
    (address,) = re.findall(r'href="(/-/looks/fonts\.css\?[0-9a-f]{12})"', page)
    answer = get(address)
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    fonts = re.findall(r"url\((.+?)\)", answer.text)
    assert len(fonts) == len(FONTS)
    for font in fonts:
        kept = get(f"/-/looks/{font}")
        assert kept.status_code == 200, font
        assert kept.headers["content-type"] == "font/woff2"
        assert "immutable" in kept.headers["cache-control"]
        assert re.fullmatch(r"[a-z-]+\.woff2\?[0-9a-f]{12}", font)


def test_nothing_is_asked_for_elsewhere():
    for style in STYLES:
        text = style.read_text(encoding="utf-8")
        assert "//" not in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL), style.name
        assert "@import" not in text


def test_what_is_not_there_is_not_found(get):
    assert get("/-/looks/nothing.css").status_code == 404


# -- colours ------------------------------------------------------------------------------------------------------------

AA = 4.5  # contrast of text, WCAG 2
PAIRS = [
    ("ink", "paper"), ("faint", "paper"), ("accent", "paper"), ("paper", "accent"), ("ink", "added"), ("ink", "removed"),
    ("ink", "mark"),
]  # fmt: skip


def schemes():
    """The variables of colour in light and dark."""
    text = (STATIC / "frame.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part)) for part in text.split("prefers-color-scheme: dark", 1)
    )
    return {"light": light, "dark": light | dark}


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_the_guidelines_do():
    assert round(contrast("#ffffff", "#000000"), 1) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_in_light_and_dark(scheme, text, ground):
    colours = schemes()[scheme]
    assert contrast(colours[text], colours[ground]) >= AA


def test_dark_is_another_scheme():
    assert schemes()["light"]["paper"] != schemes()["dark"]["paper"]


@pytest.mark.parametrize(
    "style",
    [path for path in STYLES if path.name in ("frame.css", "site.css", "article.css", "datasette.css")],
    ids=lambda path: path.name,
)
def test_every_colour_is_one_of_these(style):
    """Else it would not be checked."""
    text = re.sub(r"/\*.*?\*/|--\w+: #[0-9a-f]{6}", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", text)) <= {"#fff"}, "white under a captured page"


def test_every_variable_is_there():
    styles = "".join(path.read_text(encoding="utf-8") for path in STYLES)
    names, own = (set(re.findall(pattern, styles)) for pattern in (r"var\(--(\w+)\)", r"--(\w+):"))
    assert names <= schemes()["light"].keys() | {"serif", "sans", "mono"} | own
