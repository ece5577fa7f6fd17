"""Charts over time: who published when, and how a number changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dashboard.charts.svg import (
    NO_PICTURE,
    Picture,
    Scale,
    axis,
    dot,
    finish,
    line,
    text,
    time_ticks,
)
from dashboard.model.questions import PrintedReading, Question
from dashboard.model.stories import Telling
from dashboard.numbers import tell_number
from dashboard.verdicts import Verdict, verdict_of_reading

_ROW = 38
_DAY = timedelta(days=1)
_PLOT = 150  # height of a chart of numbers
_INK, _EDIT = "#0069a8", "#b84a00"


def timeline_chart(tellings: Sequence[Telling]) -> Picture:
    """When each outlet published: a point for each article, copies hollow, edits as a pencil.

    An article whose hour is unknown is a line over its day. An edit long after the last article stands at the right end
    with an arrow, so that the articles stay apart.
    Empty without two different times.
    """
    known = [(telling.outlet, telling.published_at, telling) for telling in tellings if telling.published_at]
    times = [at for _, at, _ in known] + [edit for one in tellings for edit in one.edited_at]
    if len(set(times)) < 2:
        return NO_PICTURE
    ends = [at + _DAY if one.published_precision == "day" else at for _, at, one in known]
    across = _Across(min(times), _find_end(ends, max(times + ends)))
    outlets = list(dict.fromkeys(outlet for outlet, *_ in known))
    bottom = _ROW * len(outlets) + 4
    pieces = axis(across.ticks(), 0, bottom)
    for number, outlet in enumerate(outlets):
        y = _ROW * number + 27
        pieces.append(text(0, y - 12, outlet, kind="ink strong"))
        for telling in tellings:
            if telling.outlet == outlet:
                pieces += _draw_telling(telling, across, y)
    told = "; ".join(f"{outlet} {_tell_time(one, at)}" for outlet, at, one in known)
    return finish(pieces, bottom + 22, f"Who published when: {told}")


def numbers_chart(question: Question) -> Picture:
    """The answers to a question in the order in which they were published: a bar from low to high, or a point.

    Empty where fewer than two times or numbers are known.
    """
    known = [
        (one.published_at, one)
        for one in question.readings
        if one.published_at and (one.low is not None or one.high is not None)
    ]
    if len({at for at, _ in known}) < 2 or len({(one.low, one.high) for _, one in known}) < 2:
        return NO_PICTURE
    known.sort(key=lambda pair: pair[0])
    across = _Across(known[0][0], known[-1][0], first=14.0)
    scale = Scale.over([end for _, one in known for end in (one.low, one.high) if end is not None])
    pieces = axis(across.ticks(), 0, _PLOT)
    for tick in scale.ticks(3):
        y = _height(scale, tick)
        pieces += [line(13, y, 99, y, "grid", "#8885"), text(0, y + 4, tell_number(tick))]
    for at, one in known:
        verdict = verdict_of_reading(one.verdict, question.verdict)
        pieces += _draw_number(one, across.place(at), scale, verdict)
    told = "; ".join(f"{at:%-d %B %H:%M} {one.outlet} {one.surface}" for at, one in known)
    return finish(pieces, _PLOT + 22, f"{question.label} over time: {told}")


class _Across:
    """Times to shares of the width."""

    def __init__(self, first_at: datetime, last_at: datetime, first: float = 3.0) -> None:
        self._ends = (first_at, last_at)
        self._first = first

    def is_behind(self, at: datetime) -> bool:
        """Whether the time is behind the right end."""
        return at > self._ends[1]

    def place(self, at: datetime) -> float:
        """The share of the width; the right end for later times."""
        low, high = self._ends
        at = min(at, high)
        return self._first + (97.0 - self._first) * ((at - low) / (high - low))

    def ticks(self) -> list[tuple[float, str]]:
        return [(self.place(at), words) for at, words in time_ticks(*self._ends)]


def _find_end(published: Sequence[datetime], last: datetime) -> datetime:
    """The right end: the last time, but not much later than the last article."""
    if not published:
        return last
    first, end = min(published), max(published)
    return min(last, end + max(end - first, _DAY))


def _tell_time(telling: Telling, at: datetime) -> str:
    return f"{at:%-d %B %Y}" if telling.published_precision == "day" else f"{at:%-d %B %Y, %H:%M}"


def _draw_telling(telling: Telling, across: _Across, y: float) -> list[str]:
    pieces = []
    if telling.published_at:
        told = f"{_tell_time(telling, telling.published_at)} {telling.outlet}: {telling.title or ''}"
        x = across.place(telling.published_at)
        if telling.published_precision == "day":
            end = across.place(telling.published_at + _DAY)
            pieces.append(line(x, y, end, y, "v-update", _INK, 2))
            x = (x + end) / 2
        is_copy = telling.copy_relation is not None
        pieces.append(dot(x, y, "v-update", _INK, told=told, is_hollow=is_copy))
    for edit in telling.edited_at:
        sign = "✎ →" if across.is_behind(edit) else "✎"
        pieces.append(text(across.place(edit), y + 5, sign, kind="v-conflict", anchor="middle"))
    return pieces


def _draw_number(one: PrintedReading, x: float, scale: Scale, verdict: Verdict) -> list[str]:
    kind = f"v-{verdict.style}"
    known = [end for end in (one.low, one.high) if end is not None]
    low, high = _height(scale, known[0]), _height(scale, known[-1])
    told = f"{one.outlet}: {one.surface}"
    if low != high:
        return [line(x, low, x, high, kind, verdict.colour, 6)]
    pieces = [dot(x, low, kind, verdict.colour, told=told)]
    if one.high is None:
        pieces.append(text(x, low - 8, "▲", kind=kind, anchor="middle"))
    elif one.low is None:
        pieces.append(text(x, low + 18, "▼", kind=kind, anchor="middle"))
    return pieces


def _height(scale: Scale, number: float) -> float:
    """Where the number is, in pixels from the top."""
    return round(_PLOT - scale.place(number, 6.0, 94.0) / 100 * _PLOT, 1)
