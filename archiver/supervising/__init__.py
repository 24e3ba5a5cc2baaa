"""Crawling many portals side by side, each in a process of its own, so that none harms another."""
