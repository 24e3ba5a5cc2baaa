"""What a person can say about one look at a portal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlsplit

from archiver.crawling.options import LOOPBACK, POLITE_DELAY, UsageError, is_address
from archiver.portals.model import Tls

TLS: tuple[Tls, ...] = get_args(Tls)


@dataclass(frozen=True, slots=True)
class ProbeOptions:
    """One look."""

    url: str  # of the page, as the portal has it
    base_url: str | None = None  # where to connect instead of the portal
    tls: Tls = "usual"

    def checked(self) -> ProbeOptions:
        """The same options; raises UsageError if they cannot be meant."""
        if not is_address(self.url):
            raise UsageError(
                f"a page's whole address begins with http:// or https:// and names a host, not {self.url!r}"
            )
        if self.base_url is not None and not is_address(self.base_url):
            raise UsageError(f"--base-url must begin with http:// or https:// and name a host, not {self.base_url!r}")
        self._check_host(urlsplit(self.url).hostname or "")
        if urlsplit(self.url).port not in (None, 80, 443):
            host = urlsplit(self.url)._replace(netloc=urlsplit(self.url).hostname or "").geturl()
            raise UsageError(
                f"portals are crawled at the usual ports alone; of one that is served elsewhere say its own address and"
                f" where it is served: archiver probe {host} --base-url {self.url}"
            )
        return self

    def _check_host(self, host: str) -> None:
        """Raises UsageError for a host by which no portal goes."""
        if ":" in host:
            raise UsageError(f"a portal goes by its host's name, not by {host}; where it is served, --base-url says")
        if not host.isascii():
            raise UsageError(f"say the host's name as servers know it: {_for_servers(host)}, not {host}")

    @property
    def delay(self) -> float:
        """Seconds between two requests; none is left to a server of this machine."""
        connected = urlsplit(self.base_url or self.url).hostname or ""
        return 0.0 if connected in LOOPBACK else POLITE_DELAY


def _for_servers(host: str) -> str:
    """A name with letters of any script in ASCII; "xn--…" where that cannot be made.

    >>> _for_servers("thịxã.vn"), _for_servers("thị..vn")
    ('xn--thx-ola2939a.vn', 'xn--…')
    """
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return "xn--…"
