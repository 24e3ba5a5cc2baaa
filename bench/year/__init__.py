"""A year of the made-up portal in minutes: what befalls it, crawls on a simulated clock, and the truth beside them."""
