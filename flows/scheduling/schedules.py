"""When each outlet is followed, and when maintenance runs."""

from __future__ import annotations

from collections.abc import Mapping

from core.config.schedules import Schedule, read_schedule
from core.settings import Settings

__all__ = ["Schedule", "group_outlets", "maintenance_schedule"]


def group_outlets(settings: Settings) -> Mapping[Schedule, list[str]]:
    """The outlets that are followed on a schedule, by schedule, in the order of the settings.

    Outlets with nothing to follow, and those whose schedule is never, are left out. An outlet's schedule is
    in its own time zone.
    """
    groups: dict[Schedule, list[str]] = {}
    for outlet in settings.outlets:
        if not (outlet.feeds or outlet.sitemaps or outlet.sections):
            continue
        text = outlet.schedule or settings.schedules.ingest
        if text is None:
            continue
        zone = outlet.time_zone if outlet.schedule else settings.schedules.time_zone
        if schedule := read_schedule(text, zone):
            groups.setdefault(schedule, []).append(outlet.key)
    return groups


def maintenance_schedule(settings: Settings) -> Schedule | None:
    """When maintenance runs, or None."""
    text = settings.schedules.maintain
    return read_schedule(text, settings.schedules.time_zone) if text else None
