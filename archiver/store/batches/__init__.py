"""Changes that came to many articles at once: the doing of a template, not of publishers."""
