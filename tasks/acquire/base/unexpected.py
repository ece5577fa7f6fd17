"""The guard around reading: an unexpected error costs one input, never the load."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from core.outcomes import InputOutcome, Reason
from tasks.acquire.base.options import STAGE

_MOST_CHARS = 300
T = TypeVar("T")
Errors = tuple[type[Exception], ...]


def attempt(call: Callable[[], T], passing: Errors = ()) -> T | Exception:
    """The result of the call, or the error that it raised. Errors of the `passing` types are raised."""
    try:
        return call()
    except passing:
        raise
    except Exception as error:  # noqa: BLE001 - the caller makes an outcome of it
        return error


def contain(
    items: Iterator[T], describe: Callable[[Exception, int], InputOutcome], passing: Errors = ()
) -> Iterator[T | InputOutcome]:
    """The items. If reading them fails, the last item is what `describe` makes of the error and the number of items so far."""
    count = 0
    try:
        for item in items:
            count += 1
            yield item
    except passing:
        raise
    except Exception as error:  # noqa: BLE001 - it becomes an outcome
        yield describe(error, count)


def describe_unexpected(input_ref: str, error: Exception, more: str = "") -> InputOutcome:
    """The outcome STAGE_ERROR with the error, its place in the code, and `more`."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    said = f"{type(error).__name__}: {error}"
    return InputOutcome(input_ref, Reason.STAGE_ERROR, STAGE, detail=f"{said[:_MOST_CHARS]}{place}{more}")
