"""The same fortnight as in the tests of plots."""

from tests.site.plots.conftest import fortnight, get, site

__all__ = ["fortnight", "get", "site"]
