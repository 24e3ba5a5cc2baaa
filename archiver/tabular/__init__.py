"""Rows of a table as files that other programs read: CSV, JSON lines, Parquet. Nothing here knows an archive."""
