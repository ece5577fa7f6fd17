"""The stages' options, made from settings and from what the lake has learned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.settings import Settings
from tasks.acquire.files import FileOptions
from tasks.clean.options import CleanOptions
from tasks.extract.options import ExtractOptions


def clean_options(
    settings: Settings,
    *,
    published_default: datetime | None = None,
    learned_lines: Mapping[str, frozenset[str]] | None = None,
    counts_lines: bool = False,
) -> CleanOptions:
    """How to clean: outlets, limits, and the boilerplate learned so far."""
    return CleanOptions(
        outlets={outlet.key: outlet for outlet in settings.outlets},
        published_default=published_default,
        min_words=settings.limits.min_words,
        max_words=settings.limits.max_words,
        learned_lines=learned_lines or {},
        counts_lines=counts_lines,
    )


def extract_options(settings: Settings) -> ExtractOptions:
    """How to extract: the model of each language that settings name, each outlet's time zone."""
    models = dict(settings.models.others)
    if settings.models.en:
        models["en"] = settings.models.en
    zones = {outlet.key: outlet.time_zone for outlet in settings.outlets}
    return ExtractOptions(models=models, time_zones=zones)


def file_options(settings: Settings, outlet: str | None = None) -> FileOptions:
    """How to read files."""
    return FileOptions(
        outlet=outlet,
        max_input_bytes=settings.limits.max_input_bytes,
        max_expansion_ratio=settings.limits.max_expansion_ratio,
    )
