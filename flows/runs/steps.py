"""The handful of steps a run has, run directly or as Prefect tasks."""
# Why: see docs/decisions.md, "Prefect is imported only when a server is configured".

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Steps(Protocol):
    """Runs a named step of a flow. The number of steps does not depend on the number of articles."""

    def run(self, name: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call the function as the step `name` and give back what it returns."""
        ...


class DirectSteps:
    """Calls the step's function here and now."""

    def run(self, name: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See Steps."""
        return function(*args, **kwargs)


class Progress(Protocol):
    """Told how far a run is; the command line draws it, a Prefect run logs it."""

    def start(self, step: str, total: int | None = None) -> None:
        """A step begins; `total` inputs, when known."""
        ...

    def expect(self, part: str, count: int) -> None:
        """So many more inputs of this part of the step (a host) are to come."""
        ...

    def advance(self, count: int, part: str | None = None) -> None:
        """So many more inputs are done in this step, all of this part of it, if one is named."""
        ...


class NoProgress:
    """Says nothing."""

    def start(self, step: str, total: int | None = None) -> None:
        """See Progress."""

    def expect(self, part: str, count: int) -> None:
        """See Progress."""

    def advance(self, count: int, part: str | None = None) -> None:
        """See Progress."""
