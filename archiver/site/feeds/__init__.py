"""Atom feeds: what is new, changed, gone or was not seen, for programs that look for it now and then."""
