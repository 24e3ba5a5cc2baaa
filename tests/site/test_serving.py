"""How the site is listened for, and how rows of tables are shown."""

import re
import socket
from asyncio import run
from html import unescape

import pytest
from datasette.app import Datasette

from archiver.site.described import metadata
from archiver.site.serving import SETTINGS, datasette_for, listen
from archiver.store.databases.opening import insert, open_archive, writing

CELL = re.compile(r'<t[dh] [^>]*class="([^"]*)"[^>]*>(.*?)</t[dh]>', re.DOTALL)
SORTED = re.compile(r'<a href="([^"]*_sort[^"]*)" rel="nofollow">([^<]*)</a>')


def test_no_answer_waits_for_the_reader_to_confirm_its_head():
    with listen(0) as listening, socket.create_connection(listening.getsockname()):
        connection, _ = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.fixture
def archive(tmp_path):
    db = open_archive(tmp_path)
    with writing(db):
        insert(db, "portals", {"portal": "mot", "name": 'Một & "hai" <b>', "url": "https://mot.example/"})
    return tmp_path / "archive.db"


def table_of(site, query=""):
    answer = run(site.client.get(f"/archive/portals{query}"))
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("query", ["?_sort=name", "?_sort_desc=name&name__contains=hai", "?_facet=name&_nocol=url"])
def test_tables_show_what_datasettes_own_template_shows(archive, query, tmp_path):
    ours = datasette_for(archive)
    own = Datasette([str(archive)], metadata=metadata(), settings=SETTINGS, template_dir=own_templates(tmp_path))
    shown, expected = table_of(ours, query), table_of(own, query)
    assert "<td " in shown
    assert len(shown) < len(expected)
    assert cells(shown) == cells(expected)
    assert SORTED.findall(shown) == SORTED.findall(expected)
    assert [unescape(each) for each in data_of(shown)] == [unescape(each) for each in data_of(expected)]


def own_templates(folder):
    """A folder whose _table.html is Datasette's; it goes before those of plugins."""
    templates = folder / "templates"
    templates.mkdir()
    (templates / "_table.html").write_text('{% include "default:_table.html" %}', "utf-8")
    return str(templates)


def cells(page):
    return [(name, " ".join(value.split())) for name, value in CELL.findall(page)]


def data_of(page):
    return sorted(re.findall(r' (data-(?:column|is-pk)[a-z-]*="[^"]*")', page))


def test_a_table_without_rows_says_so(archive):
    assert "0 records" in table_of(datasette_for(archive), "?name=none")
