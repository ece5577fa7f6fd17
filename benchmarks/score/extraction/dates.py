"""Dates against the hand-labelled seeds and the Recognizers-Text specs.

The scorer compares normal forms ("2021-12-07", "2021-12-07T10:00", "2021-12", "a/b", "P2W"). Our rows are
intervals with a granularity; `normal_forms` says the same in its words. Lengths of time ("50 minutes") are
rows of `figures` here and are taken from there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.corpora import Line, load_scorer, read_rows, read_seeds
from core.outcomes import Row
from tasks.extract.date_context import dated_sentences
from tasks.extract.date_tense import tense_of_date
from tasks.extract.dates import DateReading
from tasks.extract.dates.base.intervals import shift
from tasks.extract.dates.base.lexicon import table
from tasks.extract.document import Document
from tasks.extract.figures import find_figures
from tasks.extract.language_model.pipeline import build_documents, parse_sentences
from tasks.extract.options import ExtractOptions

Gold = dict[str, Any]
_OPTIONS = ExtractOptions()
_ISO_UNITS = {"s": "TS", "min": "TM", "h": "TH", "d": "D", "wk": "W", "mo": "M", "a": "Y"}
_ZONE = re.compile(r"\b([A-Z]{2,4})\)?$")
_ZONE_NAME = re.compile(r"(\w+) time(zone)?$")
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
# Hours that Recognizers-Text gives to the parts of the day; ours are in calendar.toml.
_THEIR_HOURS = {6: (8, 12), 12: (12, 16), 18: (16, 20)}
_THEIR_CUT_HOURS = {(6, 9): (8, 10), (9, 12): (10, 12), (12, 15): (12, 14), (15, 18): (14, 16)}


def normal_forms(row: Row) -> list[str]:
    """The interval of a row of `dates` in the scorer's forms, best first."""
    start, end = (_printed(row, row[key]) for key in ("starts_at", "ends_at"))
    if start is None or end is None:
        return [moment.isoformat()[:16] for moment in (start, end) if moment is not None]
    makers = {
        "minute": _clock_forms,
        "hour": _clock_forms,
        "part_of_day": _part_forms,
        "day": _day_forms,
        "month": _month_forms,
        "season": _season_forms,
    }
    forms = makers.get(row["granularity"], _long_forms)(start, end)
    return [*forms, *_range_forms(start, end, row["granularity"])]


def _printed(row: Row, moment: datetime | None) -> datetime | None:
    """The moment in the zone that the text prints."""
    if moment is None:
        return None
    match = _ZONE.search(row["surface"])
    named = _ZONE_NAME.search(row["surface"].lower())
    entry = table("zones").get(match[1]) if match else table("zone_names").get(named[1]) if named else None
    if entry is None:
        return moment.replace(tzinfo=None)
    if isinstance(entry, str):
        return moment.astimezone(ZoneInfo(entry)).replace(tzinfo=None)
    return (moment + timedelta(hours=entry)).replace(tzinfo=None)


def _clock_forms(start: datetime, end: datetime) -> list[str]:
    """A time with its day, and alone: specs of times name no day."""
    return [
        start.isoformat()[: 19 if start.second else 16],
        f"T{start.isoformat()[11 : 19 if start.second else 16]}",
    ]


def _part_forms(start: datetime, end: datetime) -> list[str]:
    day = start.date().isoformat()
    theirs = _THEIR_CUT_HOURS.get((start.hour, end.hour)) or _THEIR_HOURS.get(start.hour)
    if start.hour == 18 and end.hour == 0:
        theirs = (20, 24)
    if theirs is None:
        return [day]
    last = "23:59:59" if theirs[1] == 24 else f"{theirs[1]:02d}:00"
    return [day, f"{day}T{theirs[0]:02d}:00/{day}T{last}", f"T{theirs[0]:02d}:00/T{last}"]


def _day_forms(start: datetime, end: datetime) -> list[str]:
    return [start.date().isoformat()] if end - start == timedelta(days=1) else []


def _month_forms(start: datetime, end: datetime) -> list[str]:
    is_whole = start.day == 1 and end == shift(start, "month", 1)
    return [start.isoformat()[:7]] if is_whole else _long_forms(start, end)


def _season_forms(start: datetime, end: datetime) -> list[str]:
    season = _SEASONS.get(start.month, "")
    return [f"{start.year}-{season}", season]


def _long_forms(start: datetime, end: datetime) -> list[str]:
    return [f"{start.date().isoformat()}/{end.date().isoformat()}", start.date().isoformat()]


def _range_forms(start: datetime, end: datetime, granularity: str) -> list[str]:
    """Ours ends after its last day, month or year; the specs at the begin of it. Both are given."""
    forms = [_between(start, end)]
    if granularity in ("minute", "hour"):
        return [*forms, _between_clocks(start, end)]
    for unit in ("day", "month", "year"):
        last = shift(end, unit, -1)
        if last > start:
            forms.append(_between(start, last))
    return forms


def _between(start: datetime, end: datetime) -> str:
    is_days = start.time() == end.time() == start.min.time()
    cut = 10 if is_days else 16
    return f"{start.isoformat()[:cut]}/{end.isoformat()[:cut]}"


def _between_clocks(start: datetime, end: datetime) -> str:
    return f"T{start.isoformat()[11:16]}/T{end.isoformat()[11:16]}"


def length_form(row: Row) -> list[str]:
    """A length of time from a row of `figures`: "P2W", "PT50M"; of a bound, the number printed."""
    unit = _ISO_UNITS.get(row["unit"] or "")
    values = [row[key] for key in ("value", "low", "high") if row[key] is not None]
    return [f"P{unit[:-1]}{values[0]:.12g}{unit[-1]}"] if unit and values else []


def _read_document(text: str, published_at: datetime) -> Document:
    article = {
        "article_id": "benchmark",
        "month": datetime(2000, 1, 1, tzinfo=UTC).date(),
        "body_text": text,
        "language": "en",
        "published_at": published_at if published_at.tzinfo else published_at.replace(tzinfo=UTC),
        "published_precision": "minute" if published_at.hour else "day",
    }
    return build_documents([article], _OPTIONS)[0]


def predict(text: str, reference: datetime | None) -> dict[str, Any]:
    """Our expressions of time in the scorer's form: dates, and figures that are lengths of time.

    "the past" and "two months" are one expression to the scorer and two rows here; they are put together.
    """
    document = _read_document(text, reference or datetime(2016, 11, 7, tzinfo=UTC))
    reading = DateReading(document)
    dates = reading.rows
    parse_sentences([document], {0: dated_sentences(dates)}, _OPTIONS)
    reading.settle(lambda date: tense_of_date(document, date))
    lengths = [row for row in find_figures(document, dates) if row["kind"] == "duration"]
    by_start = {row["start_char"]: row for row in lengths}
    found: list[tuple[int, int, list[str]]] = []
    for row in dates:
        length = by_start.pop(row["end_char"] + 1, None) if row["starts_at"] or row["ends_at"] else None
        end = row["end_char"] if length is None else length["end_char"]
        found.append((row["start_char"], end, [*normal_forms(row), *_open_forms(row, text)]))
    found += [(row["start_char"], row["end_char"], length_form(row)) for row in by_start.values()]
    return {
        "dates": [
            {
                "start": start,
                "end": end,
                "surface": text[start:end],
                "resolved": (forms or [None])[0],
                "alternatives": forms[1:],
            }
            for start, end, forms in sorted(found)
        ]
    }


def _open_forms(row: Row, text: str) -> list[str]:
    """ "after mid-May" and "before September" are open stretches in the specs; here the preposition is no
    part of the date, and says on which side the stretch lies."""
    words = text[: row["start_char"]].lower().removesuffix(" the ").split()
    side = {
        "after": "ends_at",
        "before": "starts_at",
        "since": "starts_at",
        "from": "starts_at",
        "starting": "starts_at",
    }
    moment = row[side[words[-1]]] if words and words[-1] in side else None
    return [] if moment is None else [moment.isoformat()[:10]]


def load_specs(corpora: Path) -> dict[str, Gold]:
    """The specs by id."""
    return {spec["id"]: spec for spec in read_rows(corpora / "dates_recognizers.jsonl")}


def predict_spec(spec: Gold) -> dict[str, Any]:
    """Our expressions in a spec's text."""
    reference = datetime.fromisoformat(spec["reference"][:26]) if spec["reference"] else None
    return predict(spec["text"], reference)


def predict_seed(doc: Gold) -> dict[str, Any]:
    """Our expressions in a labelled article."""
    return predict(doc["text"], datetime.fromisoformat(doc["publication_date"]))


def score(corpora: Path) -> list[Line]:
    """The lines of the dates table."""
    scorer = load_scorer(corpora, "score_dates")
    specs, seeds = load_specs(corpora), {doc["id"]: doc for doc in read_seeds(corpora)}
    on_specs = scorer.score(specs, {key: predict_spec(spec) for key, spec in specs.items()})
    on_seeds = scorer.score(seeds, {key: predict_seed(doc) for key, doc in seeds.items()})
    return [
        Line("seeds: resolved, recall", on_seeds["value_R"], 95, "82 (Recognizers-Text, nearest)"),
        Line("seeds: detected, recall", on_seeds["R"]),
        Line("seeds: detected, precision", on_seeds["P"]),
        Line(f"resolved F1, specs ({len(specs)})", on_specs["value_F1"], 80, "61 (Recognizers-Text)"),
        Line(f"detected F1, specs ({len(specs)})", on_specs["F1"]),
    ]


def list_errors(corpora: Path) -> Iterable[str]:
    """Each wrong spec and seed, to read causes from; last, how often each type is missed or wrong."""
    scorer = load_scorer(corpora, "score_dates")
    missed: Counter[str] = Counter()
    entries = [(spec, predict_spec(spec)) for spec in load_specs(corpora).values()]
    entries += [(doc, predict_seed(doc)) for doc in read_seeds(corpora)]
    for gold, prediction in entries:
        matched = {i: j for i, j, _ in scorer.match(gold["dates"], prediction["dates"])}
        for i, date in enumerate(gold["dates"]):
            accepted = scorer.accepted(date)
            ours = prediction["dates"][matched[i]] if i in matched else None
            forms = [] if ours is None else [ours["resolved"], *ours["alternatives"]]
            if (ours is None) or (
                accepted is not None and not any(scorer.equal(form, accepted) for form in forms if form)
            ):
                cause = "missed" if ours is None else "wrong"
                missed[f"{cause} {date['type']}"] += 1
                yield f"{cause}\t{gold['id']}\t{gold.get('reference')}\t{gold['text'][:110]!r}\n    gold {date['surface']!r} {accepted and sorted(accepted)}\n    ours {ours and ours['surface']!r} {forms}"
        for j, ours in enumerate(prediction["dates"]):
            if j not in matched.values() and not (gold.get("only_type") and gold["dates"]):
                missed["spurious"] += 1
                yield f"spurious\t{gold['id']}\t{gold['text'][:110]!r}\n    ours {ours['surface']!r} {ours['resolved']}"
    yield str(missed.most_common())
