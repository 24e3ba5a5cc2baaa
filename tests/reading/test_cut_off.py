"""A page that is cut off gives an exact prefix of what the whole page gives, and a problem."""

from archiver.reading.page import read
from tests.reading.conftest import DEMO, as_expected, expected, read_rendering, rendering_files, url_of

STEP = 211  # bytes between two cuts: prime, so that cuts fall on every kind of place


def cuts(body):
    return range(len(body) // 10, len(body) - 40, STEP)


def is_whole(body):
    return b"</body" in body.lower() or b"</html" in body.lower()


def test_every_cut_gives_a_prefix(rendering):
    whole, body = expected(rendering), rendering.read_bytes()
    for cut in cuts(body):
        page = read_rendering(rendering, body[:cut])
        if not is_whole(body[:cut]):
            assert any(problem.stage == "parse" for problem in page.problems), cut
        check_article(as_expected(page)["article"], whole["article"], cut)
        check_rows(as_expected(page)["listed"], whole["listed"], cut)


def check_article(got, whole, cut):
    if got is None:
        return
    assert whole is not None, cut
    for field in ("url", "title", "section", "published_on", "published_at", "published_raw"):
        assert got[field] == whole[field], (cut, field)
    for field in ("lead", "author", "author_raw"):
        assert got[field] in (None, whole[field]), (cut, field)
    assert whole["body"].startswith(got["body"] or ""), (cut, got["body"][-80:])
    for field in ("images", "attachments"):
        assert got[field] == whole[field][: len(got[field])], (cut, field)


def check_rows(got, whole, cut):
    """The rows are those of the whole page. What list they stand in may not be known yet: related, or a section's."""
    known = [{**row, "list_kind": None} for row in whole]
    for row in got:
        assert {**row, "list_kind": None} in known, (cut, row)


def test_most_of_a_long_article_survives_a_cut_near_its_end():
    long_ones = [file for file in rendering_files() if len((expected(file)["article"] or {"body": ""})["body"]) > 2000]
    assert long_ones
    for file in long_ones:
        body = file.read_bytes()
        kept = [read(body[:cut], DEMO, url_of(file), "text/html").article for cut in cuts(body)]
        assert max(len(article.body or "") for article in kept if article) > len(expected(file)["article"]["body"]) // 2


def test_the_last_row_of_a_list_that_is_cut_off_is_left_out():
    file = next(file for file in rendering_files() if file.stem == "tandan" and file.parent.name == "chuyen-muc")
    body = file.read_bytes()
    place = body.index("Khánh thành cầu dân sinh".encode()) + 20
    page = read(body[:place], DEMO, url_of(file), "text/html")
    assert page.kind == "list"
    assert as_expected(page)["listed"] == expected(file)["listed"][:4]
