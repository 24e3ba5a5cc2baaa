"""What the portal says it holds is what its pages show."""

import re
from datetime import timedelta
from urllib.parse import urljoin

from archiver.demo import DemoPortal, stories

FIELD = re.compile(r'class="ms-rtestate-field".*?>\n(.*?)\n</div>\n', re.DOTALL)


def readable(portal, url, follow):
    """The page, after as many tries as its faults take."""
    answers = (follow(portal, url) for _ in range(4))
    return next(answer for answer in answers if answer.status == 200 and answer.cut_at is None)


def test_truth_holds_every_story_and_no_faulty_row(portal, news):
    assert [truth.url for truth in portal.truth().stories] == [story.url for story in reversed(news)]


def test_every_story_shows_its_truth(portal, eyes, follow, tidy):
    for truth in portal.truth().stories:
        page = eyes(readable(portal, truth.url, follow))
        shown = page.text
        for text in (truth.title, truth.lead, truth.author_raw, truth.published_raw):
            assert tidy(text or "") in shown, (truth.url, text)
        for paragraph in truth.body.split("\n\n"):
            assert tidy(paragraph.replace(" | ", " ")) in shown, (truth.url, paragraph)


def test_a_field_holds_the_body_and_nothing_else(portal, eyes, follow, tidy):
    """Captions, documents and the sign-off stand in it too, and a label that Word users type."""
    for truth in portal.truth().stories:
        html = readable(portal, truth.url, follow).body.decode("utf-8-sig")
        rest = eyes(FIELD.search(html)[1]).text
        others = [caption for _, caption in truth.images if caption] + [label for _, label in truth.attachments]
        parts = truth.body.replace(" | ", " ").split("\n\n") + others + [truth.author_raw or ""]
        for text in sorted(map(tidy, parts), key=len, reverse=True):
            rest = rest.replace(text, "", 1)
        assert rest.replace("Tệp đính kèm:", "").strip() == "", truth.url


def test_images_and_documents_are_linked(portal, eyes, follow, tidy):
    for truth in portal.truth().stories:
        page = eyes(readable(portal, truth.url, follow))
        assert [url for url, _ in truth.images] == [
            url for url in (urljoin(truth.url, source) for source in page.images) if re.search(r"Photos/\d{4}-", url)
        ]
        linked = {(urljoin(truth.url, link["href"]), tidy(link["text"])) for link in page.links}
        assert all(any(url == u and t.startswith(label) for u, t in linked) for url, label in truth.attachments)


def test_dates_agree(portal):
    for truth in portal.truth().stories:
        day, month, year = truth.published_raw.removeprefix("Đăng ngày ").split(" - ")
        assert truth.published_on == f"{year}-{month}-{day}" == truth.published_at[:10]
        assert truth.published_at.endswith(":00+07:00")


def test_author_is_what_stands_behind_the_label(portal):
    signed = [truth for truth in portal.truth().stories if truth.author_raw]
    assert signed
    assert all(truth.author_raw.endswith(f": {truth.author}") for truth in signed)
    assert any(truth.author is None for truth in portal.truth().stories)


def test_lists_of_truth_contain_faulty_rows(portal, calm):
    def urls(truth):
        return {row.url for listed in truth.lists for row in listed.rows}

    faulty = urls(portal.truth()) - {story.url for story in portal.truth().stories}
    assert len(faulty) == 9
    assert urls(calm.truth()) <= {story.url for story in calm.truth().stories}


def test_box_shows_what_is_next_older_in_the_section(portal):
    listed = next(listed for listed in portal.truth().lists if listed.heading == "Kinh tế" and listed.kind == "section")
    box = portal.box(listed.rows[0].url)
    assert [row.url for row in box.rows] == [row.url for row in listed.rows[1:9]]
    assert box.kind == "latest"
    assert [row.position for row in box.rows] == list(range(1, 9))


def test_walking_through_boxes_reaches_the_first_notice(portal, news):
    section = next(
        listed for listed in portal.truth().lists if listed.heading == "Thông báo" and listed.kind == "section"
    )
    assert len(section.rows) == 8
    reached = {row.url for row in section.rows}
    waiting = list(reached)
    while waiting:
        new = {row.url for row in portal.box(waiting.pop()).rows} - reached
        reached |= new
        waiting += new
    assert reached == {story.url for story in news if story.section == "thong-bao"}


def test_same_input_same_pages(news, calm):
    again = DemoPortal(news, calm.press.now, faults=False)
    for truth in calm.truth().stories[:20]:
        assert again.respond("GET", truth.url).body == calm.respond("GET", truth.url).body


def test_small_portals_stand(eyes, calm):
    for count in (0, 1, 12):
        small = DemoPortal(stories(count), calm.press.now)
        assert small.respond("GET", "/").status == 200
        assert len(small.truth().stories) == count
        assert set(small.playbill()) == set(calm.playbill()) | set(small.playbill())


def test_the_clock_is_only_seen_in_page_heads(news, calm):
    later = DemoPortal(news, lambda: calm.press.now() + timedelta(days=400), faults=False)
    assert later.truth() == calm.truth()
    assert later.respond("GET", "/").header("ETag") == calm.respond("GET", "/").header("ETag")
