"""By which articles are found: the same marks on every machine, whatever the process."""

import os
import subprocess
import sys
from datetime import date

from archiver.store.twice.likeness import Told, Version
from archiver.store.twice.marks import marks_of, signature
from archiver.store.twice.texts import text_of

PINNED = [3295042426, 1026076914, 3238368115, 1109995312, 3260117703, 3235659928]
TEXT = "Sáng nay, Ủy ban nhân dân thị xã Mỹ Hào họp phiên thường kỳ tháng 6 năm 2023, bàn 12 việc."


def test_the_signature_is_pinned():
    """Another version or machine that gives other values would find others: the reader's version must tell them apart."""
    assert signature(text_of(None, TEXT))[:6] == PINNED


def test_it_is_the_same_in_every_process():
    program = (
        "from archiver.store.twice.marks import signature; from archiver.store.twice.texts import text_of;"
        f"print(signature(text_of(None, {TEXT!r}))[:6])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {f"{PINNED}\n".encode()}


def test_the_order_of_shingles_does_not_count():
    one, other = text_of(None, "một hai ba bốn một hai ba"), text_of(None, "bốn một hai ba bốn một")
    assert one.shingles == other.shingles
    assert signature(one) == signature(other)


def test_an_article_has_the_marks_of_all_its_versions_and_one_of_title_and_day():
    day, title = date(2023, 6, 9), "mot hai ba bon nam sau bay tam"
    versions = Version(1, text_of(None, TEXT)), Version(2, text_of(None, f"{TEXT} Hết."))
    first, second = (marks_of(Told("a", "", day, 1, (each,))) for each in versions)
    both = marks_of(Told("a", title, day, 2, versions))
    assert len(first) == 24
    assert len(both - first - second) == 1
    assert both > first | second
    assert all(0 <= mark < 2**31 for mark in both)
    assert marks_of(Told("a", title, None, 1, ())) == frozenset()
