"""What many looks at a list say together: what it is a list of, and how long it showed an article."""
