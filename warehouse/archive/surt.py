"""Addresses as the sort keys of CDXJ indexes (SURT), the same that pywb and the Wayback Machine look up.

The keys equal those of the Internet Archive's `surt` package 0.3.1, which is under the AGPL and not part of
Copydesk; tests/warehouse/surt_pairs.py holds its answers.
"""
# Why: see docs/decisions.md, "CDXJ keys are computed here, not by the `surt` package".

from __future__ import annotations

import re
import socket
from contextlib import suppress
from urllib.parse import quote_from_bytes, unquote_to_bytes

_PARTS = re.compile(
    rb"(?P<scheme>[a-z][a-z0-9+.-]*):(?://(?P<place>[^/?#]*))?(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?", re.I
)
_SCHEME_AGAIN = re.compile(rb"^(https?://)+", re.I)
_WWW = re.compile(rb"^www\d*\.")
_NUMBERS = re.compile(rb"\d+(?:\.\d+){0,3}")
_KEPT = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"  # all that can be seen in ASCII, but # and %
_DEFAULT_PORTS = {b"http": 80, b"https": 443}
_FOLDER_SESSION = re.compile(
    rb"/\((?:[0-9a-z]{24}|(?:[a-z]\([0-9a-z]{24}\))+)\)/(?=[^?/][^?]*\.aspx|[^?]+\.aspx)"
)
_SESSIONS = (
    re.compile(rb"jsessionid=[0-9a-z]{32}(?:&|$)", re.I),
    re.compile(rb"phpsessid=[0-9a-z]{32}(?:&|$)", re.I),
    re.compile(rb"sid=[0-9a-z]{32}(?:&|$)", re.I),
    re.compile(rb"aspsessionid[a-z]{8}=[a-z]{24}(?:&|$)", re.I),
    re.compile(rb"cfid=[^&]+&cftoken=[^&]+(?:&|$)", re.I),
)


def make_surt(url: str) -> str:
    """The key of a web address: host reversed without www, path and parameters in lower case, parameters
    sorted; without scheme, user, default port, session numbers and fragment. An address without a host, or with
    an invalid port, is its own key."""
    data = re.sub(rb"[\r\n\t]", b"", url.encode("utf-8", "replace").strip())
    found = _PARTS.match(_SCHEME_AGAIN.sub(lambda again: again[1], data))
    if found is None:
        return _as_key(data)
    place, path = found["place"] or b"", found["path"] or b""
    if not place:  # http:////host/path
        place, _, rest = path.lstrip(b"/").partition(b"/")
        path = b"/" + rest
    host, _, port = place.rpartition(b"@")[2].rstrip(b":").partition(b":")
    if not host or (port and not port.isdigit()):
        return _as_key(data)
    shown = (
        b"" if not port or int(port) == _DEFAULT_PORTS.get(found["scheme"].lower()) else b":%d" % int(port)
    )
    query = _make_query(found["query"] or b"")
    key = b",".join(reversed(_make_host(host).split(b"."))) + shown + b")" + _make_path(path)
    return (key + (b"?" + query if query else b"")).decode("ascii")


def _as_key(data: bytes) -> str:
    return quote_from_bytes(data, safe=_KEPT + "#%")


def _make_host(host: bytes) -> bytes:
    host = _unescape(host)
    if not host.isascii():
        with suppress(ValueError):
            host = host.decode("utf-8", "ignore").encode("idna")
    host = host.replace(b"..", b".").strip(b".")
    return _WWW.sub(b"", _read_number(host) or _escape(host).lower())


def _read_number(host: bytes) -> bytes | None:
    """The IPv4 address of a host made of numbers only: 2130706433 and 127.1 are 127.0.0.1."""
    if not _NUMBERS.fullmatch(host):
        return None
    if b"." not in host:
        return (
            socket.inet_ntoa((int(host) & 0xFFFFFFFF).to_bytes(4, "big")).encode() if len(host) < 40 else None
        )
    try:
        return socket.inet_ntoa(socket.inet_aton(host.decode("ascii"))).encode()
    except OSError:
        return None


def _make_path(path: bytes) -> bytes:
    kept: list[bytes] = []
    for part in _unescape(path).split(b"/")[1:]:
        if part == b".." and kept:
            kept.pop()
        elif part != b".":
            kept.append(part)
    folders = [part for part in kept[:-1] if part]
    lowered = _escape(b"/" + b"/".join([*folders, *kept[-1:]])).lower()
    lowered = _FOLDER_SESSION.sub(b"/", lowered, count=1)
    return lowered[:-1] if lowered.endswith(b"/") and len(lowered) > 1 else lowered


def _make_query(query: bytes) -> bytes:
    plain = _escape(_unescape(query))
    for session in _SESSIONS:
        plain = session.sub(b"", plain, count=1)
    parts = sorted(tuple(part.split(b"=", 1)) for part in plain.lower().split(b"&"))
    return b"&".join(b"=".join(part) for part in parts)


def _unescape(data: bytes) -> bytes:
    """The text with percent escapes resolved repeatedly, until none is left."""
    while (plain := unquote_to_bytes(data)) != data:
        data = plain
    return data


def _escape(data: bytes) -> bytes:
    return quote_from_bytes(data, safe=_KEPT).encode("ascii")
