"""The Tân Dân portal on SharePoint Publishing, its current and its older theme.

Selectors as printed by portals of Hưng Yên, Thanh Hóa, Điện Biên and Ninh Thuận. `p.tandan-p-article-main` exists but
may hold only a space, so it is not where the body is looked for first; the number in the body's id varies by page.
"""

from __future__ import annotations

import re

from archiver.portals.model import Platform, Selectors

TANDAN = Platform(
    key="tandan",
    name="Tân Dân (SharePoint)",
    selectors=Selectors(
        title=("p.tandan-p-article-news-title", ".tandan-title-view"),
        lead=("p.tandan-p-article-news-summary",),
        date=(".tandan-span-date-publish", ".tandan-date-view"),
        body=("div.ms-rtestate-field", "p.tandan-p-article-main"),
        list_box=(".tandan-div-article-other",),
        list_item=("label.channel-news-title",),
        hidden=("#_label",),
    ),
    case_matters=False,
    unnamed_parameters=("v", "sid"),
    print_views=re.compile(r"/print\.aspx$", re.IGNORECASE),
    signs=("tandan-", "ms-rtestate-field", "channel-news-title", "/portal/Pages/"),
)
