"""What captures.db holds: captures, requests, runs, and what people decided."""
