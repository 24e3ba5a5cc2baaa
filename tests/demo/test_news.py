"""The made-up news: always the same, never an address twice, as varied as real news."""

from unicodedata import is_normalized

import pytest

from archiver.demo import Story, Table, stories
from archiver.demo.news import REPOSTS
from archiver.demo.sections import BY_KEY


def blocks(story: Story) -> list[str]:
    return [block for block in story.paragraphs if isinstance(block, str)]


def test_the_same_seed_gives_the_same_news(news):
    assert stories() == news


def test_another_seed_gives_other_news(news):
    assert {story.title for story in stories(seed=7)} != {story.title for story in news}


def test_ten_thousand_stories_have_ten_thousand_addresses_and_minutes():
    many = stories(10_000)
    assert len({story.url for story in many}) == 10_000
    assert len({story.listed_at for story in many}) == 10_000


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_stories_are_no_special_case(count):
    assert len(stories(count)) == count


def test_one_story_is_an_earlier_one_again(news):
    ((later, earlier),) = REPOSTS.items()
    assert (news[later].title, news[later].paragraphs) == (news[earlier].title, news[earlier].paragraphs)
    assert news[later].url != news[earlier].url
    assert 20 < (news[later].listed_at - news[earlier].listed_at).days < 60


def test_every_section_is_written_for(news):
    assert {story.section for story in news} == set(BY_KEY)


def test_lengths_are_those_of_local_news(news):
    lengths = [sum(len(text.split()) for text in blocks(story)) for story in news]
    assert min(lengths) > 140
    assert max(lengths) < 720


def test_text_is_clean(news):
    texts = [text for story in news for text in (story.title, story.lead or "", story.sign_off or "", *blocks(story))]
    for text in texts:
        assert is_normalized("NFC", text)
        assert "  " not in text
        assert text == text.strip()
        assert "{" not in text


def test_paragraphs_end_in_a_full_stop_and_captions_do_not(news):
    """Else a paragraph below a picture could be taken for its caption."""
    for story in news:
        assert all(text.endswith(".") for text in blocks(story))
        assert not any((picture.caption or "").endswith(".") for picture in story.pictures)


def test_text_comes_first_and_last(news):
    assert all(isinstance(story.paragraphs[0], str) and isinstance(story.paragraphs[-1], str) for story in news)


def test_news_is_varied(news):
    assert any(story.title.isupper() for story in news)
    assert any("“" in story.title for story in news)
    assert any("nâng cáo" in s.title or "hộ nghị" in s.title or "tố chức" in s.title or "nắm" in s.title for s in news)
    assert {len(story.pictures) for story in news} == {0, 1, 2, 3}
    assert any(isinstance(block, Table) for story in news for block in story.paragraphs)
    assert {None} < {story.lead for story in news}
    assert {None} < {story.sign_off for story in news}
    assert any(picture.caption is None for story in news for picture in story.pictures)
    assert any("\n" in text for story in news for text in blocks(story))


def test_some_text_looks_like_a_date_line_and_a_box(news):
    misleading = [text for story in news for text in blocks(story) if "Đăng ngày 15 - 3 - 2020" in text]
    assert misleading
    assert all("Tin mới nhất" in text for text in misleading)


def test_documents_are_of_two_kinds(news):
    kinds = {document.path.rpartition(".")[2] for story in news for document in story.attachments}
    assert kinds == {"pdf", "docx"}


def test_sign_offs_have_a_label(news):
    labels = {story.sign_off.partition(": ")[0] for story in news if story.sign_off}
    assert {"Tin, ảnh", "Nguồn"} <= labels


def test_hours_that_are_easily_misread_are_met(news):
    minutes = {(story.listed_at.hour, story.listed_at.minute) for story in news}
    assert {(0, 15), (12, 5), (23, 5)} <= minutes
