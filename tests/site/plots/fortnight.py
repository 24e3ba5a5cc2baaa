"""A good week and a bad one in July 2025, as the archive of the made-up portal tells them.

02  the first crawl                         07-09  the portal does not answer
03  MARKET is published                     10     nobody asks
04  BRIDGE is published; MARKET loses its   11     it is back: BLIND (of the 8th), BACK, and OLD, which is
    second paragraph                               dated 20 June; REMOVED is gone
05  nothing is published                    12-    it stays so; REMOVED is asked for until it counts as gone
06  nothing is published                           (5 August)
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from archiver.demo import DemoPortal, compose, stories
from archiver.demo.responses import failure
from archiver.portals import PORTALS
from archiver.store.ground.keys import article_key
from archiver.vietnamese.dates import INDOCHINA_TIME
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor

DEMO = PORTALS["demo"]


def story(number, month, day, section="kinh-te"):
    return compose(5000 + number, section, datetime(2025, month, day, 7, 30, tzinfo=INDOCHINA_TIME))


MARKET, BRIDGE, BLIND, BACK = story(0, 7, 3), story(1, 7, 4), story(2, 7, 8), story(3, 7, 11)
OLD = story(4, 6, 20)
NAMES = ("ông Bùi Văn Đảm", "ông BÙI VĂN ĐẢM", "ông Bùi Vân Đãm")  # in the three newest of the stories that were there
KEYS = {name: article_key(DEMO, each.url) for name, each in
        {"MARKET": MARKET, "BRIDGE": BRIDGE, "BLIND": BLIND, "BACK": BACK, "OLD": OLD}.items()}  # fmt: skip


@dataclass
class Fortnight:
    visitor: Visitor
    removed: str  # article key
    removed_text: str  # what MARKET lost


def live(folder, count=40):
    """Play it into a folder."""
    portal = DemoPortal(stories(count), lambda: NOW, faults=False)
    for each, name in zip(portal.truth().stories[:3], NAMES, strict=True):
        portal.edit(each.url, paragraphs=(f"Chủ trì hội nghị là {name}, Phó Chủ tịch UBND thị xã.",))
    visitor = Visitor(portal, folder)

    def day(days=1):
        visitor.clock.time += timedelta(days=days)
        return visitor.crawl(recheck="all")

    assert day().status == "finished"  # 2 July
    portal.publish(MARKET)
    day()
    portal.publish(BRIDGE)
    texts = MARKET.paragraphs
    portal.edit(MARKET.url, paragraphs=(texts[0], *texts[2:]))
    for _ in range(3):
        day()
    visitor.answers = lambda *_: failure(503, b"")
    for _ in range(3):
        day()
    visitor.answers = portal.respond
    removed = portal.truth().stories[8].url
    for each in (BLIND, BACK, OLD):
        portal.publish(each)
    portal.remove(removed)
    for days in (2, 1, 2, 8, 14):
        day(days)
    return Fortnight(visitor, article_key(DEMO, removed), texts[1])
