"""The names of captures from files: outlet, address, reference, time."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, urlsplit

from core.captures import HINT_KEYS, Capture, CaptureKind, make_capture_id
from tasks.acquire.base.options import FileOptions

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Plausible times of files and crawls. Other times are clock errors, and arithmetic fails near the ends of the calendar.
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_NO_OUTLET = "unknown"
_SMALL_HINTS = tuple(key for key in HINT_KEYS if key != "text")  # the text is in the payload already


def modified_at(status: os.stat_result) -> datetime:
    """The modification time of a file, to the microsecond: the `fetched_at` of local files.

    Unlike the time of loading, it is the same for each load, so that the capture's id is too. An impossible time
    becomes the nearest possible one.
    """
    try:
        modified = _EPOCH + timedelta(microseconds=status.st_mtime_ns // 1000)
    except OverflowError:
        return LATEST if status.st_mtime_ns > 0 else EARLIEST
    return min(max(modified, EARLIEST), LATEST)


def file_url(path: Path) -> str:
    """The `file:` URL of a path, absolute, without `..`, links not resolved."""
    return "file://" + quote_from_bytes(os.fsencode(os.path.abspath(path)))  # noqa: PTH100  (Path.absolute keeps "..")


@lru_cache(maxsize=256)
def slug_outlet(name: str) -> str:
    """A name as an outlet key: lower-case ASCII letters, digits, dots and hyphens. Can be empty."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._]+", "-", plain).strip("-._")


def find_host(url: str | None) -> str | None:
    """The host of a web address without `www.`, or None."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def is_web_url(url: str | None) -> bool:
    """Whether the value is a web address with a host."""
    return bool(url) and str(url).lower().startswith(("http://", "https://")) and find_host(url) is not None


def find_outlet_key(url: str | None, keys: Mapping[str, str]) -> str | None:
    """The key of the outlet that owns the host of an address, or a domain above it; None if no outlet does. `keys` are by
    host, with the port if the address has one."""
    host = find_host(url)
    if host is None:
        return None
    labels = host.split(".")
    domains = (".".join(labels[at:]) for at in range(len(labels) - 1))
    places = (urlsplit(url or "").netloc.removeprefix("www."), host, *domains)
    return next((keys[place] for place in places if place in keys), None)


def pick_outlet(path: Path, options: FileOptions, said: str | None = None, url: str | None = None) -> str:
    """The outlet of an input: the user's, the record's, the owner of the host, the host itself, or the folder of the file."""
    if options.outlet or said:
        named = find_host(said) if is_web_url(said) else said  # trafilatura's `source` is an address
        key = slug_outlet(options.outlet or "") or slug_outlet(named or "")
        if key:
            return key
    known = find_outlet_key(url, options.outlet_keys) if options.outlet_keys else None
    if known:
        return known
    host = find_host(url) if url and is_web_url(url) else None
    return slug_outlet(host or path.parent.name or path.absolute().parent.name) or _NO_OUTLET


def small_hints(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record that `captures.hints` keeps: all but the text."""
    return {key: fields[key] for key in _SMALL_HINTS if key in fields}


def make_capture(
    *,
    input_ref: str,
    outlet: str,
    url: str,
    kind: CaptureKind,
    payload: bytes,
    fetched_at: datetime,
    **rest: Any,
) -> Capture:
    """A capture with its id."""
    digest = hashlib.sha256(payload).hexdigest()
    capture_id = make_capture_id(url, digest, fetched_at)
    return Capture(capture_id, input_ref, outlet, url, kind, payload, fetched_at, body_sha256=digest, **rest)
