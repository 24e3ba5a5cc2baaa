"""Crawling with Scrapy: one spider for every portal. What is kept and read is decided in other rooms."""
