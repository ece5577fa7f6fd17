"""Errors of talking to a Prefect server, raised as errors of a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from prefect.settings import get_current_settings

from core.errors import ConfigError, CopydeskError, TransientError

_REFUSALS = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)


@contextmanager
def explained_trouble() -> Iterator[None]:
    """Raise errors of talking to the server as our own; other errors stay as they are.

    Raises ConfigError if the server refuses the login, TransientError if it cannot be reached or cannot answer.
    """
    try:
        yield
    except Exception as error:
        explained = _explain(error)
        if explained is None:
            raise
        raise explained from error


def _explain(error: Exception) -> CopydeskError | None:
    url = get_current_settings().api.url
    trouble = _find_trouble(error)
    if isinstance(trouble, httpx.HTTPStatusError) and trouble.response.status_code in _REFUSALS:
        return ConfigError(
            f"the Prefect server at {url} refused the login ({trouble.response.status_code}): set PREFECT_API_AUTH_STRING to "
            "its user:password, the server's PREFECT_SERVER_API_AUTH_STRING"
        )
    if isinstance(trouble, httpx.HTTPError) or "Failed to reach API" in str(error):
        return TransientError(
            f"the Prefect server at {url} cannot be reached. What has landed is kept; start again when it answers, or without "
            f"PREFECT_API_URL ({type(trouble or error).__name__})"
        )
    return None


def _find_trouble(error: BaseException | None) -> httpx.HTTPError | None:
    """The HTTP error behind an error: itself, one of its group, or its cause."""
    seen: list[BaseException] = []
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is None or one in seen:
            continue
        if isinstance(one, httpx.HTTPError):
            return one
        if isinstance(one, CopydeskError):
            return None  # explained already; the HTTP error can be one of an outlet or a store
        seen.append(one)
        waiting += [*getattr(one, "exceptions", ()), one.__cause__]
    return None
