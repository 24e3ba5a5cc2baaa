"""Names for what Datasette's pages leave without one, so that it can be told by ear and reached by keyboard."""

from __future__ import annotations

import re

from markupsafe import Markup

_REGION = 'tabindex="0" role="region" aria-label="{}"'
_NAMES = (
    (r'<select (?=name="_filter_column)', 'aria-label="Column"'),
    (r'<select (?=name="_filter_op)', 'aria-label="Comparison"'),
    (r'<input (?=type="text" name="_filter_value)', 'aria-label="Value"'),
    (r'<select (?=name="_sort")', 'aria-label="Sort by"'),
    (r'<textarea (?=id="sql-editor")', 'aria-label="SQL"'),
    (r'<div (?=class="table-wrapper")', _REGION.format("Rows")),
    (r'<pre (?=id="sql-query")', _REGION.format("SQL")),
    (r'<a (?=href="[^"]*" class="cross")', 'aria-label="Remove"'),
)


def with_names(page: str) -> Markup:
    """The markup of a page of Datasette's, with names for its fields and for what scrolls.

    >>> with_names('<select name="_filter_op_1">')
    Markup('<select aria-label="Comparison" name="_filter_op_1">')
    """
    for element, name in _NAMES:
        page = re.sub(element, lambda found, name=name: f"{found[0]}{name} ", page)  # type: ignore[misc]
    return Markup(page)  # noqa: S704 - Datasette's templates have escaped what came from elsewhere
