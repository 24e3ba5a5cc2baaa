"""Ask an address for nothing but to note that somebody asked. A process; the address comes by the standard input."""

from __future__ import annotations

import json
import sys

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from archiver import __version__

_SECONDS = 10
_AGAIN = Retry(total=2, backoff_factor=1, status_forcelist=(500, 502, 503, 504), raise_on_status=False)


def main() -> None:
    """Ask, or end with 1."""
    session = requests.Session()
    session.headers["User-Agent"] = f"archiver/{__version__}"
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=_AGAIN))
    try:
        with session.get(json.load(sys.stdin)["address"], timeout=_SECONDS, stream=True) as answer:
            if answer.status_code >= 400:
                sys.exit(f"HTTP {answer.status_code}")
    except requests.RequestException as error:
        sys.exit(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
