"""Outlets are followed in groups of one schedule; those that are never followed are in none."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.config.schedules import Schedule
from core.errors import ConfigError
from core.outlets import Outlet
from core.settings import Schedules, Settings
from flows.scheduling.schedules import group_outlets, maintenance_schedule
from flows.scheduling.serve import describe_schedules, serve_schedules

FEEDS = ("https://harbour.example/rss",)


def _settings(*outlets: Outlet, **schedules: str) -> Settings:
    return Settings(lake=Path("none"), outlets=outlets, schedules=Schedules(**schedules))


def test_outlets_of_one_schedule_are_a_group_and_never_is_none() -> None:
    settings = _settings(
        Outlet(key="harbour", feeds=FEEDS),
        Outlet(key="tarn", feeds=FEEDS, schedule="never"),
        Outlet(key="brae", feeds=FEEDS, schedule="0  6 * * MON", time_zone="Europe/Dublin"),
        Outlet(key="bare"),
        Outlet(key="mail", feeds=FEEDS, schedule="30m"),
    )
    assert group_outlets(settings) == {
        Schedule(interval=timedelta(minutes=30)): ["harbour", "mail"],
        Schedule(cron="0 6 * * MON", time_zone="Europe/Dublin"): ["brae"],
    }


def test_maintenance_may_be_never() -> None:
    assert maintenance_schedule(_settings()) == Schedule(cron="15 4 * * *")
    assert maintenance_schedule(_settings(maintain="never")) is None


def test_with_nothing_but_never_there_is_nothing_to_serve() -> None:
    settings = _settings(Outlet(key="harbour", feeds=FEEDS), ingest="never")
    with pytest.raises(ConfigError, match='a schedule that is not "never"'):
        serve_schedules(settings, print)


def test_a_lake_without_outlets_to_follow_is_maintained(settings: Settings) -> None:
    line = "no outlets to follow; at 15 4 * * * (UTC): only the maintenance of the lake"
    assert describe_schedules(settings) == [line]
    resting = settings.model_copy(update={"schedules": Schedules(maintain="never")})
    with pytest.raises(ConfigError, match="nothing to serve"):
        describe_schedules(resting)


def test_outlets_are_told_by_their_schedule() -> None:
    settings = _settings(Outlet(key="harbour", feeds=FEEDS), Outlet(key="mail", feeds=FEEDS), ingest="30m")
    assert describe_schedules(settings) == ["every 30 minutes: harbour, mail"]
