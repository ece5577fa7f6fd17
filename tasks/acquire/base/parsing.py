"""Where text from outside is parsed: in this process, or in a separate one with limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class UnparsableError(Exception):
    """The text could not be parsed within the limits; the message says why, in one line."""


class Parser(Protocol):
    """Calls a function that reads text from outside."""

    async def parse(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of the function. Raises its ConfigError, and UnparsableError for every other failure."""
        ...


class ParserHere:
    """Parses in this process without limits, for tests and trusted text."""

    async def parse(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See Parser."""
        return function(*args, **kwargs)


HERE: Parser = ParserHere()
