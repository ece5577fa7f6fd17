"""An outlet as `copydesk.toml` describes it."""

from __future__ import annotations

import re
from datetime import timedelta

from pydantic import BaseModel, ConfigDict, Field, field_validator

from core.config.schedules import read_waits
from core.config.values import (
    Country,
    Host,
    Key,
    Language,
    Pattern,
    ScheduleText,
    TimeZone,
    WaitsText,
    WebUrl,
)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class CleaningOverrides(_Frozen):
    """What one outlet's pages need beyond the general rules."""

    phrases: tuple[str, ...] = Field((), description="extra lines to remove, compared without case")
    keep: tuple[str, ...] = Field((), description="XPath or CSS of parts that belong to the body")
    drop: tuple[str, ...] = Field((), description="XPath or CSS of parts to remove first")
    disabled_rules: tuple[str, ...] = Field((), description="rules, as named in removed_lines, to switch off")
    title_pattern: Pattern | None = Field(None, description="regular expression; its group 1 is the title")

    @field_validator("title_pattern")
    @classmethod
    def _check_title_pattern(cls, value: str | None) -> str | None:
        if value and not re.compile(value).groups:
            raise ValueError(
                f"{value!r} has no group: put the title's part in brackets, e.g. '^(.+?) - News$'"
            )
        return value


class FetchLimits(_Frozen):
    """Limits of the requests to one outlet."""

    delay_seconds: float = Field(2.0, ge=0, description="pause between two requests to one host")
    max_articles: int = Field(500, ge=1, description="articles fetched in one run at the most")
    max_bytes: int = Field(20_000_000, ge=1_000, description="largest page taken")
    timeout_seconds: float = Field(30.0, gt=0, description="longest time for one page")
    max_seconds: float = Field(
        1800.0, gt=0, description="longest time for the outlet in one run; what is left comes next time"
    )


class Outlet(_Frozen):
    """A publisher: where its articles are announced, how to ask, how to clean."""

    key: Key = Field(description="short name, used in every table")
    name: str | None = None
    home_url: WebUrl | None = None
    hosts: tuple[Host, ...] = Field((), description="hosts whose pages belong to it, beside the home page's")
    country: Country | None = Field(None, description="ISO 3166-1 alpha-2")
    language: Language | None = Field(None, description="ISO 639-1")
    time_zone: TimeZone = Field("UTC", description="IANA name, for times printed without a zone")
    feeds: tuple[WebUrl, ...] = ()
    sitemaps: tuple[WebUrl, ...] = ()
    sections: tuple[WebUrl, ...] = Field((), description="pages to look for links on, the last resort")
    take: tuple[Pattern, ...] = Field((), description="regular expressions; a URL must match one, if any")
    leave: tuple[Pattern, ...] = Field((), description="regular expressions; a URL that matches is left")
    schedule: ScheduleText | None = Field(None, description="cron line, interval such as 30m, or never")
    recheck: WaitsText | None = Field(
        None,
        description='times after its first fetch at which a page is requested again, e.g. "1h, 6h, 1d, 7d"',
    )
    limits: FetchLimits = FetchLimits()
    cleaning: CleaningOverrides = CleaningOverrides()
    why: str | None = Field(None, description="why it is followed, for people")

    @property
    def recheck_waits(self) -> tuple[timedelta, ...]:
        """`recheck` as times, shortest first; none without it."""
        return read_waits(self.recheck) if self.recheck else ()
