"""What became of articles and of portals, told from all captures."""
