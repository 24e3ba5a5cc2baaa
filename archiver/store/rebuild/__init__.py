"""archive.db anew from captures.db, and two archives compared."""
