"""Texts in the form in which they are compared."""

from archiver.store.twice.texts import text_of

SENTENCE = "Sáng nay, Ủy ban nhân dân thị xã họp phiên thường kỳ, bàn 12 việc. "


def test_short_texts_are_remembered_and_long_ones_are_not():
    """The shingles of 128 texts of 200 KB each take 800 MB."""
    notice, table = SENTENCE * 10, SENTENCE * 1000
    assert text_of(None, notice) is text_of(None, notice)
    assert text_of(None, table) is not text_of(None, table)
    assert text_of(None, table) == text_of(None, table)
