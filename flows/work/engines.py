"""The engine that settings name."""

from __future__ import annotations

from core.settings import EngineSettings
from flows.work.engine import Engine
from flows.work.local import InlineEngine, LocalEngine


def make_engine(settings: EngineSettings, preload: str | None = None) -> Engine:
    """The engine that the settings name; `preload` is a module that its workers have loaded beforehand."""
    if settings.name == "inline":
        return InlineEngine()
    if settings.name == "dask":
        from flows.work.dask import DaskEngine

        return DaskEngine(settings)
    return LocalEngine(settings, preload)
