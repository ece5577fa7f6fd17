"""The days that outlets of a story give for the same thing, pairs of dates made into sets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.model.stories import PrintedDate, SharedDate
from dashboard.reading.marked import part_marked
from dashboard.verdicts import gravity

_COARSE = ("week", "month")
_Spot = tuple[str, int]


def align_dates(pairs: Sequence[dict[str, Any]]) -> tuple[SharedDate, ...]:
    """Pairs of dates joined into sets for one thing, disputed ones first, then by day.

    A month or a week is shown with each day that it holds, and joins no two of them.
    """
    dates = {
        (one.article_id, one.start_char): one
        for pair in pairs
        for one in (_make_date(pair, ""), _make_date(pair, "other_"))
    }
    linked = [(*_places(pair), pair["verdict"]) for pair in pairs]
    sets = _join([(one, other) for one, other, _ in linked if _is_fine(dates[one]) == _is_fine(dates[other])])
    for one, other, _ in linked:
        fine, coarse = (one, other) if _is_fine(dates[one]) else (other, one)
        if not _is_fine(dates[coarse]):
            sets.setdefault(fine, {fine}).add(coarse)
    shared = [
        _make_shared(places, dates, linked) for places in {id(one): one for one in sets.values()}.values()
    ]
    return tuple(sorted(shared, key=lambda one: (gravity(one.verdict) > 0, one.days, -len(one.dates))))


def _join(links: Sequence[tuple[_Spot, _Spot]]) -> dict[_Spot, set[_Spot]]:
    """Each place with the set that it is in."""
    sets: dict[_Spot, set[_Spot]] = {}
    for one, other in links:
        joined = sets.get(one, {one}) | sets.get(other, {other})
        sets.update(dict.fromkeys(joined, joined))
    return sets


def _places(pair: dict[str, Any]) -> tuple[_Spot, _Spot]:
    return (pair["article_id"], pair["start_char"]), (pair["other_article_id"], pair["other_start_char"])


def _is_fine(one: PrintedDate) -> bool:
    return one.granularity not in _COARSE


def _make_date(pair: dict[str, Any], prefix: str) -> PrintedDate:
    return PrintedDate(
        **{
            name: pair[f"{prefix}{name}"]
            for name in ("outlet", "article_id", "start_char", "surface", "event_date", "granularity")
        },
        sentence=part_marked(pair[f"{prefix}marked"], pair[f"{prefix}surface"]),
    )


def _make_shared(
    places: set[_Spot], dates: dict[_Spot, PrintedDate], linked: Sequence[tuple[_Spot, _Spot, str]]
) -> SharedDate:
    verdicts = {verdict for one, other, verdict in linked if one in places and other in places}
    printed = sorted(
        (dates[place] for place in places), key=lambda one: (one.outlet, one.article_id, one.start_char)
    )
    return SharedDate(min(verdicts, key=gravity), _days_of(printed), tuple(printed))


def _days_of(printed: Sequence[PrintedDate]) -> tuple[date, ...]:
    """The days given, in order; those of a week or a month only if no date is finer."""
    fine = [one for one in printed if _is_fine(one)]
    return tuple(sorted({one.event_date for one in fine or printed if one.event_date is not None}))
