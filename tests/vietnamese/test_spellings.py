"""Names as texts print them; the examples of the module say the rest."""

from archiver.vietnamese.spellings import phrases


def test_a_word_of_nothing_but_i_is_looked_up_in_no_spelling():
    """Each i doubles them: sixty would take longer than the world is old."""
    assert phrases("i" * 60) == []
    assert phrases(f"Đỗ {'iy' * 30} Mỹ") == [["do"], ["mi", "my"]]
