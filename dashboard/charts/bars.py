"""The readings of a question as bars from low to high."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.charts.svg import (
    LEFT,
    NO_PICTURE,
    RIGHT,
    Picture,
    Scale,
    axis,
    dot,
    finish,
    line,
    text,
)
from dashboard.model.questions import Question
from dashboard.numbers import tell_number
from dashboard.reading.alike import MOST_READINGS
from dashboard.verdicts import Verdict, verdict_of_reading

_ROW = 38


@dataclass(frozen=True, slots=True)
class _Bar:
    outlet: str
    surface: str
    low: float | None
    high: float | None
    verdict: Verdict

    @property
    def ends(self) -> tuple[float, float]:
        """What it says, or its known end twice."""
        known = [end for end in (self.low, self.high) if end is not None]
        return known[0], known[-1]


def interval_chart(question: Question) -> Picture:
    """Each different reading of a question as a bar from low to high, or a point; an open end has an arrow.

    Empty where no reading has a number.
    """
    bars = _make_bars(question)
    if not bars:
        return NO_PICTURE
    scale = Scale.over([end for bar in bars for end in bar.ends])
    bottom = _ROW * len(bars) + 4
    pieces = axis([(scale.place(tick), tell_number(tick)) for tick in scale.ticks()], 0, bottom)
    for number, bar in enumerate(bars):
        pieces += _draw_bar(bar, scale, _ROW * number)
    told = "; ".join(f"{bar.outlet} prints {bar.surface}" for bar in bars)
    return finish(pieces, bottom + 22, f"{question.label}: {told}")


def _draw_bar(bar: _Bar, scale: Scale, top: float) -> list[str]:
    verdict = bar.verdict
    kind = f"v-{verdict.style}"
    low, high = (scale.place(end) for end in bar.ends)
    y = top + 27
    pieces = [text(0, top + 15, bar.outlet, kind="ink strong", more=bar.surface)]
    if bar.high is None:
        pieces += [
            line(low, y, RIGHT, y, kind, verdict.colour, 3),
            text(100, y + 5, "▶", kind=kind, anchor="end"),
        ]
    elif bar.low is None:
        pieces += [line(LEFT, y, high, y, kind, verdict.colour, 3), text(0, y + 5, "◀", kind=kind)]
    if low == high:
        pieces.append(dot(low, y, kind, verdict.colour))
    else:
        pieces.append(line(low, y, high, y, kind, verdict.colour, 7))
    return pieces


def _make_bars(question: Question) -> list[_Bar]:
    """A bar for each outlet and interval: an outlet that prints a number twice has one."""
    bars: dict[tuple[str, float | None, float | None], _Bar] = {}
    for one in question.readings:
        if one.low is not None or one.high is not None:
            key = (one.outlet, one.low, one.high)
            verdict = verdict_of_reading(one.verdict, question.verdict)
            bars.setdefault(key, _Bar(one.outlet, one.surface, one.low, one.high, verdict))
    ordered = sorted(bars.values(), key=lambda bar: (*bar.ends, bar.outlet))
    return ordered if len(ordered) <= MOST_READINGS else _merge_bars(ordered)


def _merge_bars(bars: list[_Bar]) -> list[_Bar]:
    """One bar for all outlets that say the same, called by the first two of them."""
    alike: dict[tuple[object, ...], list[_Bar]] = {}
    for bar in bars:
        alike.setdefault((bar.low, bar.high, bar.verdict.word), []).append(bar)
    return [replace(same[0], outlet=_tell_outlets([bar.outlet for bar in same])) for same in alike.values()]


def _tell_outlets(outlets: list[str]) -> str:
    if len(outlets) <= 3:
        return ", ".join(outlets)
    return f"{', '.join(outlets[:2])} and {len(outlets) - 2} more"
