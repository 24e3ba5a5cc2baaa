"""The same made-up news as other platforms write it: a dress is a value, one file for each."""

from __future__ import annotations

from archiver.demo.dresses.dress import Dress
from archiver.demo.dresses.hungyen import HUNGYEN
from archiver.demo.dresses.landmarks import LANDMARKS
from archiver.demo.dresses.liferay import LIFERAY
from archiver.demo.dresses.nukeviet import NUKEVIET
from archiver.demo.dresses.uiarticle import UIARTICLE
from archiver.demo.dresses.webcenter import WEBCENTER
from archiver.demo.dresses.webforms import WEBFORMS

__all__ = ["DRESSES", "Dress"]

DRESSES: dict[str, Dress] = {
    dress.key: dress for dress in (UIARTICLE, LIFERAY, NUKEVIET, WEBCENTER, HUNGYEN, WEBFORMS, LANDMARKS)
}
