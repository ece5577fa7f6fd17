"""The few steps of a run, called directly or as Prefect tasks."""
# Why: see docs/decisions.md, "Prefect is imported only when a server is configured".

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class RunSteps(Protocol):
    """Runs a named step of a flow: a few in a round (flows/recipe.py), however many articles it has."""

    def run(self, name: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call the function as the step `name` and return its result."""
        ...


class DirectSteps:
    """Calls the step's function directly."""

    def run(self, name: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See RunSteps."""
        return function(*args, **kwargs)


class Progress(Protocol):
    """Receives how far a run is; the command line draws it, a Prefect run logs it."""

    def start(self, step: str, total: int | None = None) -> None:
        """A step begins; `total` inputs, when known."""
        ...

    def expect(self, part: str, count: int) -> None:
        """`count` more inputs of this part of the step (a host) are expected."""
        ...

    def advance(self, count: int, part: str | None = None) -> None:
        """`count` more inputs are done in this step, all of them of `part`, if it is given."""
        ...


class NoProgress:
    """Reports nothing."""

    def start(self, step: str, total: int | None = None) -> None:
        """See Progress."""

    def expect(self, part: str, count: int) -> None:
        """See Progress."""

    def advance(self, count: int, part: str | None = None) -> None:
        """See Progress."""
