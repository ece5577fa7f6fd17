"""Charts by Altair, as inline SVG by vl-convert: no script, no network; the same functions serve notebooks."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from core.safety.visible import show_line
from dashboard.model import Marked, PrintedReading, Question, Telling
from dashboard.verdicts import verdict_of

_WIDTH = 620
_FONT = "system-ui, sans-serif"
_GREY = "#757575"


def interval_chart(question: Question) -> Any:
    """An Altair chart with each different reading as a bar from low to high, or a point; an open end has an arrow.

    None where no reading has a number.
    """
    rows = _make_rows(question.readings)
    if not rows:
        return None
    import altair as alt

    numbers = [row[end] for row in rows for end in ("from", "to")]
    # numbers that lie a hundred times apart would be one dot and a wall on a plain scale
    is_wide = min(numbers) > 0 and max(numbers) / min(numbers) >= 100
    scale = alt.Scale(type="log") if is_wide else alt.Scale(zero=False, nice=True, padding=12)
    order = [row["who"] for row in rows]
    powers = [10.0**power for power in range(-9, 16)]
    axis = alt.Axis(format="~s", values=powers) if is_wide else alt.Axis(format=",~f", tickCount=4)
    x = alt.X("from:Q", title=None, scale=scale, axis=axis)
    base = alt.Chart(alt.InlineData(rows)).encode(
        y=alt.Y(
            "who:N",
            sort=order,
            title=None,
            axis=alt.Axis(labelLimit=225, minExtent=260, ticks=False, domain=False),
        ),
        color=alt.Color("colour:N", scale=None),
    )
    bars = base.mark_rule(strokeWidth=5, strokeCap="round").encode(x=x, x2="to:Q")
    points = (
        base.transform_filter("datum.from == datum.to || datum.mark != ''")
        .mark_text(fontSize=15, dx=0, baseline="middle")
        .encode(x=alt.X("at:Q", scale=scale), text="shown:N")
    )
    return _finish((bars + points).properties(width=_WIDTH - 270, height={"step": 20}))


def timeline_chart(tellings: Sequence[Telling]) -> Any:
    """An Altair chart of when each outlet published: a point for each article, copies hollow; None without two times."""
    known = [telling for telling in tellings if telling.published_at]
    if len({telling.published_at for telling in known}) < 2:
        return None
    import altair as alt

    rows = [
        {
            "outlet": show_line(one.outlet),
            "at": _tell(one.published_at),
            "fill": "none" if one.copy_relation else "#0069a8",
        }
        for one in known
    ]
    axis = alt.Axis(format="%-d %b %H:%M", tickCount=3, labelOverlap=True)
    chart = (
        alt.Chart(alt.InlineData(rows))
        .mark_point(size=90, opacity=1, stroke="#0069a8", strokeWidth=2)
        .encode(
            x=alt.X("at:T", title=None, scale=alt.Scale(type="utc", padding=12), axis=axis),
            y=alt.Y(
                "outlet:N",
                title=None,
                axis=alt.Axis(labelLimit=180, minExtent=190, ticks=False, domain=False),
            ),
            fill=alt.Fill("fill:N", scale=None),
        )
    )
    return _finish(chart.properties(width=_WIDTH - 200, height={"step": 22}))


def draw_svg(chart: Any, label: str) -> str:
    """The chart as SVG for a page, with words for whoever cannot see it; empty for None."""
    return "" if chart is None else _name(_convert(json.dumps(chart.to_dict(), sort_keys=True)), label)


def warm_charts() -> None:
    """Load the libraries and draw once, so that the first page need not wait for them."""
    reading = PrintedReading(
        "", "", None, None, "", "exact", 1, 2, None, None, False, None, Marked("", "", ""), 0, None
    )
    draw_svg(interval_chart(Question("", "", "", "count", None, None, (reading,))), "")


@lru_cache(maxsize=512)
def _convert(spec: str) -> str:
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(json.loads(spec), allowed_base_urls=[])
    return svg


def _name(svg: str, label: str) -> str:
    """One picture with one name: the parts that vl-convert names are hidden from screen readers."""
    from markupsafe import escape

    svg = re.sub(r'\s(?:aria-(?:label|roledescription|hidden)|role)="[^"]*"', "", svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1)


def _finish(chart: Any) -> Any:
    return (
        chart.configure(font=_FONT, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=12, labelColor=_GREY, gridColor="#8883", domainColor=_GREY, tickColor=_GREY
        )
    )


def _make_rows(readings: Sequence[PrintedReading]) -> list[dict[str, Any]]:
    """A row for each outlet and interval: an outlet that prints a number twice has one."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in readings:
        ends = [end for end in (one.low, one.high) if end is not None]
        if not ends:
            continue
        mark = "" if len(ends) == 2 else ("▶" if one.high is None else "◀")
        rows.setdefault(
            (one.outlet, one.low, one.high),
            {
                "who": show_line(f"{one.outlet}: {one.surface}"),
                "from": ends[0],
                "to": ends[-1],
                "at": ends[-1],
                "mark": mark,
                "shown": mark or "●",
                "colour": verdict_of(one.verdict).colour,
            },
        )
    return sorted(rows.values(), key=lambda row: (row["from"], row["who"]))


def _tell(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
