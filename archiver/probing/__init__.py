"""Looking at a portal that nobody told the program of: what it would read there, and the value that would say so."""
