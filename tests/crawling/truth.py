"""What an archive holds, in the terms in which the made-up portal says its truth."""

import json
from dataclasses import replace
from datetime import timedelta

from archiver.demo import StoryTruth


def stories_in(archive, urls):
    """The articles at some addresses as the portal would tell of them, by address."""
    return {url: story for url in urls if (story := _story(archive, url)) is not None}


def _story(archive, url):
    row = archive.execute(
        "SELECT a.url, a.title, a.lead, r.body, a.section, a.author, a.author_raw, a.published_on, a.published_at,"
        " a.published_raw, r.images, r.attachments FROM articles a JOIN revisions r"
        " ON r.article_key = a.article_key AND r.number = a.revision_count WHERE a.url = ?",
        (url,),
    ).fetchone()
    if row is None:
        return None
    *plain, images, attachments = row
    return StoryTruth(
        *plain,
        tuple((each["url"], each["caption"]) for each in json.loads(images)),
        tuple((each["url"], each["label"]) for each in json.loads(attachments)),
    )


def section_rows(archive, list_url):
    """The rows of the latest look at each page of a section's list: (title, listed_at), in order."""
    return archive.execute(
        "SELECT title, listed_at FROM list_rows JOIN list_snapshots s USING (snapshot)"
        " WHERE s.list_kind = 'section' AND s.snapshot IN (SELECT max(snapshot) FROM list_snapshots WHERE list_title ="
        " (SELECT list_title FROM list_snapshots WHERE list_url = ? AND list_kind = 'section' LIMIT 1)"
        " AND list_kind = 'section' GROUP BY coalesce(page, 1))"
        " ORDER BY list_rows.page, position",
        (list_url,),
    ).fetchall()


def later(story, number):
    """Another story of the same section, published some time after it."""
    return replace(story, title=f"{story.title} lần {number}", slug=f"{story.slug}lan{number:04d}",
                   listed_at=story.listed_at + timedelta(days=30, minutes=number))  # fmt: skip
