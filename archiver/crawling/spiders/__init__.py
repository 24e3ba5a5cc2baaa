"""The one spider, where Scrapy looks for it."""
