"""The search index, and what is found by it. Nothing is read by these files: the index has a version of its own."""
