"""The answer of `copydesk explain --figure` on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.console.terminal import say_text

_REASONS = 6


def print_figure(found: Mapping[str, Any]) -> None:
    """The question, the figure, those beside it with verdict and reasons, and those that came nearest."""
    question, figure = found["question"], found["figure"]
    if question:
        verdict = f": {question['verdict']}" if question["verdict"] else ""
        counts = f"{question['outlet_count']} outlets, {question['source_count']} sources"
        say_text(f"{question['label']}{verdict} ({counts}; question {question['question_id']})\n")
    _print_reading(figure)
    for row in found["same_question"]:
        say_text(f"\n{(row['verdict'] or '').upper()}: {row['verdict_why']}.")
        _print_reading(row)
        _print_reasons(row, "The same question")
    if not found["same_question"]:
        say_text("\nNo figure of another article answers its question.")
    for row in found["nearest_others"]:
        say_text(f"\nANOTHER QUESTION: {row['why_apart']}.")
        _print_reading(row)
        _print_reasons(row, "Another question")


def _print_reading(row: Mapping[str, Any]) -> None:
    when = f", {row['published_at']:%Y-%m-%d %H:%M}" if row["published_at"] else ""
    source = f"; source: {row['source']}" if row["source"] else ""
    say_text(f"  {row['outlet']}{when}{source} ({row['article_id'][:8]}:{row['start_char']})")
    say_text(f"  {' '.join(row['sentence'].split())}")
    say_text(f"  told for {row['told_for']}")


def _print_reasons(row: Mapping[str, Any], what: str) -> None:
    odds = row["log_odds_above_bound"]
    if odds is None:
        say_text(f"  {what}: by the rest of the question alone; these two were not compared.")
        return
    side = "above" if odds >= 0 else "below"
    say_text(f"  {what}: log odds {abs(odds):.1f} {side} the bound. + speaks for one question, - against:")
    for reason in row["reasons"][:_REASONS]:
        say_text(f"    {reason['weight']:+.1f}  {reason['words']}")
