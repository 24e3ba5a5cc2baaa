"""What portals of Hưng Yên moved to after the reorganisation of 2025: addresses end with `-c<number>.html`."""

from __future__ import annotations

from archiver.portals.model import Platform, Selectors

HUNGYEN = Platform(
    key="hungyen",
    name="Hưng Yên since 2025",
    selectors=Selectors(
        title=("h1[itemprop=headline]", "h1.title-detail"),
        lead=("div.brief",),
        date=(".post-date",),
        body=(
            "[itemprop=articleBody]",
            ".content-detail",
            "#container",
            ".article-content",
            ".new-detail-layout-type-2",
        ),
        list_item=("a.article-title",),
    ),
    signs=("new-detail-layout-type-2", "article-brief", "post-date"),
)
