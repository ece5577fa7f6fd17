"""Whether publishers can reach who asks them, and who is told when they cannot."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from core.outlets import Outlet
from core.settings import FetchSettings, Settings
from flows.doctor import diagnose
from flows.intake.contact import lacks_contact
from flows.intake.fetching import Timekeeping, open_fetcher

OUTLETS = (Outlet(key="mail", feeds=("https://orsay-mail.example/feed",)),)
HOST = "orsay-mail.example"


@pytest.mark.parametrize(
    ("user_agent", "lacks"),
    [
        ("copydesk/0.1", True),
        (Settings.model_fields["user_agent"].default, True),
        ("copydesk/0.1 (desk at example)", True),
        ("copydesk/0.1 (desk@example.org)", False),
        ("copydesk/0.1 (+https://example.org/bot)", False),
        ("copydesk/0.1 (www.example.org)", False),
    ],
)
def test_a_contact_is_a_mail_or_web_address(user_agent: str, lacks: bool) -> None:
    assert lacks_contact(Settings(user_agent=user_agent, outlets=OUTLETS)) == lacks


def test_hosts_of_ones_own_need_none() -> None:
    assert not lacks_contact(Settings(outlets=OUTLETS, fetch=FetchSettings(open_hosts=(HOST,))))
    assert not lacks_contact(Settings())


@pytest.mark.parametrize(("user_agent", "lacks"), [("copydesk/0.1", True), ("desk@example.org", False)])
def test_doctor_and_the_log_say_that_there_is_none(
    user_agent: str, lacks: bool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(lake=tmp_path / "lake", user_agent=user_agent, outlets=OUTLETS)
    (finding,) = [found for found in diagnose(lambda: settings)[0] if found.subject == "contact"]
    assert finding.is_good == (not lacks)

    async def open_it() -> None:
        async with open_fetcher(settings, Timekeeping()):
            pass

    with caplog.at_level(logging.WARNING, "copydesk"):
        asyncio.run(open_it())
    assert ("has no contact address" in caplog.text) == lacks
    assert ("has no contact address" in finding.detail) == lacks
