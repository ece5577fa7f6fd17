"""A failed run, a silent outlet and a failed check are told; that somebody cannot be told breaks no run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from receivers import receiving_mail, receiving_posts
from tiny_outlet import serving_outlet

from core.errors import ConfigError, ContractError
from core.outlets import FetchLimits, Outlet
from core.settings import FetchSettings, NoticeSettings, Settings
from flows import maintain
from flows.ingest import ingest_outlets
from flows.load import load_files
from flows.maintain import maintain_lake
from flows.runs import notices
from flows.runs.notices import Notice, send_notice
from flows.runs.run import open_run
from warehouse.asking.checks import CheckResult

pytestmark = pytest.mark.slow


def with_notices(settings: Settings, **notices: Any) -> Settings:
    return settings.model_copy(update={"notices": NoticeSettings(**notices)})


def fail(settings: Settings, parameters: Mapping[str, Any] | None = None) -> None:
    """A run of its own that fails."""
    with open_run(settings, "load", parameters or {}):
        raise ContractError("the sums differ")


def test_a_failed_run_is_posted_with_its_reason(settings: Settings) -> None:
    with receiving_posts() as (url, posts), pytest.raises(ContractError):
        fail(with_notices(settings, webhook=url))
    (post,) = posts
    assert post["kind"] == "run_failed"
    assert post["text"] == f"Copydesk: load failed on {settings.lake}: the sums differ"
    assert post["facts"]["error"] == "the sums differ"


def test_a_failed_run_is_mailed(settings: Settings) -> None:
    with receiving_mail() as (port, mails), pytest.raises(ContractError):
        told = {"mail_to": ("desk@gullcliff.example", "night@gullcliff.example"), "smtp_port": port}
        fail(with_notices(settings, mail_from="copydesk@gullcliff.example", **told))
    (mail,) = mails
    assert "To: desk@gullcliff.example, night@gullcliff.example" in mail
    assert "Subject: Copydesk: load failed on" in mail.replace("\r\n ", " ")
    assert "the sums differ" in mail


def test_of_an_error_that_is_not_ours_only_the_kind_is_told(settings: Settings) -> None:
    def fall() -> None:
        with open_run(with_notices(settings, webhook=url), "load", {}):
            raise ValueError("password=hunter2")

    with receiving_posts() as (url, posts), pytest.raises(ValueError, match="hunter2"):
        fall()
    assert "hunter2" not in str(posts)
    assert posts[0]["facts"]["error"] == "ValueError; the log says more"


@pytest.mark.parametrize("status", [404, 500])
def test_a_webhook_that_refuses_is_logged_without_its_address(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with receiving_posts(status) as (url, _):
        assert not send_notice(NoticeSettings(webhook=url), Notice("run_failed", "Copydesk: it failed"))
    assert "could not go out by webhook" in caplog.text
    ours = [record.getMessage() for record in caplog.records if record.name == "copydesk"]
    assert not [line for line in ours if "s3cret-path" in line]


def test_nobody_there_breaks_no_run(settings: Settings, articles: Path) -> None:
    deaf = with_notices(
        settings, webhook="http://127.0.0.1:9/hook", mail_to=("desk@gullcliff.example",), smtp_port=9
    )
    with pytest.raises(ContractError):  # the run's own error, not that of telling
        fail(deaf)
    assert load_files(deaf, [articles / "courier"]).counts == {"accepted": 1}


def test_the_address_of_a_webhook_is_not_shown_with_the_settings() -> None:
    given = NoticeSettings(webhook="https://chat.example/hooks/s3cret-path")
    assert "s3cret-path" not in repr(given)


def test_an_empty_address_is_none() -> None:
    assert send_notice(NoticeSettings(webhook=""), Notice("run_failed", "Copydesk: it failed"))


def test_a_run_that_a_user_stops_is_no_failure(settings: Settings) -> None:
    def stop() -> None:
        with open_run(with_notices(settings, webhook=url), "load", {}):
            raise KeyboardInterrupt

    with receiving_posts() as (url, posts), pytest.raises(KeyboardInterrupt):
        stop()
    assert posts == []


def test_a_silent_outlet_is_told_of_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving_outlet() as outlet, receiving_posts() as (url, posts):
        follow = Outlet(
            key="gullcliff-times", feeds=(f"{outlet}/rss.xml",), limits=FetchLimits(delay_seconds=0.05)
        )
        settings = with_notices(settings, webhook=url, silent_hours=5.0).model_copy(
            update={"outlets": (follow,), "fetch": FetchSettings(open_hosts=("127.0.0.1",))}
        )
        assert ingest_outlets(settings).counts == {"accepted": 2}
        assert posts == []
        monkeypatch.setattr(notices, "datetime", later(hours=6))
        ingest_outlets(settings)
        (post,) = posts
        assert post["kind"] == "outlet_silent"
        assert post["text"].startswith("Copydesk: nothing new from gullcliff-times since ")


def test_a_silence_that_began_before_the_last_run_is_not_told_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving_posts() as (url, posts):
        settings = with_notices(settings, webhook=url, silent_hours=0.000001)
        for _ in range(3):
            with open_run(settings, "ingest", {"outlets": ["gullcliff-times"]}) as run:
                notices.tell_silent_outlets(run.lake, run.settings, run.run_id, ["gullcliff-times"])
    assert [post["facts"]["outlet"] for post in posts] == ["gullcliff-times"]
    assert "nothing new from gullcliff-times so far" in posts[0]["text"]


def test_a_failed_check_of_the_nightly_maintenance_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_run(settings, "load", {}):
        pass
    bad = CheckResult("run_sums_match", "sums match", 2)
    monkeypatch.setattr(maintain, "find_failed_checks", lambda _run: [bad])
    with receiving_posts() as (url, posts):
        maintain_lake(with_notices(settings, webhook=url))
    assert [post["kind"] for post in posts] == ["check_failed"]
    assert "run_sums_match (2 rows)" in posts[0]["text"]


def test_settings_refuse_a_mail_server_of_an_unknown_kind(tmp_path: Path) -> None:
    from core.settings import load_settings

    file = tmp_path / "copydesk.toml"
    file.write_text('[notices]\nsmtp_security = "perhaps"\n')
    with pytest.raises(ConfigError, match=r"notices\.smtp_security"):
        load_settings(file)


def later(hours: float) -> type[datetime]:
    """A clock that is ahead."""

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz or UTC) + timedelta(hours=hours)

    return Ahead
