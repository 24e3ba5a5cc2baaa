"""Figures of the site: a saved query's rows as a plot, with its legend, its numbers, and what it does not mean."""
