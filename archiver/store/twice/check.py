"""Whether what articles are compared by is what their texts give; the rows of `same_news` rest on it.

`faults_of_places` looks at keys and counts alone, and takes seconds for a hundred thousand articles. `faults_of_marks`
makes all marks again.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from archiver.store.twice.linking import told_of
from archiver.store.twice.marks import marks_of
from archiver.store.twice.places import marks_at, place_of, place_taken_by

_REMEDY = "`archiver reparse` makes it anew"
_FAULTS = {
    "same_news_places names article {}, which is not there": """
        SELECT article_key FROM same_news_places EXCEPT SELECT article_key FROM articles""",
    "same_news_marks has other marks of article {} than same_news_places": """
        SELECT article_key FROM same_news_places LEFT JOIN same_news_marks USING (place)
        GROUP BY place HAVING 4 * count(mark) IS NOT length(marks)""",
    "same_news_marks has marks of place {}, where no article stands": """
        SELECT place FROM same_news_marks EXCEPT SELECT place FROM same_news_places""",
    "same_news links {} with {}, and not the other way round": """
        SELECT article_key, other_key FROM same_news EXCEPT SELECT other_key, article_key FROM same_news""",
    "same_news says of {} and {} something else than the other way round": """
        SELECT one.article_key, one.other_key FROM same_news AS one
        JOIN same_news AS other ON (other.article_key, other.other_key) = (one.other_key, one.article_key)
        WHERE one.article_key < one.other_key
          AND (one.kind, one.similarity, one.days_later, one.revision, one.other_revision)
            IS NOT (other.kind, other.similarity, -other.days_later, other.other_revision, other.revision)""",
    "same_news links {} with {}, of which no revision shows it": """
        SELECT article_key, other_key FROM same_news WHERE NOT EXISTS (
          SELECT 1 FROM revisions WHERE (revisions.article_key, number) = (same_news.article_key, revision))
        OR NOT EXISTS (
          SELECT 1 FROM revisions WHERE (revisions.article_key, number) = (same_news.other_key, other_revision))""",
}


def faults_of_places(db: Database) -> Iterator[str]:
    """What is wrong with them by themselves, each in a sentence."""
    for sentence, query in _FAULTS.items():
        for row in db.execute(query).fetchall():
            yield f"archive.db: {sentence.format(*row)}; {_REMEDY}"


def faults_of_marks(db: Database) -> Iterator[str]:
    """Articles whose texts give another place or other marks, each in a sentence."""
    for (key,) in db.execute("SELECT article_key FROM articles ORDER BY article_key").fetchall():
        if not _is_compared_rightly(db, key):
            yield f"archive.db: article {key} is compared by another text, title or day than it has; {_REMEDY}"


def _is_compared_rightly(db: Database, key: str) -> bool:
    try:
        told = told_of(db, key)
    except ValueError:  # its day is none
        return False
    marks, place = marks_of(told), place_taken_by(db, key)
    if place is None:
        return not marks
    return (place, marks_at(db, place)) == (place_of(told), marks)
