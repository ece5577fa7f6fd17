"""Checks of settings: each returns the value to keep, or raises a ValueError that says what is allowed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, SecretStr

from core.config.schedules import read_schedule, read_waits

_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*")
_PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
_MAX_LABEL_CHARS = 63  # RFC 1035, 2.3.4
_NOTICE_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S", re.IGNORECASE)
_SPACES = re.compile(r"[\s\x00-\x1f\x7f]")


def check_key(text: str) -> str:
    """A short name that tables, folders and commands can carry."""
    if not _KEY.fullmatch(text):
        raise ValueError(
            f"{text!r} is not a key; it takes small letters a to z, digits, dots, hyphens and underscores, "
            'and begins with a letter or digit, e.g. "harbour-post"'
        )
    return text


def check_web_url(text: str) -> str:
    """An address on the web, whole: scheme, host, and no password in it."""
    url = text.strip()
    parts = _split(url)
    if parts is None or parts.scheme.lower() not in ("http", "https") or not _is_host(parts.hostname):
        guess = _split(f"https://{url}")
        is_host = "//" not in url and guess is not None and "." in (guess.hostname or "")
        better = f"https://{url}" if is_host and _is_host(guess and guess.hostname) else None
        raise ValueError(
            f"{text!r} is not a web address; write it whole, e.g. {better or 'https://harbour-post.example/rss.xml'}"
        )
    if "@" in parts.netloc:
        raise ValueError("an address with a user or password is never requested; remove them")
    return url


def check_host(text: str) -> str:
    """A host's name, in small letters."""
    host = text.strip().lower()
    if not host or _SPACES.search(host) or any(sign in host for sign in "/@?#*"):
        found = _split(host)
        better = found.hostname if found and found.hostname else "m.harbour-post.example"
        raise ValueError(f"{text!r} is not a host; write its name alone, e.g. {better}")
    return host


def check_pattern(text: str) -> str:
    """A regular expression."""
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"{text!r} is not a regular expression: {error}") from error
    return text


def check_time_zone(text: str) -> str:
    """A time zone of the IANA data base."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        better = _find_nearest(text, available_timezones()) or "Europe/Berlin"
        raise ValueError(f"{text!r} is not an IANA time zone; write one such as {better}") from error
    return text


def check_language(text: str) -> str:
    """A language's code of ISO 639-1."""
    return _check_code(text, "languages", "an ISO 639-1 language code", "two small letters, e.g. en")


def check_country(text: str) -> str:
    """A country's code of ISO 3166-1 alpha-2."""
    return _check_code(text, "countries", "an ISO 3166-1 country code", "two capital letters, e.g. IE")


def check_schedule(text: str) -> str:
    """A schedule, as `core.config.schedules` reads it."""
    read_schedule(text)
    return text


def check_waits(text: str) -> str:
    """Times after a first fetch, as `core.config.schedules` reads them."""
    read_waits(text)
    return text


def check_proxy(text: str) -> str:
    """A proxy's address; what is said of it never holds its password."""
    parts = _split(text.strip())
    if parts is None or parts.scheme.lower() not in _PROXY_SCHEMES or not _is_host(parts.hostname):
        raise ValueError(
            f"it is not the address of a proxy; write {', '.join(_PROXY_SCHEMES[:-1])} or {_PROXY_SCHEMES[-1]}, "
            "a host and a port, e.g. http://127.0.0.1:3128"
        )
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("a proxy's address ends after host and port, e.g. http://127.0.0.1:3128")
    return text.strip()


def check_user_agent(text: str) -> str:
    """A User-Agent that a request can carry: printable ASCII (RFC 9110, 5.5)."""
    agent = text.strip()
    strange = next((sign for sign in agent if not (sign.isascii() and sign.isprintable())), None)
    if strange is not None:
        raise ValueError(
            f"{strange!r} in {text!r} cannot be sent; write it in ASCII, e.g. copydesk/0.1 (desk@example.org)"
        )
    if not agent:
        raise ValueError("it is empty; say who asks, e.g. copydesk/0.1 (desk@example.org)")
    return agent


def check_notice_address(secret: SecretStr) -> SecretStr:
    """The address of a recipient of notices; the error never contains it."""
    if not _NOTICE_ADDRESS.match(secret.get_secret_value().strip()):
        raise ValueError(
            "it is not an address for notices; write one such as mailto://desk@mail.example.org or slack://..."
        )
    return secret


@cache
def codes() -> Mapping[str, Mapping[str, str]]:
    """Names by code: `languages` (ISO 639-1) and `countries` (ISO 3166-1 alpha-2); codes by what is mistaken for
    them."""
    return tomllib.loads((Path(__file__).parent / "codes.toml").read_text(encoding="utf-8"))


def _check_code(text: str, table: str, what: str, form: str) -> str:
    known = codes()[table]
    if text in known:
        return text
    by_word = {name.lower(): code for code, name in known.items()}
    by_word |= {code.lower(): code for code in known}
    by_word |= {wrong.lower(): code for wrong, code in codes()[f"mistaken_{table}"].items()}
    tag = re.split(r"[-_]", text.lower())[0]  # of en-GB the en
    word = text.lower() if text.lower() in by_word else _find_nearest(tag, by_word, least=0.75)
    meant = f"; did you mean {by_word[word]} ({known[by_word[word]]})?" if word else ""
    raise ValueError(f"{text!r} is not {what}; write {form}{meant}")


def _find_nearest(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    return next(iter(get_close_matches(word, list(known), 1, least)), None)


def _split(url: str) -> SplitResult | None:
    """The parts of an address, or None where it has none (spaces, a wrong port)."""
    if _SPACES.search(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_host(host: str | None) -> bool:
    if not host:
        return False
    if ":" in host:
        return True
    return all(0 < len(label) <= _MAX_LABEL_CHARS for label in host.removesuffix(".").split("."))


Key = Annotated[str, AfterValidator(check_key)]
WebUrl = Annotated[str, AfterValidator(check_web_url)]
Host = Annotated[str, AfterValidator(check_host)]
Pattern = Annotated[str, AfterValidator(check_pattern)]
TimeZone = Annotated[str, AfterValidator(check_time_zone)]
Language = Annotated[str, AfterValidator(check_language)]
Country = Annotated[str, AfterValidator(check_country)]
ScheduleText = Annotated[str, AfterValidator(check_schedule)]
WaitsText = Annotated[str, AfterValidator(check_waits)]
ProxyUrl = Annotated[str, AfterValidator(check_proxy)]
UserAgent = Annotated[str, AfterValidator(check_user_agent)]
NoticeAddress = Annotated[SecretStr, AfterValidator(check_notice_address)]
