"""Publishing, editing, removing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from archiver.demo import compose


@pytest.fixture
def fresh(calm):
    """A story that is newer than all others."""
    newest = calm.catalogue.stories[0]
    return compose(5_000, "kinh-te", newest.listed_at + timedelta(days=1))


def test_a_new_story_comes_first(calm, fresh):
    before = calm.respond("GET", "/").header("ETag")
    calm.publish(fresh)
    assert calm.truth().stories[0].url == fresh.url
    assert all(
        next(t for t in calm.truth().lists if t.heading == h).rows[0].url == fresh.url
        for h in ("Tin mới nhất", "Kinh tế")
    )
    assert calm.respond("GET", fresh.url).status == 200
    assert calm.respond("GET", "/").header("ETag") != before


def test_a_new_story_leaves_older_pages_as_they_are(calm, fresh):
    older = [truth.url for truth in calm.truth().stories]
    boxes = [calm.box(url) for url in older]
    calm.publish(fresh)
    assert [calm.box(url) for url in older] == boxes


def test_no_story_is_published_twice(calm, fresh):
    calm.publish(fresh)
    with pytest.raises(ValueError, match="already published"):
        calm.publish(replace(fresh, title="Khác"))


def test_an_edit_shows_on_the_page_in_lists_and_in_truth(calm, eyes):
    url = calm.truth().stories[0].url
    edited = calm.edit(url, title="Tiêu đề đã sửa", lead=None, paragraphs=("Nội dung đã sửa.",))
    assert edited.url == url == calm.truth().stories[0].url
    assert (calm.truth().stories[0].title, calm.truth().stories[0].body) == ("Tiêu đề đã sửa", "Nội dung đã sửa.")
    assert "Nội dung đã sửa." in eyes(calm.respond("GET", f"{url}?v=2")).text
    assert "Tiêu đề đã sửa" in eyes(calm.respond("GET", "/")).text


def test_what_names_a_page_cannot_be_edited(calm):
    url = calm.truth().stories[0].url
    with pytest.raises(ValueError, match="slug"):
        calm.edit(url, slug="khac")
    with pytest.raises(KeyError):
        calm.edit("https://anthuan.example/portal/Pages/khong-co.aspx", title="Khác")


@pytest.mark.parametrize("status", [404, 410])
def test_a_removed_story_is_nowhere(calm, eyes, status):
    truth = calm.truth().stories[0]
    calm.remove(truth.url, status)
    assert calm.respond("GET", truth.url).status == status
    assert truth.url not in {story.url for story in calm.truth().stories}
    assert truth.url not in {row.url for listed in calm.truth().lists for row in listed.rows}
    assert truth.title not in eyes(calm.respond("GET", "/")).text


def test_a_removed_story_has_no_print_view(calm, eyes):
    truth = calm.truth().stories[0]
    link = next(link["href"] for link in eyes(calm.respond("GET", f"{truth.url}?v=2")).links if "print" in link["href"])
    calm.remove(truth.url)
    assert calm.respond("GET", link).status == 404


def test_a_removed_story_can_come_back(calm):
    story = calm.catalogue.stories[0]
    calm.remove(story.url)
    calm.publish(story)
    assert calm.respond("GET", f"{story.url}?v=2").status == 200
