"""The tables of copydesk.toml about readers: notices, watches, and the limits of pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field, model_validator

from core.config.sections import Section
from core.config.values import NoticeAddress


class NoticeSettings(Section):
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


class Watch(Section):
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


class PageSettings(Section):
    """Limits of one question that a page of the dashboard, a watch or an assistant asks."""

    seconds: float = Field(60.0, gt=0, description="seconds until it is stopped")
    memory_gigabytes: float = Field(1.0, ge=0.25, description="memory of its query")
    rows: int = Field(100_000, ge=1, description="rows of a file that is saved")
