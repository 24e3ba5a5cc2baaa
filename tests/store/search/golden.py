"""The made-up texts that a search is tried on, and what each query finds among them."""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from archiver.store.databases.opening import insert, open_archive_file, writing

FOLDER = Path(__file__).parent
_TYPED = re.compile(r"(nfd|off)\((.*)\)")


@dataclass
class Text:
    number: int
    day: str | None
    title: str = ""
    lead: str | None = None
    body: str | None = None
    files: list = field(default_factory=list)

    @property
    def key(self):
        return f"t{self.number:09d}"


@dataclass(frozen=True)
class Asked:
    line: int
    typed: str
    abbreviations: bool
    found: frozenset
    more: int | None


def texts():
    blocks = (FOLDER / "texts.txt").read_text(encoding="utf-8").split("\n\n")[1:]
    return [_text(block.strip().splitlines()) for block in blocks]


def _text(lines):
    number, day, *form = lines[0].split()
    text = Text(int(number), None if day == "-" else day)
    for line in lines[1:]:
        line = unicodedata.normalize("NFD" if form else "NFC", line)
        name, value = line.split(": ", 1)
        if name == "file":
            label, _, content = value.partition(" |")
            text.files.append((label, content.strip() or None))
        else:
            setattr(text, name, value)
    return text


def queries():
    for number, line in enumerate((FOLDER / "queries.txt").read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            typed, _, answer = line.partition(" =>")
            found, _, more = answer.partition("+")
            form = _TYPED.fullmatch(typed)
            if form and form[1] == "nfd":
                typed = unicodedata.normalize("NFD", form[2])
            elif form:
                typed = form[2]
            numbers = frozenset(map(int, found.split()))
            yield Asked(number, typed, not (form and form[1] == "off"), numbers, int(more) if more else None)


def keep(db, wanted):
    """Put texts into an archive as reading does: revision, article, attachments."""
    with writing(db):
        db.execute("INSERT OR IGNORE INTO portals (portal, name) VALUES ('demo', 'An Thuận')")
        for text in wanted:
            keep_one(db, text)


def kept_in(folder):
    """A file in which all texts are kept, and nobody's any more."""
    file = folder / "archive.db"
    db = open_archive_file(file)
    keep(db, texts())
    db.close()
    return file


def keep_one(db, text, portal="demo", section=None, status="live"):
    insert(db, "revisions", {"article_key": text.key, "number": 1, "title": text.title, "body": text.body})
    row = {
        "article_key": text.key,
        "portal": portal,
        "url": f"https://anthuan.example/{text.key}",
        "title": text.title,
        "lead": text.lead,
        "section": section,
        "published_on": text.day,
        "web_status": status,
        "revision_count": 1,
    }
    insert(db, "articles", row)
    for position, (label, content) in enumerate(text.files, 1):
        insert(db, "attachments", {"article_key": text.key, "position": position, "label": label, "text": content})
