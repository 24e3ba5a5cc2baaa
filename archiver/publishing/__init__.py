"""Snapshots: dated copies of the archive for everyone, described, checked and citable."""
