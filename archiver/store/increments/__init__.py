"""captures.db in parts: what changes, whole; what is only added to, as increments that are never written again."""
