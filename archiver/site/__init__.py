"""Datasette on archive.db: what its tables and columns mean, what to ask first, and how it is served."""
