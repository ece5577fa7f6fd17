"""Which pages of a WARC file are wanted: by host, time of fetching and language."""

from __future__ import annotations

import re
from datetime import datetime

from core.http.bodies import HttpMessage
from tasks.acquire.base.naming import find_host
from tasks.acquire.base.options import FileOptions

_LANG_BYTES = 4096
_HTML_LANG = re.compile(rb"<html\b[^>]{0,2000}?\slang\s*=\s*[\"']?([A-Za-z]{2})", re.IGNORECASE)


def is_wanted(url: str | None, fetched_at: datetime, options: FileOptions) -> bool:
    """Whether the user wants a record by its host and time; without options, every record is wanted."""
    if options.hosts:
        host = find_host(url) or ""
        if not any(host == wanted or host.endswith(f".{wanted}") for wanted in options.hosts):
            return False
    is_early = options.fetched_from is not None and fetched_at < options.fetched_from
    is_late = options.fetched_until is not None and fetched_at >= options.fetched_until
    return not (is_early or is_late)


def says_language(message: HttpMessage, languages: frozenset[str]) -> bool:
    """Whether page (html lang) or server (Content-Language) declares one of the languages, or no language."""
    if not languages:
        return True
    found = _HTML_LANG.search(message.body, 0, _LANG_BYTES)
    said = found[1].decode("ascii") if found else message.headers.get("content-language", "")
    return not said.strip() or said.strip()[:2].lower() in languages
