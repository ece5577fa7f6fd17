"""The settings of a call: which lake is meant, and what copydesk.toml says."""

from __future__ import annotations

from pathlib import Path

from core.settings import Settings, load_settings
from warehouse.catalog.location import is_catalog_url


def find_settings(lake: str | Path | None = None, config: str | Path | None = None) -> Settings:
    """The settings of `config` (else COPYDESK_CONFIG, else ./copydesk.toml) for that lake: a folder or `postgresql://...`.

    Raises ConfigError for a mistake in them.
    """
    file = Path(config) if config is not None else None
    if is_catalog_url(lake):
        settings = load_settings(file, catalog_url=lake)
    else:
        settings = load_settings(file, lake=lake)
    check_rules(settings, file)
    return settings


def check_rules(settings: Settings, file: Path | None) -> None:
    """Raise ConfigError if an outlet's own cleaning rules in the settings `file` are mistaken."""
    if any(one.cleaning.keep or one.cleaning.drop or one.cleaning.disabled_rules for one in settings.outlets):
        from flows.work.selectors import check_selectors  # its libraries cost every call a moment

        check_selectors(settings.outlets, file)
