"""The shapes of captures.db and archive.db, and opening them."""
