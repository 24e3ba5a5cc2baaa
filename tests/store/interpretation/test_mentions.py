"""Articles are found by the documents they name."""

from archiver.store.rebuild.canonical import rows
from tests.store.conftest import article

TEXT = "Thực hiện Quyết định số 1051/QĐ-UBND ngày 04/3/2021 của UBND thị xã và Chỉ thị 15-CT/TU."


def named(evidence):
    return [(row["part"], row["number"], row["dated"]) for row in evidence.all(
        "SELECT part, number, dated FROM document_mentions ORDER BY position")]  # fmt: skip


def test_numbers_are_noted_with_where_they_stand(evidence):
    evidence.see("a", article("Triển khai Nghị quyết số 05/2021/NQ-HĐND", TEXT))
    assert named(evidence) == [
        ("title", "05/2021/NQ-HĐND", None),
        ("body", "1051/QĐ-UBND", "2021-03-04"),
        ("body", "15-CT/TU", None),
    ]
    body = evidence.one("SELECT body FROM bodies")["body"]
    row = evidence.one("SELECT number, start FROM document_mentions WHERE key = '1051/QD/UBND'")
    assert body[row["start"] :].startswith(row["number"])


def test_those_of_the_latest_revision_count(evidence):
    evidence.see("a", article("Triển khai", TEXT))
    evidence.see("a", article("Triển khai", "Không nêu văn bản nào."))
    assert named(evidence) == []
    before = list(rows(evidence.archive))
    evidence.rebuild()
    assert list(rows(evidence.archive)) == before
