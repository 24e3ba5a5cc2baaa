"""Draw the README's pictures anew: the made-up town's archive in a browser, as docs/screenshots/*.png.

Run by `make screenshots`; wants Chromium.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from archiver.site.serving import datasette_for  # noqa: E402
from tests.site.browser import serving  # noqa: E402
from tests.site.browsing.town import lived  # noqa: E402

FOLDER = Path(__file__).parent / "screenshots"
DESK, PHONE = (1120, 760), (360, 720)


@dataclass(frozen=True)
class Shot:
    """One picture: its name, what it shows, and to whom."""

    name: str
    path: str
    language: str
    scheme: str = "light"
    size: tuple[int, int] = DESK
    at: str | None = None  # what is scrolled to; else the top


SHOTS = (
    Shot("home", "/", "en"),
    Shot("search", "/search?q=my+hao", "en", scheme="dark"),
    Shot("history", "/a/{marked}/history", "en", at="p.key"),
    Shot("plots", "/plots", "vi", at="#sections"),
    Shot("phone", "/a/{marked}", "vi", size=PHONE),
)


def main() -> None:
    """Play the town's weeks, and take a picture of each page."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        told = lived(Path(folder))
        app = datasette_for(Path(folder) / "archive.db").app()
        with serving(app) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            for shot in SHOTS:
                take(browser, address + shot.path.format(**told.keys), shot)
            browser.close()


def take(browser: Browser, address: str, shot: Shot) -> None:
    """Take one picture, and pack it well."""
    width, height = shot.size
    page = browser.new_page(viewport={"width": width, "height": height}, locale=shot.language, color_scheme=shot.scheme)
    page.goto(address)
    page.evaluate("() => document.fonts.ready")
    if shot.at:
        page.locator(shot.at).evaluate("each => each.scrollIntoView()")
    file = FOLDER / f"{shot.name}.png"
    page.screenshot(path=file)
    page.close()
    Image.open(file).convert("RGB").save(file, optimize=True)
    print(f"{file.name}: {file.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
