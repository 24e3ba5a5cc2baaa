"""ASP.NET WebForms as Khánh Hòa's portal uses it: lists go on by `__doPostBack` from the latest page alone."""

from __future__ import annotations

from archiver.portals.model import Platform, Selectors

WEBFORMS = Platform(
    key="webforms",
    name="WebForms (__doPostBack)",
    selectors=Selectors(date=("#datearticle",), body=(".chitietbaiviet",)),
    case_matters=False,
    signs=("chitietbaiviet", "datearticle"),
)
