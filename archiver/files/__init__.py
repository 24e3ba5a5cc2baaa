"""Attached files. Pure: bytes in, text and problems out."""
