"""Read hosts of addresses as browsers read them (WHATWG URL, section 3.5), however they are disguised."""
# Why: see docs/decisions.md, "Hosts are read as browsers read them before they are checked".

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, ip_address
from urllib.parse import unquote

_DOTS = re.compile("[\u3002\uff0e\uff61]")  # UTS 46: full stops of East Asian writing
_FORBIDDEN = re.compile('[\x00-\x20"#%/:<>?@\\[\\\\\\]^`{|}\x7f\ud800-\udfff]')
_MAX_LABEL_CHARS = 63  # RFC 1035 2.3.4
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")
# Names that no public host has: RFC 6761, RFC 6762, RFC 8375, ICANN's resolution on .internal of 2024.
_INNER_ENDS = ("localhost", "local", "internal", "home.arpa")


def normalize_host(host: str) -> str:
    """The host as it will be requested: lower case, IPv4 as four decimal numbers, letters in their plain form.

    "127.1", "0x7f000001", "2130706433", "%31%32%37.0.0.1" and circled digits are all 127.0.0.1. Names in other
    scripts stay readable. Raises ValueError if the text is not a host.
    """
    if ":" in host:
        return str(ip_address(host.partition("%")[0]))
    plain = unicodedata.normalize("NFKC", _DOTS.sub(".", unquote(host, errors="strict"))).lower()
    labels = plain.removesuffix(".").split(".")
    if _FORBIDDEN.search(plain) or not all(0 < len(label) <= _MAX_LABEL_CHARS for label in labels):
        raise ValueError(f"{host[:100]!r} is not a host")
    if _NUMBER.fullmatch(labels[-1]):
        return _read_ipv4(host, labels)
    if not plain.isascii() or any(label.startswith("xn--") for label in labels):
        _check_international(plain)
    return plain


def is_inner_name(host: str) -> bool:
    """Whether a host name is valid only within a network: it has no dot, or an ending reserved for that."""
    name = host.removesuffix(".")
    return "." not in name or name.endswith(tuple(f".{end}" for end in _INNER_ENDS))


def _read_ipv4(host: str, labels: list[str]) -> str:
    """The address of one to four numbers, decimal, octal or hexadecimal; the last one fills what is left."""
    if len(labels) > 4 or not all(_NUMBER.fullmatch(label) for label in labels):
        raise ValueError(f"{host!r} is not an IPv4 address")
    *first, last = [_read_number(label) for label in labels]
    if any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
        raise ValueError(f"{host!r} is not an IPv4 address")
    return str(IPv4Address(last + sum(number << 8 * (3 - place) for place, number in enumerate(first))))


def _read_number(label: str) -> int:
    if label.lower().startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if len(label) > 1 and label.startswith("0") else 10)


def _check_international(host: str) -> None:
    """ValueError for a name that has no form in ASCII, or whose form in ASCII has no meaning (RFC 5891)."""
    import httpx  # slow to import, and rarely needed for reading pages and listings

    try:
        _ = httpx.URL(scheme="http", host=host).host
    except httpx.InvalidURL as error:
        raise ValueError(str(error)) from error
