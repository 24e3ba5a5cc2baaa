"""What stands between a reader and the rows on Datasette's pages, folded up until it is asked for."""

from __future__ import annotations

import re

from markupsafe import Markup

_COLUMNS = re.compile(r'<dl class="column-descriptions">.*?</dl>', re.DOTALL)


def with_columns_folded(page: str) -> Markup:
    """The markup of a table's page, with what its columns mean behind one line: the box to search is seen at once.

    >>> print(with_columns_folded('<dl class="column-descriptions"><dt>url</dt></dl><form>'))  # doctest: +ELLIPSIS
    <details class="columns"><summary>What the columns mean</summary><dl ...</dl></details><form>
    """
    summary = "<summary>What the columns mean</summary>"
    folded = _COLUMNS.sub(lambda found: f'<details class="columns">{summary}{found[0]}</details>', page)
    return Markup(folded)  # noqa: S704 - Datasette's templates have escaped what came from elsewhere
