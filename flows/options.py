"""The stages' options, made from settings and from what the lake has learned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.settings import Settings
from tasks.clean.options import CleanOptions
from tasks.extract.options import ExtractOptions


def clean_options(
    settings: Settings,
    *,
    published_default: datetime | None = None,
    learned_lines: Mapping[str, frozenset[str]] | None = None,
) -> CleanOptions:
    """How to clean: outlets, limits, and the boilerplate learned so far."""
    return CleanOptions(
        outlets={outlet.key: outlet for outlet in settings.outlets},
        published_default=published_default,
        min_words=settings.limits.min_words,
        learned_lines=learned_lines or {},
    )


def extract_options(settings: Settings) -> ExtractOptions:
    """How to extract: the model of each language that settings name."""
    models = dict(settings.models.others)
    if settings.models.en:
        models["en"] = settings.models.en
    return ExtractOptions(models=models)
