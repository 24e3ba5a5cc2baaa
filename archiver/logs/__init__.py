"""What is written to standard error while the program works: one line an event, without secrets and without pages."""
