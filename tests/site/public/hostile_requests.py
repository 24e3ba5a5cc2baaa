"""Requests that nobody means well, made of the routes and arguments that the program has: the same for the same seed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from urllib.parse import quote, quote_from_bytes

import datasette

import archiver.site

Header = tuple[bytes, bytes]
_GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True)
class Request:
    """What is sent, byte for byte."""

    target: bytes
    method: str = "GET"
    headers: tuple[Header, ...] = ()


# -- what addresses are made of

PIECES = (
    "..", "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2fetc/passwd", "..%5c..%5cx", "....//....//x",
    "~2E~2E~2Fcaptures", "~2e~2e", "~2F~2F", "~", "~zz", "~C3", "%00", "x%00.json", "%0d%0aX-Evil:%201", "%0a", "%", "%zz", "%ff%fe",
    "%c0%ae%c0%ae/", "%ed%a0%80", "%F0%9F%92%A9", "'", '"', "%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "<svg onload=1>", "%27%20or%201=1--",
    "]", "[x]", "{{7*7}}", "${7*7}", "%7B%7B7*7%7D%7D", "captures", "captures.db", "archive.db", "archive.db-wal", "_internal",
    "_memory", ":memory:", "%3Amemory%3A", "sqlite_master", "sqlite_schema", "sqlite_stat1", "sqlite_stat4", "articles_fts_data", "articles_fts_content", "ARTICLES_FTS_DATA",
    "-", "-/", "-/static/app.css", "-/static/../app.py", "-/static/..%2f..%2fapp.py", "-/static/%2e%2e/%2e%2e/app.py", "-/static-plugins/archiver/..%2f__init__.py", "-/static-plugins/archiver/../templates/home.html",
    "-/looks/..%2f__init__.py", "-/looks/site.css%00", "*", "?", ";", ";x=1", "a;b", "0", "-1", "1e309", "9" * 30, "a" * 10_000, "/" * 200, "./" * 100, "a/" * 100,
    "Mỹ-Hào", "My%CC%83-Ha%CC%80o", "%E1%BB%B9", "\u202e", "\ufeff", "\ud7ff", "x.json", "x.csv", "x.jsono", "x.atom", "x.parquet", "x.ipynb", "x.jsonl", "x.html", "x.db", ".json", ".", " ", "+", "%20", "%2f", "%2F", "%3f", "%23", "#", "@evil.example", "//evil.example", "/\\evil.example", "http://evil.example/",
)  # fmt: skip
VALUES = (
    "", " ", "0", "1", "-1", "00", "1e9", "1.5", "nan", "inf", "9" * 25, "-" + "9" * 25, "18446744073709551616", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "٣", "²", "½", "1_000", "0x10", "max", "all", "on", "off", "true", "null", "none", "x", "'", '"', "''", "%", "_", "*", "?", "[", "]", "(", ")", "{}", "[]", "[[]]", "{", '{"a":1}', "[" * 500, '{"table":"articles","column":"title","value":"x"}', '{"table":"captures"}', '["a"]', '{"table":[],"column":{},"value":null}', "\\", "\x00", "a\x00b", "\r\nX-Evil: 1", "\n", "\t", "<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd", "archive.db", "sqlite_master", "articles", "title", "Title", "title,lead", "title desc", "rowid", "article_key", "published_on", "section", "body", "list_rows", "1,2,3", "a,b", "~2F", "~00", ",", ",,,,", "article_key,", "2021-02-30", "2021-13", "0000-00-00", "9999-12-31", "0001-01-01", "2021", "2021-02", "-2021-01-01", "+10000-01-01", "2021-W01-1", "20210101", "vi", "en", "xx", "array", "arrays", "object", "objects", "arrayfirst", "rank", "newest", "raw", "AND", "OR", "NOT", "NEAR", "NEAR(a b, 999999999)", '"', '""', '"a" AND', "a*", "*a", "-a", "- -", "^a", "title:a", "{title body}:a", "a" * 5000, "a " * 2000, "(" * 400, "\u0300" * 300, "ủy ban", "u\u0309y ban", "Mỹ Hào", "\u202e", "\ufffe", "👩‍👩‍👧", "ﷺ" * 200, "demo", "no_such_portal", "live", "gone", "10", "1000", "select 1", "1=1", "1) or (1", "title is not null", "count(*) > 0", "(select 1 from no_such)", "//evil.example", "javascript:alert(1)",
)  # fmt: skip
RAW = (
    b"%",
    b"%f",
    b"%zz",
    b"%ff",
    b"%ff%fe",
    b"%ed%a0%80",
    b"%00",
    b"\xff\xfe",
    b"\xe1\xbb",
    b"%u0041",
    b"%C0%80",
    b"%F4%90%80%80",
)
# What Datasette and our pages read where no call of `args` says so.
NAMES = (
    "_facet", "_facet_array", "_facet_date", "_facet_size", "_sort", "_sort_desc", "_size", "_next", "_where", "_through", "_shape", "_trace", "_timelimit", "_stream", "_labels", "_label", "_search", "_search_title", "_search_nowhere", "_searchmode", "_json", "_json_infinity", "_nl", "_col", "_nocol", "_extra", "_ttl", "_hash", "_format", "_dl", "_header", "_nofacet", "_nosuggest", "_nocount", "_show_hidden", "_fts_table", "_fts_pk", "_blob_column", "_blob_hash", "_filter_column", "_filter_op", "_filter_value", "_filter_column_1", "_context", "sql", "title", "title__exact", "title__contains", "title__like", "title__glob", "title__regexp", "title__in", "title__arraycontains", "title__date", "title__nowhere", "published_on__gt", "published_on__isnull", "revision_count__gte", "rowid", "article_key", "_", "__", "x__", "__exact", "q", "from", "to", "sort", "lang", "number", "portal", "section", "status", "page", "years", "day", "list", "words", "name",
)  # fmt: skip
SQL = (
    "select 1", "select", "selekt", "select * from articles limit 1", "select * from no_such", "select :x, :y", "select 1; select 2", "select x'00ff', 1.5, null, 'Mỹ Hào'", "select 9e999, -9e999, 0.0/0", "select 1 as a, 2 as a", "select 1 as \"\"", "select 1 as \"\u0000\"", "select cast(x'ff' as text)", "select cast(x'eda080' as text)", "select * from pragma_database_list()", "select * from pragma_function_list()", "pragma journal_mode", "pragma table_info(articles)", "attach ':memory:' as x", "detach main", "vacuum", "vacuum into '/tmp/public-x.db'", "explain select 1", "explain query plan select * from articles", "with a as (select 1) select * from a", "values (1)", "select load_extension('x')", "select readfile('/etc/passwd')", "select * from sqlite_master", "select * from sqlite_temp_master", "select * from articles_fts where articles_fts match '\"'", "select * from articles_fts('a AND')", "select * from articles_fts_data", "insert into articles (article_key) values ('x')", "insert into articles_fts (articles_fts) values ('delete-all')", "select highlight(articles_fts, -9, 1, 2) from articles_fts where articles_fts match 'a*'", "select snippet(articles_fts, 99, '', '', '', 9999) from articles_fts where articles_fts match 'a*'", "select bm25(articles_fts) from articles_fts", "select vi_query(1), vi_query(null), vi_query(x'ff')", "select any_marks(x'ff'), any_marks(null), spellings()", "select spellings('a', x'ff', 1, null)", "select escape_fts(x'ff')", "select json('{')", "select json_extract('[1]', '$[')", "select * from json_each('{')", "select abs(-9223372036854775808)", "select char(55296, 0, 1114111)", "select 1 limit -1 offset -1", "select '" + "a" * 3000 + "'", "-- x", "/* x", "select 1 /*", ";", "\x00", "select '\x00'", "select ?1, ?, @a, $b",
)  # fmt: skip
METHODS = ("HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "G\u00cbT")
HEADERS: Mapping[bytes, Sequence[bytes]] = {
    b"accept": (b"*/*", b"application/json", b"text/html;q=nan", b",;,;", b"\xff\xfe", b"a" * 5000),
    b"accept-language": (b"vi", b"en;q=1e999", b"en;q=..", b"*;q=", b",,,", b"\xff", b"vi-" + b"x" * 4000, b"en;q=nan,vi;q=inf"),
    b"accept-encoding": (b"gzip", b"br;q=x", b"identity;q=0"),
    b"host": (b"evil.example", b"evil.example:99999999", b"", b"[::1", b"a b", b"\xff", b"localhost\r\nX-Evil: 1", b"localhost/../x", b"<script>"),
    b"x-forwarded-for": (b"127.0.0.1", b"<script>"), b"x-forwarded-host": (b"evil.example",), b"x-forwarded-prefix": (b"/evil", b"//evil.example"),
    b"x-forwarded-proto": (b"https", b"javascript"), b"x-original-url": (b"/-/threads",), b"x-rewrite-url": (b"/captures.db",), b"forwarded": (b"host=evil.example;proto=https",),
    b"range": (b"bytes=0-0", b"bytes=-1", b"bytes=5-1", b"bytes=0-,0-,0-,0-", b"bytes=99999999999999999999-"),
    b"if-none-match": (b"*", b'"x"', b"W/", b"\xff", b'"' + b"a" * 4000), b"if-modified-since": (b"x", b"Thu, 01 Jan 1970 00:00:00 GMT"),
    b"cookie": (b"language=en", b"language=\xff", b"=;;==,", b'language="', b"ds_actor=x", b"ds_csrftoken=x", b"a=" + b"b" * 4000, b"language=vi; language=en"),
    b"authorization": (b"Bearer dstok_x", b"Basic eA==", b"\xff"), b"origin": (b"https://evil.example",), b"referer": (b"\xff", b"https://evil.example/"),
    b"content-type": (b"application/json", b"multipart/form-data; boundary="), b"content-length": (b"0", b"-1", b"x"), b"transfer-encoding": (b"chunked",),
    b"user-agent": (b"", b"() { :; }; echo x"), b"purpose": (b"prefetch",),
}  # fmt: skip


@cache
def argument_names() -> tuple[str, ...]:
    """What our pages and Datasette's read of a query: what their code says, and what it puts together."""
    reads = re.compile(r"""args(?:\.get|\.getlist)?[(\[]\s*["'](\w+)["']""")
    folders = (Path(archiver.site.__file__).parent, Path(datasette.__file__).parent)
    said = {
        name for folder in folders for file in folder.rglob("*.py") for name in reads.findall(file.read_text("utf-8"))
    }
    return tuple(sorted(said.union(NAMES)))


def paths_of(pattern: str, known: Mapping[str, Sequence[str]], random: Random) -> Iterator[str]:
    """Addresses of a route: one that it means, then ones in which one part is hostile.

    `known` has for the name of a part what may stand there; what the part's own pattern does not take is left out.
    """
    template, parts = _parts(pattern)
    meant = [_fitting(name, inner, known, random) for name, inner in parts]
    yield _filled(template, meant)
    for number in range(len(parts)):
        hostile = list(meant)
        hostile[number] = random.choice(PIECES)
        yield _filled(template, hostile)
    yield _filled(template, meant) + random.choice(PIECES)
    yield "/" + random.choice(PIECES) + _filled(template, meant)
    yield _mutilated(_filled(template, meant), random)


def _parts(pattern: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The plain text of a route's pattern around its named groups, and these: name, pattern."""
    texts, groups, rest = [], [], pattern
    while match := _GROUP.search(rest):
        depth, end = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(rest[end], 0) if rest[end - 1] != "\\" else 0
            end += 1
        texts.append(_plain(rest[: match.start()]))
        groups.append((match[1], rest[match.end() : end - 1]))
        rest = rest[end:]
    return [*texts, _plain(rest)], groups


def _plain(pattern: str) -> str:
    """What a pattern without named groups stands for: its marks are taken out, what may be there is."""
    return re.sub(r"\(\?:.*|[\^$()?*+]|\.(?=[*+])", "", pattern.replace(r"\.", "\x00").replace(r"\/", "/")).replace(
        "\x00", "."
    )


def _filled(template: list[str], values: list[str]) -> str:
    return "".join(text + value for text, value in zip(template, [*values, ""], strict=True)).replace("..json", ".json")


def _fitting(name: str, inner: str, known: Mapping[str, Sequence[str]], random: Random) -> str:
    fits = [each for each in known.get(name, ()) if re.fullmatch(inner, each)]
    others = [
        each
        for each in ("x", "abcdefghij", "0123456789", "a" * 64, "json", ".json", "x.y", "")
        if re.fullmatch(inner, each)
    ]
    return random.choice(fits or others or ["x"])


def _mutilated(path: str, random: Random) -> str:
    """An address with something put in, doubled, or percent-encoded."""
    at = random.randrange(len(path) + 1)
    ways = (
        path[:at] + random.choice(PIECES) + path[at:],
        path[:at] + quote(path[at : at + 3], safe="").replace(".", "%2E") + path[at + 3 :],
        path[:at] + "".join(f"%{byte:02x}" for byte in path[at : at + 2].encode()) + path[at + 2 :],
        path.replace("/", "//", random.randrange(3)), path.replace("/", "%2f"), path.upper(), path + "/", path + "/..", path + "?", path + "%00", path + "%",
    )  # fmt: skip
    return random.choice(ways)


def query_of(random: Random, names: Sequence[str] | None = None) -> bytes:
    """Some arguments with hostile values."""
    pairs = []
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 6))):
        name = random.choice(names or argument_names())
        value = random.choice(SQL if name == "sql" and random.random() < 0.9 else VALUES)
        pairs.append(_pair(name, value, random))
        if random.random() < 0.15:
            pairs.append(_pair(name, random.choice(VALUES), random))
    return b"&".join(pairs)


def _pair(name: str, value: str, random: Random) -> bytes:
    key = quote_from_bytes(name.encode(), safe="_").encode()
    chance = random.random()
    if chance < 0.04:
        return key
    if chance < 0.10:
        return key + b"=" + random.choice(RAW)
    if chance < 0.13:
        return key + random.choice((b"[]", b"[0]", b"%5B%5D", b"%00", b".x")) + b"=" + quote(value).encode()
    return key + b"=" + quote(value, safe="").encode()


def requests_to(
    patterns: Sequence[str], known: Mapping[str, Sequence[str]], base: str, seed: int, rounds: int
) -> Iterator[tuple[str, Request]]:
    """For every route, in every round: its addresses, plain and hostile, with hostile queries, methods and headers."""
    for number in range(rounds):
        for pattern in patterns:
            random = Random(f"{seed}/{number}/{pattern}")
            for place, path in enumerate(paths_of(pattern, known, random)):
                yield pattern, _request(_under(base, path, random), place, random)
            meant = next(paths_of(pattern, known, random))
            yield pattern, Request(_bytes(_under(base, meant, random)) + b"?" + query_of(random))
            yield pattern, Request(_bytes(base.rstrip("/") + meant), random.choice(METHODS))


def _under(base: str, path: str, random: Random) -> str:
    """Below the path of the site, mostly."""
    return path if random.random() < 0.05 else base.rstrip("/") + path


def _request(path: str, place: int, random: Random) -> Request:
    target = _bytes(path)
    if random.random() < (0.7 if place == 0 else 0.3):
        target += b"?" + query_of(random)
    headers: tuple[Header, ...] = ()
    if random.random() < 0.3:
        names = random.sample(sorted(HEADERS), random.choice((1, 1, 2, 4)))
        headers = tuple((name, random.choice(HEADERS[name])) for name in names)
    return Request(target, headers=headers)


def _bytes(path: str) -> bytes:
    """As it goes over the wire: what is no byte of Latin-1 as UTF-8."""
    return path.encode("utf-8", "surrogatepass")
