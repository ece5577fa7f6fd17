"""The answer to a query as a chart by Altair, drawn by vl-convert."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from core.safety.visible import show_line
from dashboard.charts.svg import NO_PICTURE, Picture

_MOST_ROWS = 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T.*)?\Z")
_MOST_COLOURS = 8
_HIDDEN = ("_id", "start_char", "end_char", "month")


def answer_chart(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Any:
    """An Altair chart of an answer: its first column of texts or times against its first column of numbers.

    Numbers over time are points, others bars; a second column of texts colours them. None where there is nothing to
    show: fewer than two numbers or two places for them, more than _MOST_ROWS (over time more), or no column of numbers.
    """
    kinds = {name: _kind_of([row[place] for row in rows]) for place, name in enumerate(columns)}
    shown = [name for name in columns if not name.endswith(_HIDDEN)]
    numbers = [name for name in shown if kinds[name] == "number"]
    times = [name for name in shown if kinds[name] == "time"]
    texts = [name for name in shown if kinds[name] == "text"]
    if len(rows) < 2 or not numbers or not (times or texts) or (not times and len(rows) > _MOST_ROWS):
        return None
    number, named, kind = numbers[0], (times or texts)[0], texts[0] if texts else None
    places = {"number": columns.index(number), "named": columns.index(named)}
    drawn = [(row[places["named"]], row[places["number"]]) for row in rows]
    if len({place for place, value in drawn if place is not None and value is not None}) < 2:
        return None
    import altair as alt

    if kind:
        places["kind"] = columns.index(kind)
    # own names: a column can be called count(*), which Altair would read as an aggregation
    values = [{own: _plain(row[place]) for own, place in places.items()} for row in rows]
    step = 1 if all(isinstance(value["number"], int) for value in values) else 0
    base = alt.Chart(alt.InlineData(values))
    if times:
        chart = base.mark_point(filled=True, size=60).encode(
            x=alt.X(
                "named:T",
                title=named,
                scale=alt.Scale(type="utc"),
                axis=alt.Axis(format=_time_format(drawn), tickCount=5),
            ),
            y=alt.Y("number:Q", title=number, axis=alt.Axis(tickMinStep=step)),
        )
        if kind and len({value["kind"] for value in values}) <= _MOST_COLOURS:
            chart = chart.encode(color=alt.Color("kind:N", title=kind), shape=alt.Shape("kind:N", title=kind))
        return _finish(chart.properties(width=560, height=220))
    bars = base.mark_bar().encode(
        x=alt.X("sum(number):Q", title=number, axis=alt.Axis(tickCount=5, tickMinStep=step)),
        y=alt.Y("named:N", title=None, sort=None, axis=alt.Axis(labelLimit=260)),
    )
    return _finish(bars.properties(width=420, height={"step": 22}))


def draw_answer(chart: Any, label: str) -> Picture:
    """The chart as SVG for a page, with a description for screen readers; empty for None."""
    if chart is None:
        return NO_PICTURE
    return Picture(_name(_convert(json.dumps(chart.to_dict(), sort_keys=True)), label))


def warm_charts() -> None:
    """Load the libraries and draw once, so that the first page need not wait for them."""
    draw_answer(answer_chart(("outlet", "articles"), [("a", 1), ("b", 2)]), "")


@lru_cache(maxsize=64)
def _convert(spec: str) -> str:
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(json.loads(spec), allowed_base_urls=[])
    return svg


def _name(svg: str, label: str) -> str:
    """One picture with one name: the parts that vl-convert names are hidden from screen readers."""
    from markupsafe import escape

    svg = re.sub(r'\s(?:aria-(?:label|roledescription|hidden)|role)="[^"]*"', "", svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(show_line(label))}" ', 1)


def _finish(chart: Any) -> Any:
    return (
        chart.configure(
            font="system-ui, sans-serif",
            background="transparent",
            padding={"left": 24, "right": 24, "top": 4, "bottom": 4},
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=12,
            labelOverlap="greedy",  # labels are wider in a browser than where they are measured
            labelSeparation=12,
            titlePadding=14,
            labelColor="#757575",
            titleColor="#757575",
            titleFontWeight="normal",
            gridColor="#8883",
        )
        .configure_bar(color="#0069a8")
        .configure_point(color="#0069a8")
    )


def _time_format(drawn: Sequence[tuple[object, object]]) -> str:
    """Days, with the time of the day where the times are of less than five days."""
    days = {str(_plain(place))[:10] for place, _ in drawn if place is not None}
    first, last = (date.fromisoformat(day) for day in (min(days), max(days)))
    return "%-d %b %H:%M" if (last - first).days < 5 else "%-d %b %Y" if first.year != last.year else "%-d %b"


def _kind_of(values: Sequence[object]) -> str:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known):
        return "number"
    if known and all(isinstance(value, str) for value in known):
        return "time" if all(_DAY.match(str(value)) for value in known) else "text"
    return "time" if known and all(hasattr(value, "isoformat") for value in known) else "other"


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return show_line(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
