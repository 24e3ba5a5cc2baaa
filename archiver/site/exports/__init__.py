"""What Datasette shows, as JSON lines, as Parquet, and as a notebook: all rows of a table, a view or a query."""
