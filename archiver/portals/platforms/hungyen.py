"""What portals of Hưng Yên moved to after the reorganisation of 2025: addresses end with `-c<number>.html`."""

from __future__ import annotations

from archiver.portals.model import Platform, Selectors

HUNGYEN = Platform(
    key="hungyen",
    name="Hưng Yên since 2025",
    selectors=Selectors(
        date=(".post-date",),
        body=(".article-content", ".new-detail-layout-type-2", "#container"),
        list_item=("a.article-title",),
    ),
    signs=("new-detail-layout-type-2", "article-brief", "post-date"),
)
