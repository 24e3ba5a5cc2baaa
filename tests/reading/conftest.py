"""Made-up pages in many markups, each with what a person reads on it (see `renderings/README.md`)."""

import dataclasses
import json
from pathlib import Path

import pytest

from archiver.portals import PORTALS
from archiver.reading.page import read

RENDERINGS = Path(__file__).parent / "renderings"
SHARED_PAGES = Path(__file__).resolve().parents[3] / "shared" / "pages"
LIST_URL = "https://anthuan.example/portal/Pages/Tin-trong-thi-xa.aspx"
DEMO = PORTALS["demo"]


def rendering_files():
    return sorted(RENDERINGS.glob("*/*.html"))


def expected(file):
    return json.loads((file.parent / "expected.json").read_text(encoding="utf-8"))


def url_of(file):
    article = expected(file)["article"]
    return article["url"] if article else LIST_URL


def as_expected(page):
    """A page in the form of `expected.json`: what `archiver parse` prints, without what only the crawler needs."""
    article = dataclasses.asdict(page.article) if page.article else None
    if article:
        del article["published_precision"]
    listed = [dataclasses.asdict(row) for row in page.listed]
    for row in listed:
        del row["box"], row["heading"]
    return json.loads(json.dumps({"kind": page.kind, "article": article, "listed": listed}))


def read_rendering(file, body=None):
    return read(file.read_bytes() if body is None else body, DEMO, url_of(file), "text/html")


@pytest.fixture(params=rendering_files(), ids=lambda file: f"{file.parent.name}/{file.stem}")
def rendering(request):
    return request.param


@pytest.fixture
def shared_page():
    """A real page, by name; these stand outside of the project and may be missing."""

    def page(name):
        file = SHARED_PAGES / name
        if not file.exists():
            pytest.skip("the folder of real pages is not here")
        return file

    return page
