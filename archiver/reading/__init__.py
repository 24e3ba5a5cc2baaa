"""Reading pages. Pure: bytes in, items out; no clock, no network, no database, no settings."""
