"""All storage: DuckLake, WARC archive, queries, checks. No other package imports duckdb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.asking.connect import Connection, connect

__all__ = ["Connection", "connect"]


def __getattr__(name: str) -> Any:
    """`connect` and `Connection`, loaded on first use, so that `import warehouse` is free."""
    if name in __all__:
        from warehouse.asking import connect

        return getattr(connect, name)
    raise AttributeError(f"module 'warehouse' has no attribute {name!r}")
