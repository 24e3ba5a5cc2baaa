"""Lists of other articles within the element that a platform keeps an article's text in."""

import json
from pathlib import Path

import pytest

from archiver.portals.platforms import PLATFORMS
from archiver.probing.looking import unknown
from archiver.reading.page import read

GOLDENS = Path(__file__).parent / "platforms"
NAMES = ("hungyen/article", "hungyen/with-time", "liferay/article", "nukeviet/article", "uiarticle/article",
         "webforms/article")  # fmt: skip
ROW = "<li><a href='/khac-{0}.html'>Xã Đông Lộc Hạ làm đường mới, bài số {0}</a> (0{0}/03/2019)</li>"
ROWS = f"<ul>{''.join(map(ROW.format, (1, 2, 3)))}</ul>"
DATED_BELOW = "".join(
    f"<div><a href='/khac-{number}.html'><img src='/nho-{number}.jpg'>Xã làm đường mới, bài số {number}</a></div>"
    f"<div>0{number}/04/2016 09:05</div>"
    for number in (1, 2)
)


@pytest.fixture(params=NAMES)
def behind(request):
    """Reads a golden page with something more behind the first or the last paragraph; first, how it is read without."""
    file = GOLDENS / f"{request.param}.html"
    markup, url = file.read_text(encoding="utf-8"), json.loads(file.with_suffix(".json").read_text("utf-8"))["url"]
    portal = unknown(url, PLATFORMS[file.parent.name])

    def run(more, paragraph):
        article = read(markup.encode(), portal, url).article
        start = markup.index(article.body.split("\n")[paragraph][-25:])
        end = min(place for tag in ("</p>", "</div>") if (place := markup.find(tag, start)) > 0)
        end = markup.index(">", end) + 1
        return article, read((markup[:end] + more + markup[end:]).encode(), portal, url).article

    return run


@pytest.mark.parametrize("paragraph", [0, -1])
@pytest.mark.parametrize(
    "more", [f"<div><h3>Các tin khác</h3>{ROWS}</div>", f"<p><b>Tin liên quan:</b></p>{DATED_BELOW}"]
)
def test_they_are_no_part_of_its_text(behind, more, paragraph):
    article, other = behind(more, paragraph)
    assert other == article


def test_prose_and_documents_under_such_a_heading_are(behind):
    text = "Các xã đã làm xong đường trước mùa mưa và nghiệm thu trong tháng này."
    _, other = behind(f"<h3>Tin khác</h3><p>{text}</p>", 0)
    assert f"Tin khác\n\n{text}" in other.body
    _, other = behind("<p>Tin liên quan</p><p><a href='/van-ban/52.pdf'>Kế hoạch 52</a></p>", -1)
    assert "/van-ban/52.pdf" in " ".join(each.url for each in other.attachments)
