"""What one capture says, told to archive.db: articles and their revisions, listings, files, problems."""
