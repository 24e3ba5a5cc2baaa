"""Backups: dated, private, incremental, read back before they count; and the way back from them."""
