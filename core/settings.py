"""One frozen Settings: built-in defaults, then `copydesk.toml`, then the environment, then the call."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from core.config.environment import merge_tables, read_environment
from core.config.mistakes import (
    Mistake,
    RepeatedKeysError,
    WrongSettingsError,
    make_settings_error,
)
from core.config.values import (
    Host,
    NoticeAddress,
    ProxyUrl,
    ScheduleText,
    TimeZone,
    UserAgent,
)
from core.errors import ConfigError
from core.outlets import Outlet
from core.safety.logs import get_log


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Limits(_Frozen):
    """Upper limits for one input."""

    max_input_bytes: int = Field(20_000_000, ge=1, description="largest page, text or record taken")
    max_expansion_ratio: float = Field(
        200.0, ge=1, description="largest growth of compressed input when it is unpacked"
    )
    min_words: int = Field(25, ge=0, description="shortest body that counts as an article")
    max_words: int = Field(
        50_000, ge=1, description="longest body taken; the longest news features have 30,000"
    )


class EngineSettings(_Frozen):
    """How batches are worked."""

    renamed: ClassVar[Mapping[str, str | None]] = {
        "base_seconds": "page_seconds",
        "wall_factor": "patience",
        "seconds_per_input": None,
        "max_tasks_per_worker": None,
    }
    name: Literal["local", "inline", "dask"] = "local"
    workers: int | None = Field(None, ge=1, description="processes; all cores by default")
    batch_size: int = Field(
        32, ge=1, description="captures in a batch; up to four times as many in a long run"
    )
    batch_bytes: int = Field(16_000_000, ge=1, description="payload bytes in a batch")
    landing_size: int = Field(5_000, ge=1, description="inputs landed in one transaction")
    page_seconds: float = Field(20.0, gt=0, description="CPU seconds after which a page is given up")
    patience: float = Field(
        20.0,
        ge=1,
        description="limit of time on the clock, as a multiple of CPU time; raise it on a busy machine",
    )
    scheduler: str | None = Field(None, description="address of a Dask scheduler")

    @model_validator(mode="before")
    @classmethod
    def _read_old_names(cls, values: Any) -> Any:
        """Settings under the names of earlier releases still count; a warning gives the new name."""
        if not isinstance(values, dict):
            return values
        for name in cls.renamed.keys() & values.keys():
            new = cls.renamed[name]
            advice = f"write engine.{new} instead" if new else "it has no effect any more; remove it"
            get_log().warning("setting engine.%s is out of date: %s", name, advice)
        renamed = {new: values[name] for name, new in cls.renamed.items() if new and name in values}
        return renamed | {name: value for name, value in values.items() if name not in cls.renamed}

    def batch_seconds(self, count: int) -> float:
        """CPU seconds that a batch of `count` inputs can take: those of one page, and a twentieth for each input."""
        return self.page_seconds * (1 + count / 20)


class ArchiveSettings(_Frozen):
    """WARC files."""

    roll_bytes: int = Field(1_000_000_000, ge=1_000, description="a new file begins after this size")
    workers_from: int = Field(
        1_000, ge=0, description="inputs of a load after which its workers write the WARC files, one a batch"
    )


class FetchSettings(_Frozen):
    """How pages are fetched, for all outlets; each outlet's own limits are in its block."""

    proxy: ProxyUrl | None = Field(None, description="http://... or socks5://... for every request")
    open_hosts: tuple[Host, ...] = Field((), description="hosts whose private addresses can be requested")
    honour_training_optouts: bool = Field(False, description="obey robots.txt rules for AI crawlers too")
    max_connections: int = Field(200, ge=1)
    outlets_side_by_side: int = Field(100, ge=1)
    landing_seconds: float = Field(
        300.0, gt=0, description="what was fetched lands after so long, while slower hosts are still asked"
    )


class Schedules(_Frozen):
    """Schedules of the lake itself; an outlet's own is in its block. A cron line, an interval or never."""

    time_zone: TimeZone = Field("UTC", description="IANA name for all cron lines")
    ingest: ScheduleText | None = Field("30m", description="for outlets that have no schedule of their own")
    maintain: ScheduleText | None = Field("15 4 * * *", description="compaction and expiry")


class RetentionSettings(_Frozen):
    """How long unused files and snapshots are kept."""

    snapshot_days: float = Field(30.0, ge=0, description="how far back time travel and diffs reach")
    file_days: float = Field(
        2.0, ge=2, description="files in no snapshot; a writer can still be writing them"
    )
    staged_days: float = Field(2.0, ge=1, description="staged parts of runs that never ended")


class NoticeSettings(_Frozen):
    """Recipients of notices: a failed run, a silent outlet, a failed data check.

    Addresses hold passwords and tokens, so they are never shown. COPYDESK_NOTICES__TO takes the list as JSON.
    """

    replaced: ClassVar[Mapping[str, str]] = {
        "webhook": 'write to = ["jsons://chat.example/hooks/..."], or an address such as slack://...',
        **dict.fromkeys(
            ("mail_to", "mail_from", "smtp_host", "smtp_port", "smtp_user", "smtp_security"),
            'write to = ["mailtos://USER:PASSWORD@mail.example.org:587?from=copydesk@example.org'
            '&to=desk@example.org"] (mailto:// for a server without TLS)',
        ),
    }
    to: tuple[NoticeAddress, ...] = Field(
        (), description="addresses such as mailto://... or slack://..., as apprise reads them"
    )
    dashboard_url: str | None = Field(
        None, pattern=r"^https?://\S+$", description="address of the dashboard, for links in messages"
    )
    silent_hours: float = Field(
        24.0, gt=0, description="hours without a new article that make an outlet silent"
    )


class Watch(_Frozen):
    """A question that is asked after each run; rows that are new in its answer are sent, each once."""

    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$", description="its name: small letters, digits, - and _"
    )
    query: str | None = Field(None, description="a named question")
    values: dict[str, str | int | float | bool] = Field(
        default_factory=dict, description="values of the named question"
    )
    sql: str | None = Field(None, description="or SQL")
    search: str | None = Field(None, description="or words to search for")
    to: tuple[NoticeAddress, ...] = Field((), description="recipients; those of [notices] by default")

    @model_validator(mode="after")
    def _ask_one_thing(self) -> Watch:
        if sum(one is not None for one in (self.query, self.sql, self.search)) != 1:
            raise ValueError("give exactly one of query, sql and search")
        if self.values and self.query is None:
            raise ValueError("values are for a named question (query)")
        return self


class PageSettings(_Frozen):
    """Limits of one question that a page of the dashboard, a watch or an assistant asks."""

    seconds: float = Field(60.0, gt=0, description="seconds until it is stopped")
    memory_gigabytes: float = Field(1.0, ge=0.25, description="memory of its query")
    rows: int = Field(100_000, ge=1, description="rows of a file that is saved")


class Models(_Frozen):
    """spaCy pipelines by language: an installed package's name or a folder."""

    en: str | None = Field(None, description="en_core_web_md by default")
    others: dict[str, str] = Field(default_factory=dict)


class Settings(_Frozen):
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
    file = _find_file(path)
    settings = _make_settings(_read_toml(file) if file else {}, file)
    given = {key: value for key, value in overrides.items() if value is not None}
    return settings.model_copy(update=_validate(given, file)) if given else settings


def load_sound_settings(path: Path | None = None) -> tuple[Settings, list[Mistake]]:
    """Settings with the valid outlets, and the mistakes of the others, in their order.

    Raises WrongSettingsError for a mistake elsewhere.
    """
    file = _find_file(path)
    values = _read_toml(file) if file else {}
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


def _find_file(path: Path | None) -> Path | None:
    named = path or (Path(os.environ["COPYDESK_CONFIG"]) if os.environ.get("COPYDESK_CONFIG") else None)
    if named is None:
        named = Path("copydesk.toml")
        if not named.exists():
            return None
    if named.exists() and not named.is_file():
        raise ConfigError(
            f"settings file {named} is not a regular file; name one, or write one with `copydesk init`"
        )
    if not named.is_file():
        raise ConfigError(f"settings file {named} does not exist; write one with `copydesk init`")
    return named


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"settings file {file} is not valid TOML: {error}") from error
    except OSError as error:
        raise ConfigError(f"settings file {file} cannot be read: {error.strerror}") from error
