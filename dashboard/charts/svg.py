"""An SVG drawn piece by piece, as wide as its page: places across are shares of the width, texts keep their size."""
# Why: see docs/decisions.md, "Pages draw their own charts".

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from markupsafe import escape

from core.safety.visible import show_line

GREY = "#757575"
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
# Share of the width, in percent, between which data are drawn; the rest is room for marks at the ends.
LEFT, RIGHT = 2.0, 97.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished SVG; a notebook shows it by itself."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __bool__(self) -> bool:
        return bool(self.svg)


NO_PICTURE = Picture("")


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers to shares of the width; a logarithmic one keeps numbers that are far apart in sight."""

    low: float
    high: float
    is_log: bool = False

    @classmethod
    def over(cls, numbers: Sequence[float]) -> Scale:
        """A scale that shows all of them."""
        low, high = min(numbers), max(numbers)
        if low > 0 and high / low >= 100:
            return cls(low, high, is_log=True)
        pad = (high - low) * 0.04 or abs(low) * 0.1 or 1.0
        return cls(low - pad, high + pad)

    def place(self, number: float, first: float = LEFT, last: float = RIGHT) -> float:
        """Where the number is, in percent."""
        low, high, at = (math.log10(v) if self.is_log else v for v in (self.low, self.high, number))
        return first + (last - first) * ((at - low) / (high - low))

    def ticks(self, most: int = 5) -> list[float]:
        """Round numbers within the scale."""
        if self.is_log:
            powers = range(math.ceil(math.log10(self.low)), math.floor(math.log10(self.high)) + 1)
            return [10.0**power for power in powers][:: math.ceil(len(powers) / most) or 1]
        step = _round_step((self.high - self.low) / most)
        first = math.ceil(self.low / step)
        return [number * step for number in range(first, math.floor(self.high / step) + 1)]


def time_ticks(low: datetime, high: datetime, most: int = 4) -> list[tuple[datetime, str]]:
    """Round times between the two, with the words for them."""
    hours = (high - low).total_seconds() / 3600 / most
    step = next((one for one in (1, 3, 6, 12, 24, 48, 168, 336) if one >= hours), 24 * math.ceil(hours / 24))
    start = datetime(low.year, low.month, low.day, tzinfo=UTC)
    ticks = []
    for number in range(math.ceil((high - start).total_seconds() / 3600 / step) + 1):
        at = start + timedelta(hours=step * number)
        if low <= at <= high:
            ticks.append((at, f"{at:%-d %b}" if step >= 24 else f"{at:%-d %b %H:%M}"))
    return ticks


def finish(pieces: Sequence[str], height: float, label: str) -> Picture:
    """The whole SVG; `label` says in words what it shows."""
    return Picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(show_line(label))}" width="100%"'
        f' height="{height:g}" font-family="{_FONT}" font-size="13">{"".join(pieces)}</svg>'
    )


def text(x: float, y: float, words: str, *, kind: str = "soft", anchor: str = "start", more: str = "") -> str:
    """Words at a place; `kind` is their class in the style sheet, `more` follows them in grey."""
    behind = f'<tspan dx="8" class="soft" font-weight="400">{escape(show_line(more))}</tspan>' if more else ""
    weight = ' font-weight="650"' if "strong" in kind else ""
    return (
        f'<text x="{x:.2f}%" y="{y:g}" class="{kind}" fill="{GREY}" text-anchor="{anchor}"{weight}>'
        f"{escape(show_line(words))}{behind}</text>"
    )


def line(x1: float, y1: float, x2: float, y2: float, kind: str, colour: str = GREY, width: float = 1) -> str:
    """A line between two places."""
    return (
        f'<line x1="{x1:.2f}%" y1="{y1:g}" x2="{x2:.2f}%" y2="{y2:g}" class="{kind}" stroke="{colour}"'
        f' stroke-width="{width:g}" stroke-linecap="round"/>'
    )


def dot(x: float, y: float, kind: str, colour: str, *, told: str = "", is_hollow: bool = False) -> str:
    """A point; `told` is shown when the mouse rests on it."""
    fill = "none" if is_hollow else colour
    title = f"<title>{escape(show_line(told))}</title>" if told else ""
    return (
        f'<circle cx="{x:.2f}%" cy="{y:g}" r="5" class="{kind}{" hollow" if is_hollow else ""}" fill="{fill}"'
        f' stroke="{colour}" stroke-width="2">{title}</circle>'
    )


def axis(ticks: Sequence[tuple[float, str]], top: float, bottom: float) -> list[str]:
    """Upright lines with their words below; those at the ends stay inside the picture."""
    pieces = []
    last = -100.0
    for place, words in ticks:
        pieces.append(line(place, top, place, bottom, "grid", "#8885"))
        width = 2.2 * len(words)  # in percent, where the page is narrow
        anchor = "start" if place < width / 2 else "end" if place > 100 - width / 2 else "middle"
        first = {"start": place, "middle": place - width / 2, "end": place - width}[anchor]
        if first > last:
            last = first + width + 1
            pieces.append(text(place, bottom + 16, words, anchor=anchor))
    return pieces


def _round_step(step: float) -> float:
    power = 10.0 ** math.floor(math.log10(step))
    return next(one * power for one in (1, 2, 2.5, 5, 10) if one * power >= step * 0.999)
