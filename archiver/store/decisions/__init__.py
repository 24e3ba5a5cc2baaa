"""What people decide about an article, carried through an archive."""
