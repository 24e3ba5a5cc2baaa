"""Oracle WebCenter, on which towns and communes of Quảng Nam published: an article is a document with a number."""

from __future__ import annotations

from archiver.portals.model import Platform, Selectors

WEBCENTER = Platform(
    key="webcenter",
    name="Oracle WebCenter",
    selectors=Selectors(),
    unnamed_parameters_like=r"_adf\S*|_afr\S*",
    signs=("/webcenter/portal/", "dDocName=", "_adf.ctrl-state"),
)
