"""The archive that browsers are shown: all that befell the made-up town, visitors from Mỹ Hào, and days that nobody saw."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from archiver.demo import Story, compose
from archiver.demo.responses import failure
from archiver.store.ground.keys import article_key
from archiver.vietnamese.dates import INDOCHINA_TIME
from tests.driving.visitor import DEMO
from tests.site.pages.conftest import Told, Town, tell

MARKED = "Đoàn công tác thị xã Mỹ Hào thăm và làm việc tại thị xã An Thuận"
UNMARKED = "Thong bao: thi xa My Hao tam dung nhan ho so qua mang"
OPENING = "Sáng nay, đoàn công tác của thị xã Mỹ Hào do đồng chí Trần Văn Nam dẫn đầu đã đến thăm thị xã An Thuận."
CORRECTED = "Sáng nay, đoàn công tác của thị xã Mỹ Hào do đồng chí Lê Thị Bình dẫn đầu đã đến thăm thị xã An Thuận."


def lived(folder: Path) -> Told:
    """Play it into a folder."""
    told = tell(folder)
    town = told.town
    town.visitor.clock.time += timedelta(days=40)  # behind the day of the decision to withhold
    marked = _story(town, 0, MARKED, OPENING)
    unmarked = _story(town, 1, UNMARKED, "Thi xa My Hao thong bao de nhan dan biet.")
    for each in (marked, unmarked):
        town.portal.publish(each)
    town.day(file_budget=500)
    town.portal.edit(marked.url, paragraphs=(CORRECTED, *marked.paragraphs[1:]))
    town.day(file_budget=500)
    _days_without_an_answer(town, 3)
    for days in (1, 2, 1):  # enough of them to push others out of "Tin mới nhất"
        for number in range(5):
            town.portal.publish(_news(town, 10 * town.visitor.clock.time.day + number))
        town.day(days)
    return replace(
        told, keys=told.keys | {"marked": article_key(DEMO, marked.url), "unmarked": article_key(DEMO, unmarked.url)}
    )


def _news(town: Town, number: int) -> Story:
    at = town.visitor.clock.time.astimezone(INDOCHINA_TIME).replace(hour=7, minute=number % 60, second=0, microsecond=0)
    return compose(7000 + number, ("chinh-tri", "kinh-te", "van-hoa")[number % 3], at)


def _story(town: Town, number: int, title: str, opening: str) -> Story:
    made = _news(town, number)
    return replace(made, title=title, paragraphs=(opening, *made.paragraphs[1:]))


def _days_without_an_answer(town: Town, count: int) -> None:
    answers, town.visitor.answers = town.visitor.answers, lambda *_: failure(503, b"")
    for _ in range(count):
        town.visitor.clock.time += timedelta(days=1)
        town.visitor.crawl(recheck="all")
    town.visitor.answers = answers
