"""Days and times as pages show them and forms send them, in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from core.errors import ConfigError

_SPANS = (("today", 0), ("last 7 days", 7), ("last 30 days", 30))


def tell_moment(moment: datetime | None, precision: str = "minute") -> str:
    """A time as people read it; midnight is shown as the day alone, because it means an unknown time."""
    if moment is None:
        return "no date"
    if precision == "day" or _is_midnight(moment):
        return f"{moment:%-d %B %Y}"
    return f"{moment:%-d %B %Y, %H:%M} UTC"


def tell_short(moment: datetime | None) -> str:
    """The same where there is little room."""
    if moment is None:
        return "no date"
    day = f"{moment:%-d %b %Y}"
    return day if _is_midnight(moment) else f"{day}, {moment:%H:%M}"


def tell_day(day: date) -> str:
    """A day as people read it."""
    return f"{day:%-d %B %Y}"


def list_days() -> list[tuple[str, str]]:
    """Choices of the front page: a name and the day from which stories are shown."""
    today = datetime.now(UTC).date()
    return [("all days", ""), *((name, (today - timedelta(days=days)).isoformat()) for name, days in _SPANS)]


def read_day(text: str | None) -> date | None:
    """The day that a form sends; an empty text means no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ConfigError(f"{text!r} is not a day; write 2026-11-20") from None


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)
