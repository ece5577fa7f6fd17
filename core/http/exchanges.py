"""One HTTP request and its response, as the archive keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP exchange as it came over the wire, the body without transfer coding but still compressed.

    Header values are as sent, in their order. `ip_address` is the address that was connected to.
    `redirects` are the exchanges that led here, in their order, each with the requested address.
    """

    method: str
    target: str
    request_headers: Sequence[tuple[str, str]]
    status_code: int
    reason_phrase: str
    response_headers: Sequence[tuple[str, str]]
    body: bytes
    ip_address: str | None = None
    redirects: tuple[tuple[str, Exchange], ...] = ()
