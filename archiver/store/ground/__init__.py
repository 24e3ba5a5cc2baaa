"""What every room of the store stands on: keys, times, locks, and errors in words for people."""
