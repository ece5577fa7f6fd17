"""What each cleaning rule adds: body F1 of the whole stage less that of the stage without the rule.

A rule is switched off as an outlet would do it (`disabled_rules`), so its lines come back to the body,
also those of boxes beside it. Only the pages on which a rule takes a line are cleaned again without it;
on the others it changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from benchmarks.corpora import Row
from benchmarks.score.cleaning.pages import (
    PAGE_SETS,
    capture_page,
    capture_text,
    load_gold,
    read_generously,
    render_whole_page,
)
from core.captures import Capture
from core.outlets import CleaningOverrides, Outlet
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures
from tasks.clean.words.draft import Draft

Counted = tuple[int, int, int, bool]


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


def clean_body(capture: Capture, rule: str | None = None) -> tuple[str, set[str]]:
    """The body without the rule, and the rules that took a line of the page."""
    outlet = Outlet(key="bench", cleaning=CleaningOverrides(disabled_rules=(rule,) if rule else ()))
    with watch_rules() as fired:
        rows = clean_captures([capture], CleanOptions(outlets={"bench": outlet}, min_words=1)).rows
    fired |= {row["rule"] for row in rows.get("removed_lines", [])}
    return (rows["articles"][0]["body_text"] if rows.get("articles") else ""), fired


class Ablation:
    """One set: each page's count with all rules, and by rule the counts of the pages it changes."""

    def __init__(self, scorer: ModuleType, captures: list[tuple[Row, Capture]]) -> None:
        self._scorer = scorer
        self._whole: list[Counted] = []
        self._without: dict[str, dict[int, Counted]] = defaultdict(dict)
        for number, (row, capture) in enumerate(captures):
            body, fired = clean_body(capture)
            self._whole.append(scorer.page(row["gold_text"], body))
            for rule in sorted(fired):
                other = clean_body(capture, rule)[0]
                if other != body:
                    self._without[rule][number] = scorer.page(row["gold_text"], other)

    @property
    def rules(self) -> set[str]:
        return set(self._without)

    def gain(self, rule: str) -> float:
        """Body F1 that the rule adds to the set."""
        changed = self._without.get(rule, {})
        counts = [changed.get(number, count) for number, count in enumerate(self._whole)]
        return float(self._scorer.agg(self._whole)["f1"] - self._scorer.agg(counts)["f1"])

    def count(self, rule: str) -> int:
        """Pages whose body the rule changes."""
        return len(self._without.get(rule, {}))


def read_sets(sample: int | None) -> Iterator[tuple[str, list[tuple[Row, Capture]]]]:
    """Each set by name with its captures: three of pages, two of texts made from them."""
    gold = {name: load_gold(name, sample) for name in PAGE_SETS}
    for name, rows in gold.items():
        yield name, [(row, capture_page(row)) for row in rows]
    every = [row for rows in gold.values() for row in rows]
    yield "texts", [(row, capture_text(row, read_generously(row))) for row in every]
    yield "whole pages as text", [(row, capture_text(row, render_whole_page(row))) for row in every]


def print_rules(scorer: ModuleType, sample: int | None) -> None:
    """The table of docs/ablation-cleaning.md."""
    sets = {name: Ablation(scorer, captures) for name, captures in read_sets(sample)}
    print(f"| rule | {' | '.join(sets)} | bodies changed |")
    print(f"|---|{'---|' * len(sets)}---|")
    for rule in sorted(set().union(*(one.rules for one in sets.values()))):
        gains = " | ".join(f"{one.gain(rule):+.4f}" if one.count(rule) else "" for one in sets.values())
        print(f"| `{rule}` | {gains} | {sum(one.count(rule) for one in sets.values())} |")
