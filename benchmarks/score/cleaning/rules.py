"""What each cleaning rule adds on each half of the outlets: the whole stage's scores less those without the rule.

A rule is switched off as an outlet would do it (`disabled_rules`), so its lines come back to the body,
also those of boxes beside it. Only the pages on which a rule takes a line are cleaned again without it;
on the others it changes nothing. The halves are outlets by a hash of their host, so a rule that was written for one
outlet shows in one half only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import trafilatura

from benchmarks.corpora import Row
from benchmarks.score.cleaning.pages import (
    PAGE_SETS,
    capture_page,
    capture_text,
    half_of,
    load_gold,
    local_day,
    read_generously,
    render_whole_page,
)
from core.captures import Capture
from core.outlets import CleaningOverrides, Outlet
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures
from tasks.clean.words.draft import Draft

HALVES = ("A", "B")
WITH_FIELDS = ("wcxb", "fundus")
FIELDS = ("title", "author", "date")


@dataclass(frozen=True)
class Reading:
    """What was read of a page: its body, and title, authors and day in the scorer's shape."""

    text: str = ""
    title: str | None = None
    author: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True)
class Counted:
    """A page's count for the body, and which of its fields are right; a field without gold is not there."""

    body: tuple[int, int, int, bool]
    fields: dict[str, bool]


@contextmanager
def watch_rules() -> Iterator[set[str]]:
    """The rules that take a line while this lasts, in readings that were given up too."""
    fired: set[str] = set()
    remove = Draft.remove

    def watched(draft: Draft, numbers: Any, rule: str) -> None:
        listed = list(numbers)
        if listed:
            fired.add(rule)
        remove(draft, listed, rule)

    Draft.remove = watched  # type: ignore[method-assign]
    try:
        yield fired
    finally:
        Draft.remove = remove  # type: ignore[method-assign]


@contextmanager
def extract_once() -> Iterator[None]:
    """Within this trafilatura reads the one page at hand once, however often the stage asks."""
    extract, found = trafilatura.bare_extraction, []

    def remembered(*arguments: Any, **options: Any) -> Any:
        if not found:
            found.append(extract(*arguments, **options))
        return found[0]

    trafilatura.bare_extraction = remembered
    try:
        yield
    finally:
        trafilatura.bare_extraction = extract


def clean_page(row: Row, capture: Capture, rule: str | None = None) -> tuple[Reading, set[str]]:
    """The page as it is read without the rule, and the rules that took a line of it."""
    outlet = Outlet(key="bench", cleaning=CleaningOverrides(disabled_rules=(rule,) if rule else ()))
    with watch_rules() as fired:
        rows = clean_captures([capture], CleanOptions(outlets={"bench": outlet}, min_words=1)).rows
    fired |= {row["rule"] for row in rows.get("removed_lines", [])}
    if not rows.get("articles"):
        return Reading(), fired
    article = rows["articles"][0]
    day = local_day(row, article["published_at"], article["published_date"])
    return Reading(article["body_text"], article["title"], tuple(article["authors"]), day), fired


class Ablation:
    """One set: each page's count with all rules, and by rule the counts of the pages it changes."""

    def __init__(
        self, scorer: ModuleType, captures: Iterable[tuple[Row, Capture]], with_fields: bool
    ) -> None:
        self._scorer = scorer
        self._with_fields = with_fields
        self._whole: list[Counted] = []
        self._without: dict[str, dict[int, Counted]] = defaultdict(dict)
        self._halves: dict[str, list[int]] = {half: [] for half in HALVES}
        for number, (row, capture) in enumerate(captures):
            self._halves[half_of(row)].append(number)
            with extract_once():
                self._add(number, row, capture)

    def _add(self, number: int, row: Row, capture: Capture) -> None:
        reading, fired = clean_page(row, capture)
        self._whole.append(self._count(row, reading))
        for rule in sorted(fired):
            other = clean_page(row, capture, rule)[0]
            if other != reading:
                self._without[rule][number] = self._count(row, other)

    def _count(self, row: Row, reading: Reading) -> Counted:
        fields: dict[str, bool] = {}
        if self._with_fields:
            found = self._scorer.meta_scores([(row, vars(reading) | {"author": list(reading.author)})])
            fields = {field: bool(found[field]["exact"]) for field in FIELDS if field in found}
        return Counted(self._scorer.page(row["gold_text"], reading.text), fields)

    @property
    def rules(self) -> set[str]:
        return set(self._without)

    def size(self, half: str) -> int:
        """Pages of the half."""
        return len(self._halves[half])

    def gain(self, rule: str, half: str) -> float | None:
        """Body F1 that the rule adds to the half; None if it changes no body there."""
        numbers = self._halves[half]
        changed = self._without.get(rule, {})
        if not any(n in changed and changed[n].body != self._whole[n].body for n in numbers):
            return None
        whole = self._scorer.agg([self._whole[n].body for n in numbers])["f1"]
        without = self._scorer.agg([changed.get(n, self._whole[n]).body for n in numbers])["f1"]
        return float(whole - without)

    def pages_gained(self, rule: str, half: str, field: str) -> tuple[int, int]:
        """Pages of the half whose field is right with the rule only, and without it only."""
        changed = self._without.get(rule, {})
        pairs = [
            (self._whole[n].fields[field], changed[n].fields[field])
            for n in self._halves[half]
            if n in changed and field in self._whole[n].fields
        ]
        return pairs.count((True, False)), pairs.count((False, True))

    def count(self, rule: str) -> int:
        """Pages whose body or fields the rule changes."""
        return len(self._without.get(rule, {}))


def read_sets(sample: int | None, only: str | None) -> Iterator[tuple[str, Iterable[tuple[Row, Capture]]]]:
    """Each set by name with its captures: three of pages, two of texts made from them; `only` names one, or `text`."""
    gold = {name: load_gold(name, sample) for name in PAGE_SETS}
    for name, rows in gold.items():
        if only in (None, name):
            yield name, ((row, capture_page(row)) for row in rows)
    every = [row for rows in gold.values() for row in rows]
    if only in (None, "text"):
        yield "texts", ((row, capture_text(row, read_generously(row))) for row in every)
        yield "whole pages as text", ((row, capture_text(row, render_whole_page(row))) for row in every)


def print_rules(scorer: ModuleType, sample: int | None, only: str | None = None) -> None:
    """The tables of docs/ablation-cleaning.md: body F1, then titles, authors and days where a rule changes one."""
    sets = {
        name: Ablation(scorer, captures, with_fields=name in WITH_FIELDS)
        for name, captures in read_sets(sample, only)
    }
    rules = sorted(set().union(*(one.rules for one in sets.values())))
    heads = [f"{name}, {one.size('A')} / {one.size('B')}" for name, one in sets.items()]
    _print_table(["rule", *heads, "changed"], [_render_gains(sets, rule) for rule in rules])
    told = {name: one for name, one in sets.items() if name in WITH_FIELDS}
    heads = [f"{name}: {field}" for name in told for field in FIELDS]
    if rows := [row for rule in rules if any((row := _render_fields(told, rule))[1:])]:
        print()
        _print_table(["rule", *heads], rows)


def _render_gains(sets: dict[str, Ablation], rule: str) -> list[str]:
    def cell(one: Ablation) -> str:
        gains = [one.gain(rule, half) for half in HALVES]
        shown = [" . " if gain is None else f"{gain:+.4f}" for gain in gains]
        return "" if gains == [None, None] else " / ".join(shown)

    changed = sum(one.count(rule) for one in sets.values())
    return [f"`{rule}`", *(cell(one) for one in sets.values()), str(changed)]


def _render_fields(sets: dict[str, Ablation], rule: str) -> list[str]:
    def cell(one: Ablation, field: str) -> str:
        halves = [one.pages_gained(rule, half, field) for half in HALVES]
        return " / ".join(f"+{won} -{lost}" for won, lost in halves) if any(map(any, halves)) else ""

    return [f"`{rule}`", *(cell(one, field) for one in sets.values() for field in FIELDS)]


def _print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    for cells in (head, ["---"] * len(head), *rows):
        print(f"| {' | '.join(cells)} |", flush=True)
