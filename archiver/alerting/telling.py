"""Tell one address something through Apprise: mail, Telegram, Slack, a webhook and some hundred others. A process.

It reads `{"address": …, "title": …, "body": …}` from the standard input; its last line on standard error complains.
"""

from __future__ import annotations

import json
import logging
import sys

from apprise import Apprise, NotifyFormat, OverflowMode


def main() -> None:
    """Tell, or end with 1."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    order = json.load(sys.stdin)
    told = Apprise()
    if not told.add(order["address"]):
        sys.exit("it is no address that Apprise knows; see https://appriseit.com/")
    if "overflow=" not in order["address"]:
        for each in told:  # Telegram takes 4,096 characters and Discord 2,000: whatever is longer, they refuse whole
            each.overflow_mode = OverflowMode.SPLIT
    if not told.notify(title=order["title"], body=order["body"], body_format=NotifyFormat.TEXT):
        sys.exit(1)


if __name__ == "__main__":
    main()
