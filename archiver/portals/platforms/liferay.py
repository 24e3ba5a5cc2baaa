"""Liferay: asset publishers in Hà Nội, Bắc Giang, Thái Nguyên, Bắc Ninh, Hồ Chí Minh City.

Day and time stand beside the title with a bar between; `12:00 AM` means that no time is known. Lists go on by a query
parameter that ends with `_cur`; the one that ends with `_delta` says how many rows a page shows, which a list's own
address does not: with it, further pages would be another list's.
"""

from __future__ import annotations

from archiver.portals.model import Platform, Selectors

LIFERAY = Platform(
    key="liferay",
    name="Liferay",
    selectors=Selectors(
        title=(".asset-full-content-title", "#contentDetailTitleId"),
        lead=("p.sapo", "#sapoDetailId"),
        date=(".assetPublishDate",),
        body=(".journal-content-article", "#contentDetail"),
        list_item=("h3.asset-title",),
    ),
    sitemaps=("/sitemap.xml",),
    unnamed_parameters_like=r"p_p_\w+|_\w+_(?:redirect|viewmode|delta)",
    signs=("journal-content-article", "asset_publisher", "Liferay.", "/-/view_content/", "asset-title"),
)
