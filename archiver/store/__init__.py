"""SQLite: the evidence in captures.db, its interpretation in archive.db. SQL stands in this room alone."""
