"""A served portal and the command against it, as the crawls have them."""

from tests.crawling.conftest import command, news

__all__ = ["command", "news"]
