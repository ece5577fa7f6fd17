"""A failed run, a silent outlet and a failed check are told; that somebody cannot be told breaks no run."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from receivers import receiving_mail, receiving_posts
from tiny_outlet import serving_outlet

from core.errors import ContractError
from core.outlets import FetchLimits, Outlet
from core.settings import FetchSettings, NoticeSettings, Settings
from flows import maintain
from flows.ingest import ingest_outlets
from flows.load import load_files
from flows.maintain import maintain_lake
from flows.runs import notices
from flows.runs.notices import RunNotice, find_services, find_unknown_addresses, send_notice
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
        fail(with_notices(settings, to=[url]))
    (post,) = posts
    assert post["title"] == "Copydesk: a run failed"
    assert post["message"] == f"Copydesk: load failed on {settings.lake}: the sums differ"


def test_a_failed_run_is_mailed_to_each_recipient(settings: Settings) -> None:
    to = "to=desk@gullcliff.example,night@gullcliff.example"
    with receiving_mail() as (port, mails), pytest.raises(ContractError):
        address = f"mailto://127.0.0.1:{port}?from=copydesk@gullcliff.example&format=text&{to}"
        fail(with_notices(settings, to=[address]))
    assert len(mails) == 2
    assert {
        one for one in ("desk", "night") if any(f"To: {one}@gullcliff.example" in mail for mail in mails)
    } == {
        "desk",
        "night",
    }
    assert all("Subject: Copydesk: a run failed" in mail and "the sums differ" in mail for mail in mails)


def test_signs_of_markup_reach_a_webhook_as_they_are() -> None:
    with receiving_posts() as (url, posts):
        assert send_notice(
            NoticeSettings(to=[url]), RunNotice("run_failed", "it failed: a < b & c *d* \u202e")
        )
    assert posts[0]["message"] == "it failed: a < b & c *d* <U+202E>"


def test_of_an_error_that_is_not_ours_only_the_kind_is_told(settings: Settings) -> None:
    def fall() -> None:
        with open_run(with_notices(settings, to=[url]), "load", {}):
            raise ValueError("password=hunter2")

    with receiving_posts() as (url, posts), pytest.raises(ValueError, match="hunter2"):
        fall()
    assert "hunter2" not in str(posts)
    assert "load failed on" in posts[0]["message"]
    assert posts[0]["message"].endswith("ValueError; the log says more")


@pytest.mark.parametrize("level", [logging.INFO, logging.WARNING])
@pytest.mark.parametrize(
    "address",
    [
        "json://127.0.0.1:9/hooks/s3cret-path",
        "mailto://desk:s3cret-path@127.0.0.1:9?to=desk@gullcliff.example",
        "slack://s3cret-path",
        "nothing-like-it://s3cret-path",
    ],
)
def test_a_recipient_that_cannot_be_reached_is_logged_without_its_address(
    address: str, level: int, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(level):
        assert not send_notice(NoticeSettings(to=[address]), RunNotice("run_failed", "Copydesk: it failed"))
    assert "a notice (run_failed) could not be sent to recipient 1 in [notices]" in caplog.text
    assert "s3cret-path" not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize("status", [404, 500])
def test_a_webhook_that_refuses_is_logged_without_its_address(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with receiving_posts(status) as (url, posts):
        assert not send_notice(NoticeSettings(to=[url]), RunNotice("run_failed", "Copydesk: it failed"))
    assert len(posts) == 1 and "the service did not take it; check address and password" in caplog.text
    assert "s3cret-path" not in caplog.text


def test_one_recipient_that_cannot_be_reached_keeps_no_other_from_the_notice() -> None:
    with receiving_posts() as (url, posts):
        settings = NoticeSettings(to=["nothing-like-it://x", "json://127.0.0.1:9/", url])
        assert not send_notice(settings, RunNotice("run_failed", "Copydesk: it failed"))
    assert len(posts) == 1


def test_nobody_there_breaks_no_run(settings: Settings, articles: Path) -> None:
    deaf = with_notices(settings, to=["json://127.0.0.1:9/hook", "mailto://desk:night@127.0.0.1:9"])
    with pytest.raises(ContractError):  # the run's own error, not that of the notice
        fail(deaf)
    assert load_files(deaf, [articles / "courier"]).counts == {"accepted": 1}


def test_addresses_are_not_shown_with_the_settings() -> None:
    given = NoticeSettings(to=["jsons://chat.example/hooks/s3cret-path"])
    assert "s3cret-path" not in repr(given) + str(given) + given.model_dump_json()


def test_without_recipients_a_notice_is_sent_to_no_one() -> None:
    assert send_notice(NoticeSettings(), RunNotice("run_failed", "Copydesk: it failed"))


def test_doctor_finds_addresses_that_cannot_be_read_and_names_only_their_place() -> None:
    given = NoticeSettings(
        to=["json://127.0.0.1/hook", "nothing-like-it://s3cret-path", "slack://s3cret-path"]
    )
    assert find_unknown_addresses(given) == [2, 3]
    assert find_services(given) == ["json", "nothing-like-it", "slack"]


def test_a_run_that_a_user_stops_is_no_failure(settings: Settings) -> None:
    def stop() -> None:
        with open_run(with_notices(settings, to=[url]), "load", {}):
            raise KeyboardInterrupt

    with receiving_posts() as (url, posts), pytest.raises(KeyboardInterrupt):
        stop()
    assert posts == []


def test_a_silent_outlet_is_told_of_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving_outlet() as outlet, receiving_posts() as (url, posts):
        follow = Outlet(
            key="gullcliff-times", feeds=(f"{outlet}/rss.xml",), limits=FetchLimits(delay_seconds=0.05)
        )
        settings = with_notices(settings, to=[url], silent_hours=5.0).model_copy(
            update={"outlets": (follow,), "fetch": FetchSettings(open_hosts=("127.0.0.1",))}
        )
        assert ingest_outlets(settings).counts == {"accepted": 2}
        assert posts == []
        monkeypatch.setattr(notices, "datetime", later(hours=6))
        ingest_outlets(settings)
        (post,) = posts
        assert post["title"] == "Copydesk: an outlet is silent"
        assert post["message"].startswith("Copydesk: nothing new from gullcliff-times since ")


def test_a_silence_that_began_before_the_last_run_is_not_told_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving_posts() as (url, posts):
        settings = with_notices(settings, to=[url], silent_hours=0.000001)
        for _ in range(3):
            with open_run(settings, "ingest", {"outlets": ["gullcliff-times"]}) as run:
                notices.tell_silent_outlets(run.lake, run.settings, run.run_id, ["gullcliff-times"])
    assert len(posts) == 1
    assert "nothing new from gullcliff-times so far" in posts[0]["message"]


def test_a_failed_check_of_the_nightly_maintenance_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_run(settings, "load", {}):
        pass
    bad = CheckResult("run_sums_match", "sums match", 2)
    monkeypatch.setattr(maintain, "find_failed_checks", lambda _run: [bad])
    with receiving_posts() as (url, posts):
        maintain_lake(with_notices(settings, to=[url]))
    assert [post["title"] for post in posts] == ["Copydesk: a data check failed"]
    assert "run_sums_match (2 rows)" in posts[0]["message"]


def later(hours: float) -> type[datetime]:
    """A clock that is ahead."""

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz or UTC) + timedelta(hours=hours)

    return Ahead
