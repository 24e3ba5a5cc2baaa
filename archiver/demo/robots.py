"""robots.txt, and what some portals answer instead."""

from __future__ import annotations

from typing import Literal

from archiver.demo.responses import Response, failure, ok

Robots = Literal["rules", "missing", "html", "error"]


def robots_answer(robots: Robots, crawl_delay: float) -> Response:
    """The rules, or one of the three other answers that a crawler must know what to do with."""
    match robots:
        case "missing":
            return failure(404, b"<html><body>404 - File or directory not found.</body></html>")
        case "html":
            return ok("<html><body><p>Chào mừng bạn đến với An Thuận</p></body></html>".encode())
        case "error":
            return failure(500, b"<html><body>500 - Internal server error.</body></html>")
    rules = f"User-agent: *\nDisallow: /noi-bo/\nCrawl-delay: {crawl_delay:g}\n"
    return ok(rules.encode(), content_type="text/plain")
