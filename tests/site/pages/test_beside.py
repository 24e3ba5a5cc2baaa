"""A town's news on the province's portal: the section on an article's page, both beside each other, and its journey."""

import asyncio
import json

import html5lib
import pytest

from archiver.portals import PORTALS
from archiver.site.pages import article_data
from archiver.site.saved_queries import rows_of
from archiver.site.serving import datasette_for
from archiver.store.databases.opening import insert
from archiver.store.decisions.following import follow_decision
from archiver.store.evidence.withholding import save_decision
from archiver.store.ground.keys import article_key
from tests.store.conftest import Evidence, article

TOWN, PROVINCE = PORTALS["myhao"], PORTALS["hungyen"]
TITLE = "Thị xã Mỹ Hào khánh thành cầu vượt ở phường Bần Yên Nhân"
PARAGRAPHS = (
    "Cầu dài 320 mét, rộng 12 mét, được khởi công từ tháng 3 năm 2021 với tổng mức đầu tư 145 tỷ đồng; 46 hộ dân đã bàn giao mặt bằng trước thời hạn.",
    "Phát biểu tại lễ khánh thành, lãnh đạo thị xã biểu dương các đơn vị thi công đã vượt qua khó khăn do dịch bệnh và giá vật liệu tăng cao để đưa công trình về đích sớm 20 ngày, đồng thời đề nghị phường giữ gìn trật tự lòng đường, vỉa hè.",
    "Ông Vũ Văn Hoạch, người dân tổ dân phố Phố Nối, cho biết từ nay con em trong tổ đi học không còn phải qua nút giao nguy hiểm; bà con rất phấn khởi và mong sớm có thêm đèn chiếu sáng ở hai đầu cầu.",
)
LEAD = "Sáng 12/5, thị xã Mỹ Hào tổ chức lễ khánh thành cầu vượt ở phường Bần Yên Nhân."
PROVINCE_LEAD = "Một công trình giao thông mới vừa được đưa vào sử dụng ở cửa ngõ phía tây của tỉnh."


def of_the_town(day, *, title=TITLE):
    return article(title, "</p><p>".join((LEAD, *PARAGRAPHS)), day=day, section="Tin tức")


def of_the_province(title, day, *paragraphs):
    """A page as the province's portal writes it."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head><body><main>
    <div class="breadcrumb"><a href="/">Trang chủ</a> › <a href="/chuyen-muc-tin-tuc-c216-1.html">Tin tức</a></div>
    <div class="new-detail-layout-type-2"><h1 class="title-detail">{title}</h1>
    <div class="post-date">{day} | lượt xem: 102</div>
    <div class="article-content"><p><strong>{PROVINCE_LEAD}</strong></p>{text}</div></div></main></body></html>"""


ADDRESSES = {
    "first": (TOWN, "https://myhao.hungyen.gov.vn/portal/Pages/2023-5-12/cau-vuot.aspx"),
    "again": (TOWN, "https://myhao.hungyen.gov.vn/portal/Pages/2023-5-30/cau-vuot-2.aspx"),
    "taken over": (PROVINCE, "https://hungyen.gov.vn/khanh-thanh-cau-vuot-c216-d901.html"),
    "other": (PROVINCE, "https://hungyen.gov.vn/hop-bao-c216-d902.html"),
}
KEYS = {name: article_key(portal, url) for name, (portal, url) in ADDRESSES.items()}
PAGES = {
    "first": of_the_town("12 - 5 - 2023"),
    "again": of_the_town("30 - 5 - 2023", title=f"{TITLE} (đăng lại)"),
    "taken over": of_the_province(
        "Khánh thành cầu vượt Bần Yên Nhân", "14/05/2023", PARAGRAPHS[0].replace("46 hộ dân", "46 hộ"), *PARAGRAPHS[1:]
    ),
    "other": of_the_province("Tỉnh họp báo thường kỳ quý II", "14/05/2023", "Cuộc họp báo bàn việc khác hẳn. " * 20),
}


def tell(folder):
    """Both portals' pages, captured and read; returns the evidence of the town."""
    evidence = {portal: Evidence(folder, portal) for portal in (TOWN, PROVINCE)}
    for name, (portal, url) in ADDRESSES.items():
        evidence[portal].clock.pass_by(seconds=60)
        evidence[portal].tell(evidence[portal].keep(url, PAGES[name]))
    for each in evidence.values():
        each.settle()
    return evidence[TOWN]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return tell(tmp_path_factory.mktemp("beside"))


def site_of(evidence):
    site = datasette_for(evidence.folder / "archive.db")
    return lambda path, **headers: asyncio.run(site.client.get(path, headers=headers))


@pytest.fixture(scope="module")
def get(archive):
    return site_of(archive)


def text_of(page, name):
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    (found,) = (each for each in tree.iter("section") if each.get("aria-labelledby") == name)
    return " ".join("".join(found.itertext()).split())


def test_an_article_says_where_else_its_text_stands(get):
    page = get(f"/a/{KEYS['first']}", **{"Accept-Language": "en"}).text
    told = text_of(page, "elsewhere")
    assert f"{TITLE} (đăng lại) Cổng thông tin điện tử thị xã Mỹ Hào (Thị xã Mỹ Hào)" in told
    assert "Khánh thành cầu vượt Bần Yên Nhân Cổng thông tin điện tử tỉnh Hưng Yên (Tỉnh Hưng Yên)" in told
    assert "(18 d later) word for word the same" in told
    assert "(2 d later) 7" in told  # … % alike
    assert "does not prove who copied from whom" in told
    assert f'href="/a/{KEYS["first"]}/beside/{KEYS["taken over"]}"' in page
    assert 'aria-labelledby="elsewhere"' not in get(f"/a/{KEYS['other']}").text
    assert "giống nguyên văn" in text_of(get(f"/a/{KEYS['first']}", **{"Accept-Language": "vi"}).text, "elsewhere")


def test_its_json_says_so_with_the_captures_that_prove_it(get, archive):
    data = get(f"/a/{KEYS['taken over']}.json").json()
    shown = {row["other_key"]: row for row in data["elsewhere"]}
    assert shown.keys() == {KEYS["first"], KEYS["again"]}
    first = shown[KEYS["first"]]
    assert (first["kind"], first["days_later"], first["other_portal"]) == ("near", -2, "myhao")
    known = archive.archive.execute("SELECT capture_key, article_key FROM captures").fetchall()
    assert (first["capture_key"], KEYS["taken over"]) in known
    assert (first["other_capture_key"], KEYS["first"]) in known
    assert data["rows"]["texts_elsewhere"].endswith(f"article_key={KEYS['taken over']}&_shape=objects")
    assert "texts_elsewhere" in article_data._TABLES


@pytest.mark.parametrize(("key", "other"), [("first", "taken over"), ("taken over", "first")])
def test_two_articles_beside_each_other_the_earlier_first(get, key, other):
    page = get(f"/a/{KEYS[key]}/beside/{KEYS[other]}", **{"Accept-Language": "en"}).text
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    gone, new = (["".join(each.itertext()) for each in tree.iter(name)] for name in ("del", "ins"))
    assert gone[1:]
    assert all(text.startswith("[only in the first: ") for text in gone[1:])
    assert "[only in the first: dân ]" in gone  # "46 hộ dân" is "46 hộ" there
    assert "[only in the second: Một công trình giao thông mới vừa được đưa vào sử dụng]" in new
    assert "thị xã Mỹ Hào" in text_of(page, "before")
    assert "tỉnh Hưng Yên" in text_of(page, "after")


def test_a_pair_that_is_not_linked_has_no_page(get):
    assert get(f"/a/{KEYS['first']}/beside/{KEYS['other']}").status_code == 404
    assert get(f"/a/{KEYS['first']}/beside/aaaaaaaaaa").status_code == 404


def test_how_a_text_travelled(archive):
    for key in (KEYS["first"], KEYS["taken over"]):
        rows = rows_of(archive.archive.conn, "how_a_text_travelled", article_key=key)
        assert [row["article_key"] for row in rows] == [KEYS["first"], KEYS["taken over"], KEYS["again"]]
        assert [row["authority"] for row in rows] == ["Thị xã Mỹ Hào", "Tỉnh Hưng Yên", "Thị xã Mỹ Hào"]
        assert [row["most_like"] for row in rows] == [None, KEYS["first"], KEYS["first"]]
        assert [row["published_on"] for row in rows] == ["2023-05-12", "2023-05-14", "2023-05-30"]
    first, taken_over, again = rows_of(archive.archive.conn, "how_a_text_travelled", article_key=KEYS["first"])
    assert (first["kind"], again["kind"], again["similarity"], again["days_later"]) == (None, "exact", 1.0, 18)
    assert taken_over["similarity"] == taken_over["similarity_to_that"]
    assert rows_of(archive.archive.conn, "how_a_text_travelled", article_key="nothing") == []


def test_the_journey_is_bounded(tmp_path):
    archive = Evidence(tmp_path, TOWN).archive
    for number in range(230):
        insert(archive, "articles", {"article_key": f"a{number}", "portal": TOWN.key, "published_on": "2022-05-12"})
    for number in range(229):
        insert(archive, "same_news", {"article_key": f"a{number}", "other_key": f"a{number + 1}", "kind": "exact"})
    assert len(rows_of(archive.conn, "how_a_text_travelled", article_key="a0")) == 200


def test_what_is_withheld_is_named_on_none_of_them(tmp_path):
    evidence = tell(tmp_path)
    evidence.rebuild()
    for decision in ("withhold", "restore"):
        evidence.clock.pass_by(seconds=60)
        save_decision(evidence.captures, TOWN, KEYS["first"], decision, None, "Vì sao", evidence.at())
        follow_decision(evidence.archive, evidence.captures, TOWN, KEYS["first"])
        get = site_of(evidence)
        pages = [get(f"/a/{KEYS[name]}").text for name in ("again", "taken over")]
        pages.append(json.dumps(rows_of(evidence.archive.conn, "how_a_text_travelled", article_key=KEYS["again"])))
        assert [KEYS["first"] in page for page in pages] == [decision == "restore"] * 3
        for pair in (("first", "again"), ("again", "first")):
            status = get(f"/a/{KEYS[pair[0]]}/beside/{KEYS[pair[1]]}").status_code
            assert status == (410 if decision == "withhold" else 200)
