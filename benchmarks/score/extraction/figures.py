"""Figures against the hand-labelled seeds and the Recognizers-Text specs.

The specs were written for dictation and forms, not for news; `NOT_NEWS` names the kinds left out of the
main figure, with the reason, and the figure over all specs is printed beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.corpora import Line, load_scorer, make_document, read_rows, read_seeds
from core.outcomes import Row
from tasks.extract.figures import find_figures

Gold = dict[str, Any]

# What each spec model returns, in our kinds; used only if a text has no gold figure at all.
KINDS = {
    "number": {"count", "fraction", "ratio", "other"},
    "range": {"count", "money", "percent", "measure", "duration", "age", "rank"},
    "ordinal": {"rank"},
    "percent": {"percent"},
    "age": {"age"},
    "money": {"money"},
    "measure": {"measure"},
}
# UCUM to the names that the seeds' labels use.
UNIT_NAMES = {
    "h": "hour",
    "min": "minute",
    "s": "second",
    "d": "day",
    "wk": "week",
    "mo": "month",
    "a": "year",
}
# Expected as one number in the cents' own unit: a money amount followed by a bare number.
_BARE_CENTS = re.compile(r"(dollars?|USD|\$ ?\d+) (and )?(one|two|fifty|\d+)\b(?! cent)", re.IGNORECASE)
_ARITHMETIC = re.compile(r"\^|[<>=]|\d+e-?\d|\bequals? to|\bdate 1\b")
_DIGIT_CODES = re.compile(r"\d+\.\d+\.\d+\.\d+|\d-\d{3}-\d{4}|\d{3} 0000")

NOT_NEWS: Mapping[str, tuple[str, Callable[[Gold], bool]]] = {
    "no number": (
        "the expected figure has no number (a currency, a unit, 'last', 'next one')",
        lambda spec: any(
            f["value"] is None and f["low"] is None and f["high"] is None for f in spec["figures"]
        ),
    ),
    "arithmetic": (
        "formulas and comparison signs: 1.1^23, x>10, 'equal to 5000'",
        lambda spec: bool(_ARITHMETIC.search(spec["text"])),
    ),
    "codes": (
        "addresses and telephone numbers, whose parts are expected as numbers; here they are no figures",
        lambda spec: bool(_DIGIT_CODES.search(spec["text"])),
    ),
    "bare cents": (
        "'15 dollars and 15' as 15.15: in news the second number is another figure",
        lambda spec: spec["only_kind"] == "money" and bool(_BARE_CENTS.search(spec["text"])),
    ),
}


def to_scored(row: Row, *, printed: bool) -> dict[str, Any]:
    """A row of `figures` in the scorer's form. `printed` asks for the number as printed where a row only
    has a bound ("over two pounds" is 2), as the specs of numbers, money and measures do."""
    value = row["value"]
    if value is None and printed and row["bound"] in ("at_least", "at_most"):
        value = row["low"] if row["low"] is not None else row["high"]
    unit = "fraction" if row["kind"] == "fraction" else UNIT_NAMES.get(row["unit"] or "", row["unit"])
    return {
        "start": row["start_char"],
        "end": row["end_char"],
        "surface": row["surface"],
        "value": value,
        "low": row["low"],
        "high": row["high"],
        "unit": unit,
        "counted": row["counted"],
        "malformed": bool(row["candidates"]),
        "approximate": row["bound"] in ("about", "vague"),
    }


def predict_spec(spec: Gold) -> dict[str, Any]:
    """Our figures of a spec's text."""
    rows = find_figures(make_document(spec["text"]))
    if not spec["figures"]:
        rows = [row for row in rows if row["kind"] in KINDS[spec["only_kind"]]]
        if spec["only_kind"] == "range":
            rows = [row for row in rows if row["bound"] in ("between", "at_least", "at_most")]
    return {"figures": [to_scored(row, printed=spec["only_kind"] != "range") for row in rows]}


def reason_left_out(spec: Gold) -> str | None:
    """The kind of spec that is not about news, or None."""
    return next((name for name, (_, test) in NOT_NEWS.items() if test(spec)), None)


def load_specs(corpora: Path) -> dict[str, Gold]:
    """The specs by id."""
    return {spec["id"]: spec for spec in read_rows(corpora / "figures_recognizers.jsonl")}


def predict_seed(doc: Gold) -> dict[str, Any]:
    """Our figures of a labelled article."""
    published = datetime.fromisoformat(doc["publication_date"])
    rows = find_figures(make_document(doc["text"], published))
    return {"figures": [to_scored(row, printed=False) for row in rows]}


def score(corpora: Path) -> list[Line]:
    """The lines of the figures table."""
    scorer = load_scorer(corpora, "score_figures")
    seeds, specs = {doc["id"]: doc for doc in read_seeds(corpora)}, load_specs(corpora)
    on_seeds = scorer.score(seeds, {key: predict_seed(doc) for key, doc in seeds.items()})
    predictions = {key: predict_spec(spec) for key, spec in specs.items()}
    news = {key: spec for key, spec in specs.items() if reason_left_out(spec) is None}
    return [
        Line(
            f"value F1, specs that apply to news ({len(news)})",
            scorer.score(news, predictions)["value_F1"],
            88,
            "61 (Recognizers-Text)",
        ),
        Line(f"value F1, all specs ({len(specs)})", scorer.score(specs, predictions)["value_F1"]),
        Line("seeds: detected, recall", on_seeds["R"], 97, "94 (Recognizers-Text)"),
        Line("seeds: detected, precision", on_seeds["P"]),
        Line("seeds: value right", on_seeds["value_R"], 95, "72"),
        Line("seeds: counted noun right", on_seeds["counted_R"], 95, "0"),
    ]


def list_errors(corpora: Path) -> Iterable[str]:
    """Each wrong spec and seed on a line, to read causes from."""
    scorer = load_scorer(corpora, "score_figures")
    for key, spec in load_specs(corpora).items():
        prediction = predict_spec(spec)
        result = scorer.score({key: spec}, {key: prediction})
        if result["value_F1"] != 100 and (spec["figures"] or prediction["figures"]):
            short = [(f["surface"], f["value"], f["low"], f["high"]) for f in spec["figures"]]
            ours = [(f["surface"], f["value"], f["low"], f["high"]) for f in prediction["figures"]]
            yield f"{reason_left_out(spec) or 'NEWS'}\t{key}\t{spec['text'][:120]!r}\n    gold {short}\n    ours {ours}"
    for doc in read_seeds(corpora):
        ours = predict_seed(doc)["figures"]
        yield f"seed {doc['id']}\n    gold {[(f['surface'], f['counted']) for f in doc['figures']]}\n    ours {[(f['surface'], f['value'], f['low'], f['high'], f['counted']) for f in ours]}"
    for name, (why, _) in NOT_NEWS.items():
        count = sum(reason_left_out(spec) == name for spec in load_specs(corpora).values())
        yield f"left out of the figure for news: {name} ({count}): {why}"
