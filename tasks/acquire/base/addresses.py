"""Addresses that can be requested: web schemes only, no credentials, and no host inside our own network."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote_plus, urljoin, urlsplit, urlunsplit

from core.errors import ConfigError
from tasks.acquire.base.hosts import is_inner_name, normalize_host

SCHEMES = ("http", "https")
MAX_URL_CHARS = 4_000
# A request cannot hold control characters or lone surrogates, which JSON and XML can name.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


class ForbiddenAddressError(Exception):
    """The address must not be requested; the message says why."""


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """Which addresses are allowed. `open_hosts` are host names that can have private addresses, for tests and intranets."""

    open_hosts: frozenset[str] = frozenset()

    def check_url(self, url: str) -> None:
        """Raise ForbiddenAddressError unless this is a plain web address whose host is allowed.

        Only the text of the host is checked here, since a proxy resolves names by itself.
        """
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
            plain = normalize_host(host) if host else None
        except ValueError as error:
            raise ForbiddenAddressError(f"no address: {error}") from error
        if parts.scheme not in SCHEMES:
            raise ForbiddenAddressError(
                f"scheme {parts.scheme or '(none)'} is not one of {', '.join(SCHEMES)}"
            )
        if not host or not plain:
            raise ForbiddenAddressError("no host in the address")
        if len(url) > MAX_URL_CHARS:
            raise ForbiddenAddressError(f"longer than {MAX_URL_CHARS:,} characters")
        if "@" in parts.netloc:
            raise ForbiddenAddressError("credentials in the address")
        self._check_host(host, plain)

    def _check_host(self, host: str, plain: str) -> None:
        if self.open_hosts & {host.lower(), plain}:
            return
        if _is_literal(plain):
            self.check_ips(plain, [plain])
        elif is_inner_name(plain):
            raise ForbiddenAddressError(f"{host} is a name within a network, not on the public Internet")

    def check_ips(self, host: str, addresses: Iterable[str]) -> None:
        """Raise ForbiddenAddressError if any of a host's IP addresses is not on the public Internet."""
        if host.lower() in self.open_hosts:
            return
        for address in addresses:
            if not is_public(address):
                raise ForbiddenAddressError(f"{host} is at {address}, which is not on the public Internet")


def is_public(address: str) -> bool:
    """Whether an IP address is public. IPv4 inside IPv6 counts as IPv4 (mapped, 6to4, NAT64, Teredo).

    Loopback, private, link-local (with the metadata service of clouds at 169.254.169.254), carrier, multicast,
    reserved and unspecified addresses are not public (IANA special-purpose registries).
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inner_ipv4(ip) if isinstance(ip, ipaddress.IPv6Address) else None
    if inner is not None and not is_public(str(inner)):
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local:  # RFC 3879: some networks still use them
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _inner_ipv4(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour
    if ip.teredo:
        return ip.teredo[1]
    if ip in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def clean_address(url: str, base: str | None = None) -> str | None:
    """The address to request: absolute, without fragment and credentials, with a plain host (see normalize_host).

    Lone surrogates become U+FFFD, control characters their codes. None if the text is not an address.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        host, port = normalize_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme.lower()]:
        netloc += f":{port}"
    address = urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", parts.query, ""))
    return _UNWRITABLE.sub(lambda found: quote(found[0] if found[0] < "\x80" else "\ufffd"), address)


@cache
def _tracking() -> tuple[tuple[str, ...], frozenset[str]]:
    rules = tomllib.loads((Path(__file__).parent / "tracking.toml").read_text(encoding="utf-8"))
    return tuple(rules["prefixes"]), frozenset(rules["names"])


def strip_tracking(url: str) -> str:
    """The address without query parameters that only say where a reader came from (tracking.toml).

    Everything else stays as written, since a server can distinguish "a" from "a=" and "%20" from "+".
    """
    parts = urlsplit(url)
    if not parts.query:
        return url
    kept = [part for part in parts.query.split("&") if not _is_tracking(part)]
    query = "&".join(kept)
    return url if query == parts.query else urlunsplit(parts._replace(query=query))


def _is_tracking(parameter: str) -> bool:
    prefixes, names = _tracking()
    name = unquote_plus(parameter.partition("=")[0])
    return name in names or name.startswith(prefixes)


def is_web_archive_address(path: str) -> bool:
    """Whether an argument is a web address and not a path. Raises ConfigError if it is not the address of a WARC file."""
    if not path.lower().startswith(("http://", "https://")):
        return False
    if not urlsplit(path).path.lower().endswith((".warc", ".warc.gz")):
        raise ConfigError(
            f"{path} is not a WARC file; `copydesk load LIST --urls` fetches the pages that a file lists"
        )
    return True
