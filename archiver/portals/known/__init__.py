"""The portals that come with the program, one file each; every one is a value."""

from __future__ import annotations

from archiver.portals.known.anlao import ANLAO
from archiver.portals.known.bactramy import BACTRAMY
from archiver.portals.known.demo import DEMO
from archiver.portals.known.doluong import DOLUONG
from archiver.portals.known.dressed import DRESSED
from archiver.portals.known.hungyen import HUNGYEN
from archiver.portals.known.khanhhoa import KHANHHOA
from archiver.portals.known.myhao import MYHAO
from archiver.portals.known.nongson import NONGSON
from archiver.portals.known.phucu import PHUCU
from archiver.portals.known.quangxuong import QUANGXUONG
from archiver.portals.known.sapa import SAPA
from archiver.portals.known.sotttt_hanoi import SOTTTT_HANOI
from archiver.portals.known.thieuhoa import THIEUHOA
from archiver.portals.known.thuanchau import THUANCHAU
from archiver.portals.known.tuachua import TUACHUA
from archiver.portals.known.tuangiao import TUANGIAO
from archiver.portals.known.xasonlinh import XASONLINH
from archiver.portals.model import Portal

__all__ = ["KNOWN"]

KNOWN: tuple[Portal, ...] = (
    MYHAO,
    DEMO,
    THIEUHOA,
    QUANGXUONG,
    TUACHUA,
    XASONLINH,
    THUANCHAU,
    DOLUONG,
    SAPA,
    SOTTTT_HANOI,
    ANLAO,
    TUANGIAO,
    NONGSON,
    BACTRAMY,
    HUNGYEN,
    PHUCU,
    KHANHHOA,
    *DRESSED,
)
