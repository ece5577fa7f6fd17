"""The options of the stages, made from settings and from what the lake has learned."""

from __future__ import annotations

from collections.abc import Mapping

from core.settings import Settings
from flows.work.selectors import check_selectors
from tasks.clean.options import CleanOptions
from tasks.extract.options import ExtractOptions


def clean_options(
    settings: Settings,
    *,
    learned_lines: Mapping[str, frozenset[str]] | None = None,
    counts_lines: bool = False,
) -> CleanOptions:
    """How to clean: outlets, limits, and the boilerplate learned so far. Raises ConfigError for a wrong selector."""
    check_selectors(settings.outlets)
    return CleanOptions(
        outlets={outlet.key: outlet for outlet in settings.outlets},
        min_words=settings.limits.min_words,
        max_words=settings.limits.max_words,
        learned_lines=learned_lines or {},
        counts_lines=counts_lines,
    )


def extract_options(settings: Settings) -> ExtractOptions:
    """How to extract: the model of each language in the settings, and each outlet's time zone."""
    models = dict(settings.models.others)
    if settings.models.en:
        models["en"] = settings.models.en
    zones = {outlet.key: outlet.time_zone for outlet in settings.outlets}
    return ExtractOptions(models=models, time_zones=zones)
