"""One file a page: what it shows is asked for here, what it looks like stands in a template."""
