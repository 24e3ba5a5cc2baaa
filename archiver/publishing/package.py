"""datapackage.json: what a snapshot holds, every table and column, as a Data Package (datapackage.org, version 2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from archiver.site.public.metadata import metadata_of_snapshot
from archiver.store.sharing.copying import Copy
from archiver.store.sharing.snapshots import ROWS, archive_name

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {"TEXT": "string", "INTEGER": "integer", "REAL": "number", "FLOAT": "number", "BLOB": "string"}


def data_package(db: Database, name: str, copy: Copy, portals: list[dict[str, str]]) -> str:
    """The package of a snapshot as JSON; `portals` are its portals' rows."""
    described = metadata_of_snapshot()
    about = described["databases"]["archive"]["tables"]
    package = {
        "$schema": _PROFILE,
        "name": f"archive-{name}",
        "title": described["title"],
        "description": described["description"],
        "version": name,
        "created": copy.made_at,
        "keywords": ["Vietnam", "local government", "web archive", *(portal["name"] for portal in portals)],
        "licenses": [
            {
                "name": "CC0-1.0",
                "path": described["license_url"],
                "title": "What the archive adds: dates, addresses, keys, digests, structure",
            },
            {"path": "LICENSE.txt", "title": "The texts and pictures belong to their publishers and authors"},
        ],
        "sources": [{"title": portal["name"], "path": portal["url"]} for portal in portals],
        "program": copy.program,
        "masked": copy.is_masked,
        "resources": list(_resources(db, archive_name(name), about)),
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resources(db: Database, file: str, about: dict[str, Any]) -> Iterator[dict[str, Any]]:
    names = [*db.table_names(), *db.view_names()]
    for table in sorted(each for each in names if "columns" in about.get(each, {})):
        yield {
            "name": table.replace("_", "-"),
            "title": table,
            "description": " ".join(about[table]["description"].split()),
            "path": file,
            "format": "sqlite",
            "mediatype": "application/vnd.sqlite3",
            "type": "table",
            "dialect": {"table": table},
            ROWS: db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0],
            "schema": _schema(db, table, about[table]["columns"]),
        }


def _schema(db: Database, table: str, columns: dict[str, str]) -> dict[str, Any]:
    fields = [
        {"name": column.name, "type": _TYPES.get(column.type.upper(), "any"), "description": columns[column.name]}
        for column in db[table].columns
    ]
    schema: dict[str, Any] = {"fields": fields}
    if table in db.table_names():
        schema["primaryKey"] = list(db.table(table).pks)
        schema["foreignKeys"] = [
            {
                "fields": [each.column],
                "reference": {"resource": each.other_table.replace("_", "-"), "fields": [each.other_column]},
            }
            for each in db.table(table).foreign_keys
        ]
    return {name: value for name, value in schema.items() if value}
