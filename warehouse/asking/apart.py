"""A user's SQL in a process of its own, whose memory the kernel limits: for queries that come from a page."""
# Why: see docs/decisions.md, "Limits of a user's SQL".

from __future__ import annotations

import json
import math
import pickle
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from core.errors import ConfigError, CopydeskError, TransientError
from warehouse.asking.process_memory import limit_process
from warehouse.asking.user_limits import LimitError, QueryLimits, page_limits
from warehouse.catalog.location import LakeLocation
from warehouse.export.forms import write_bytes

if TYPE_CHECKING:
    from core.settings import Settings  # a third of the time that the process takes for a short query

# Besides DuckDB's own limit, room for the program, its libraries and what a function takes for one text.
_BESIDES_BYTES = 3_000_000_000
_GRACE_SECONDS = 15.0
_AT_ONCE = BoundedSemaphore(2)
_WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The first rows of an answer, and whether there are more."""

    columns: tuple[str, ...]
    rows: list[list[object]]
    is_cut: bool


def ask_apart(
    settings: Settings,
    sql: str,
    values: Mapping[str, Any] | None = None,
    *,
    snapshot_id: int,
    limits: QueryLimits | None = None,
    most_rows: int = 1_000,
) -> FirstRows:
    """The answer to a user's SQL at that snapshot; ConfigError says what is wrong with it.

    Two are answered at once; TransientError where the others do not end.
    """
    limits = limits or page_limits(settings)
    order = (LakeLocation.of(settings), sql, values, snapshot_id, limits, most_rows, None)
    told = _wait_for_turn(order, limits)
    return FirstRows(tuple(told["columns"]), told["rows"], told["is_cut"])


def write_apart(
    settings: Settings,
    sql: str,
    values: Mapping[str, Any] | None = None,
    *,
    snapshot_id: int,
    form: str,
    limits: QueryLimits | None = None,
) -> bytes:
    """The whole answer to a user's SQL as a file of that form; LimitError where it has too many rows.

    Other errors are those of `ask_apart`.
    """
    limits = limits or page_limits(settings)
    order = (LakeLocation.of(settings), sql, values, snapshot_id, limits, 0, form)
    return b64decode(_wait_for_turn(order, limits)["file"])


def _wait_for_turn(order: tuple[object, ...], limits: QueryLimits) -> dict[str, Any]:
    if not _AT_ONCE.acquire(timeout=_WAIT_SECONDS):
        raise TransientError("two other queries are being answered; ask again in a moment")
    try:
        return _ask(pickle.dumps(order), limits)
    finally:
        _AT_ONCE.release()


def _ask(order: bytes, limits: QueryLimits) -> dict[str, Any]:
    seconds = (limits.seconds or 60) + _GRACE_SECONDS
    command = [sys.executable, "-m", "warehouse.asking.apart", str(limits.memory_bytes() + _BESIDES_BYTES)]
    try:
        done = subprocess.run(command, input=order, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise LimitError(f"the query was stopped after {seconds:g} s; ask for less") from None
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise LimitError(
            "the process that answered has ended: the query needs more memory than the limit allows; ask for fewer"
            " rows or columns"
        ) from None
    if "problem" in told:
        raise ConfigError(told["problem"])
    return told


def _answer(order: bytes) -> dict[str, Any]:
    from warehouse.asking.user_sql import open_for_user_sql

    location, sql, values, snapshot_id, limits, most_rows, form = pickle.loads(order)  # noqa: S301 (from our own parent)
    try:
        with open_for_user_sql(location, as_of=snapshot_id, limits=limits) as session:
            answer = session.run(sql, values)
            if form:
                return {"file": b64encode(write_bytes(answer, form)).decode("ascii")}
            rows = answer.fetch(most_rows + 1)
            kept = [[_plain(value) for value in row] for row in rows[:most_rows]]
            session.interrupt()
            return {"columns": answer.columns, "rows": kept, "is_cut": len(rows) > most_rows}
    except CopydeskError as error:
        return {"problem": str(error)}
    except MemoryError:
        return {"problem": "the query needs more memory than the limit allows; ask for fewer rows or columns"}


def _plain(value: Any) -> Any:
    """The value as JSON has it; whatever JSON has no form for as its text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _main() -> None:
    limit_process(int(sys.argv[1]))
    told = json.dumps(_answer(sys.stdin.buffer.read()), ensure_ascii=True)
    sys.stdout.write(told)
    sys.stdout.flush()


if __name__ == "__main__":
    _main()
