"""What a request must be before a page is made, and what each answer forbids the browser."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import ConfigError

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_METHODS = ("GET", "HEAD")
# No script, no frame, no address but our own; a page of strangers' words can load and send nothing.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_SHORTEST_TOKEN = 16
_PORT = re.compile(r":[0-9]*\Z")


@dataclass(frozen=True, slots=True)
class Guard:
    """Which requests are allowed: those that name this machine by one of `hosts` and, if a token is set, send it."""

    hosts: frozenset[str] = LOOPBACK_NAMES
    token: str | None = None

    @classmethod
    def for_address(cls, host: str, token: str | None) -> Guard:
        """The guard for that address; ConfigError where it is not loopback and has no token."""
        if token is not None and len(token) < _SHORTEST_TOKEN:
            raise ConfigError(
                f"the token is shorter than {_SHORTEST_TOKEN} characters; take a longer, random one"
            )
        if is_loopback(host):
            return cls(token=token)
        if token is None:
            raise ConfigError(
                f"{host} can be reached from other machines: give --token, or keep 127.0.0.1 and use an SSH tunnel"
            )
        return cls(hosts=frozenset(), token=token)

    def refusal(self, method: str, headers: Mapping[str, str]) -> tuple[int, str] | None:
        """Status and reason of a request that is refused; None for one that is allowed."""
        if method not in _METHODS:
            return 405, "pages are only read: use GET"
        if self.hosts and _PORT.sub("", headers.get("host", "")).lower() not in self.hosts:
            return 421, "this dashboard answers to localhost, 127.0.0.1 and [::1] only"
        if self.token is not None and not self._is_given(headers.get("authorization", "")):
            return 401, "give the token as the password"
        return None

    def _is_given(self, header: str) -> bool:
        assert self.token is not None
        kind, _, rest = header.partition(" ")
        given = rest.strip()
        if kind.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).decode("utf-8").partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return False
        elif kind.lower() != "bearer":
            return False
        return secrets.compare_digest(given.encode(), self.token.encode())


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
