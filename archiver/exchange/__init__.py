"""Captures from and for others: WARC files out and in, and what a web archive holds of a portal that is gone."""
