"""Schedules as `copydesk.toml` writes them: a cron line or an interval such as 30m."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from croniter import croniter

from core.errors import ConfigError
from core.settings import Settings

_INTERVAL = re.compile(r"(\d{1,6})\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something runs: an interval, or a cron line in a time zone."""

    cron: str | None = None
    interval: timedelta | None = None
    time_zone: str = "UTC"


def parse_schedule(text: str, time_zone: str, key: str) -> Schedule:
    """The schedule that the text means; ConfigError names `key` and what is allowed."""
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise ConfigError(f"{key}: {time_zone!r} is no IANA time zone, e.g. Europe/Berlin") from None
    if match := _INTERVAL.fullmatch(text.strip()):
        interval = timedelta(**{_UNITS[match[2]]: int(match[1])})
        if interval < _SHORTEST:
            raise ConfigError(f"{key}: {text!r} is too often; a minute is the shortest interval")
        return Schedule(interval=interval, time_zone=time_zone)
    if len(text.split()) == 5 and croniter.is_valid(text):
        return Schedule(cron=text, time_zone=time_zone)
    raise ConfigError(f"{key}: {text!r} is no schedule; write an interval (30m, 2h, 1d) or five cron fields")


def group_outlets(settings: Settings) -> Mapping[Schedule, list[str]]:
    """The outlets that are followed on a schedule, by schedule, in the order of the settings.

    Outlets with nothing to follow are left out. An outlet's schedule is in its own time zone.
    """
    groups: dict[Schedule, list[str]] = {}
    for outlet in settings.outlets:
        if not (outlet.feeds or outlet.sitemaps or outlet.sections):
            continue
        text = outlet.schedule or settings.schedules.ingest
        if text is None:
            continue
        zone = outlet.time_zone if outlet.schedule else settings.schedules.time_zone
        schedule = parse_schedule(text, zone, f"outlets.{outlet.key}.schedule")
        groups.setdefault(schedule, []).append(outlet.key)
    return groups


def maintenance_schedule(settings: Settings) -> Schedule | None:
    """When maintenance runs, or None."""
    text = settings.schedules.maintain
    return parse_schedule(text, settings.schedules.time_zone, "schedules.maintain") if text else None
