"""Vietnamese text and dates. Pure: text in, text or date out."""
