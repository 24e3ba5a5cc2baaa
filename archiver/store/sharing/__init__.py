"""What leaves the archive: copies of it, its tables, its captures."""
