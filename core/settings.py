"""One frozen Settings: built-in defaults, then `copydesk.toml`, then the environment, then the call."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, field_validator

from core.config.environment import merge_tables, read_environment
from core.config.file import find_settings_file, read_settings_file
from core.config.mistakes import Mistake, RepeatedKeysError, WrongSettingsError, make_settings_error
from core.config.readers import NoticeSettings, PageSettings, Watch
from core.config.sections import (
    ArchiveSettings,
    EngineSettings,
    FetchSettings,
    Limits,
    Models,
    RetentionSettings,
    Schedules,
    Section,
)
from core.config.values import UserAgent
from core.outlets import Outlet

__all__ = [
    "ArchiveSettings",
    "EngineSettings",
    "FetchSettings",
    "Limits",
    "Models",
    "NoticeSettings",
    "PageSettings",
    "RetentionSettings",
    "Schedules",
    "Settings",
    "Watch",
    "load_settings",
    "load_sound_settings",
]


class Settings(Section):
    """All settings of a run. `load_settings` reads them from the file and the environment."""

    lake: Path = Field(Path("lake"), description="folder of the lake")
    catalog_url: str | None = Field(None, description="postgresql://... for a server catalog")
    data_url: str | None = Field(None, description="s3://bucket/prefix for Parquet and WARC")
    queries: Path | None = Field(None, description="folder of your own named questions, one SQL file each")
    user_agent: UserAgent = "copydesk/0.1 (set user_agent in copydesk.toml to your contact address)"
    limits: Limits = Limits()
    engine: EngineSettings = EngineSettings()
    archive: ArchiveSettings = ArchiveSettings()
    fetch: FetchSettings = FetchSettings()
    schedules: Schedules = Schedules()
    retention: RetentionSettings = RetentionSettings()
    notices: NoticeSettings = NoticeSettings()
    pages: PageSettings = PageSettings()
    models: Models = Models()
    outlets: tuple[Outlet, ...] = ()
    watches: tuple[Watch, ...] = ()

    @field_validator("outlets")
    @classmethod
    def _check_keys(cls, outlets: tuple[Outlet, ...]) -> tuple[Outlet, ...]:
        first: dict[str, int] = {}
        places = ((number, first.setdefault(outlet.key, number)) for number, outlet in enumerate(outlets))
        repeated = [number for number, place in places if number != place]
        if repeated:
            raise RepeatedKeysError(repeated)
        return outlets

    @property
    def staging(self) -> Path:
        """Folder of work under way, absolute: workers on other machines reach it under the same path."""
        return self.lake.absolute() / "staging"

    @property
    def archive_folder(self) -> Path:
        """Where WARC files are written, and stay unless they are uploaded to `archive_url`."""
        return self.lake.absolute() / "archive"

    @property
    def archive_url(self) -> str | None:
        """Where finished WARC files are uploaded: below `data_url`; None when they stay in the folder."""
        return f"{self.data_url.rstrip('/')}/archive" if self.data_url else None

    def outlet(self, key: str) -> Outlet:
        """The outlet of that key, or a bare one for an outlet that is not configured."""
        return next((outlet for outlet in self.outlets if outlet.key == key), None) or Outlet(key=key)


def load_settings(path: Path | None = None, **overrides: Any) -> Settings:
    """Settings from `path` (or COPYDESK_CONFIG, or ./copydesk.toml if it is there).

    `overrides` that are not None win over file and environment (command line options). Raises
    WrongSettingsError, a ConfigError, that names the file, the outlet, the key, and what is allowed.
    """
    file = find_settings_file(path)
    settings = _make_settings(read_settings_file(file) if file else {}, file)
    given = {key: value for key, value in overrides.items() if value is not None}
    return settings.model_copy(update=_validate(given, file)) if given else settings


def load_sound_settings(path: Path | None = None) -> tuple[Settings, list[Mistake]]:
    """Settings with the valid outlets, and the mistakes of the others, in their order.

    Raises WrongSettingsError for a mistake elsewhere.
    """
    file = find_settings_file(path)
    values = read_settings_file(file) if file else {}
    blocks = values.get("outlets")
    numbers = list(range(len(blocks))) if isinstance(blocks, list) else []
    mistakes: list[Mistake] = []
    while True:
        try:
            return _make_settings(values, file), sorted(mistakes, key=lambda one: one.outlet_number or 0)
        except WrongSettingsError as error:
            wrong = {mistake.outlet_number for mistake in error.mistakes}
            if None in wrong or not wrong.issubset(range(len(numbers))):
                raise
            mistakes += [
                replace(mistake, outlet_number=numbers[mistake.outlet_number or 0])
                for mistake in error.mistakes
            ]
            values["outlets"] = [
                block for number, block in enumerate(values["outlets"]) if number not in wrong
            ]
            numbers = [number for at, number in enumerate(numbers) if at not in wrong]


def _make_settings(values: dict[str, Any], file: Path | None) -> Settings:
    said = merge_tables(values, read_environment(Settings, os.environ))
    try:
        return Settings.model_validate(said)
    except ValidationError as error:
        raise make_settings_error(error, Settings, said, file) from error


def _validate(given: dict[str, Any], file: Path | None) -> dict[str, Any]:
    try:
        checked = Settings.model_validate(given)
    except ValidationError as error:
        raise make_settings_error(error, Settings, given, file) from error
    return {key: getattr(checked, key) for key in given}
