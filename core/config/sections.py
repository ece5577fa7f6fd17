"""The tables of copydesk.toml about work and storage: limits, engine, archive, fetching, schedules, retention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.config.values import Host, ProxyUrl, ScheduleText, TimeZone
from core.safety.logs import get_log


class Section(BaseModel):
    """A table of settings: frozen, without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Limits(Section):
    """Upper limits for one input."""

    max_input_bytes: int = Field(20_000_000, ge=1, description="largest page, text or record taken")
    max_expansion_ratio: float = Field(
        200.0, ge=1, description="largest growth of compressed input when it is unpacked"
    )
    min_words: int = Field(25, ge=0, description="shortest body that counts as an article")
    max_words: int = Field(
        50_000, ge=1, description="longest body taken; the longest news features have 30,000"
    )


class EngineSettings(Section):
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


class ArchiveSettings(Section):
    """WARC files."""

    roll_bytes: int = Field(1_000_000_000, ge=1_000, description="a new file begins after this size")
    workers_from: int = Field(
        1_000, ge=0, description="inputs of a load after which its workers write the WARC files, one a batch"
    )


class FetchSettings(Section):
    """How pages are fetched, for all outlets; each outlet's own limits are in its block."""

    proxy: ProxyUrl | None = Field(None, description="http://... or socks5://... for every request")
    open_hosts: tuple[Host, ...] = Field((), description="hosts whose private addresses can be requested")
    honour_training_optouts: bool = Field(False, description="obey robots.txt rules for AI crawlers too")
    max_connections: int = Field(200, ge=1)
    outlets_side_by_side: int = Field(100, ge=1)
    landing_seconds: float = Field(
        300.0, gt=0, description="what was fetched lands after so long, while slower hosts are still asked"
    )


class Schedules(Section):
    """Schedules of the lake itself; an outlet's own is in its block. A cron line, an interval or never."""

    time_zone: TimeZone = Field("UTC", description="IANA name for all cron lines")
    ingest: ScheduleText | None = Field("30m", description="for outlets that have no schedule of their own")
    maintain: ScheduleText | None = Field("15 4 * * *", description="compaction and expiry")


class RetentionSettings(Section):
    """How long unused files and snapshots are kept."""

    snapshot_days: float = Field(30.0, ge=0, description="how far back time travel and diffs reach")
    file_days: float = Field(
        2.0, ge=2, description="files in no snapshot; a writer can still be writing them"
    )
    staged_days: float = Field(2.0, ge=1, description="staged parts of runs that never ended")


class Models(Section):
    """spaCy pipelines by language: an installed package's name or a folder."""

    en: str | None = Field(None, description="en_core_web_md by default")
    others: dict[str, str] = Field(default_factory=dict)
