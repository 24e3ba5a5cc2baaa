"""The home page: a featured story, the newest of the whole site, and a block for each section."""

from __future__ import annotations

from html import escape

from archiver.demo.catalogue import Catalogue
from archiver.demo.list_rows import home_block, href, latest_box
from archiver.demo.markup import image, words
from archiver.demo.sections import BLOCK_SIZE, NEWEST_SIZE, SECTIONS
from archiver.demo.shell import page

# Relative, and wrong: from a page below it leads one step deeper, without end.
LANGUAGE = '<div class="td-language"><a href="en/">English</a></div>\n'


def home_page(catalogue: Catalogue) -> str:
    """The page at `/`."""
    blocks = "".join(
        home_block(section, catalogue.by_section[section.key][:BLOCK_SIZE], catalogue.number)
        for section in SECTIONS
        if catalogue.by_section[section.key]
    )
    latest = latest_box(catalogue.newest[:NEWEST_SIZE], catalogue.number, "home")
    return page("Trang chủ", "default.aspx", f"{LANGUAGE}{featured(catalogue)}{latest}{blocks}")


def featured(catalogue: Catalogue) -> str:
    """The newest story with a photo, at large and without a date."""
    story = next((story for story in catalogue.stories if story.pictures), None)
    if story is None:
        return ""
    address = href(story, catalogue.number, "home")
    lead = f"<p>{words(story.lead)}</p>" if story.lead else ""
    return (
        f'<div class="td-featured"><a href="{address}">{image(story.pictures[0])}</a>'
        f'<h2><a href="{address}" title="{escape(story.title)}">{words(story.title)}</a></h2>{lead}</div>\n'
    )
