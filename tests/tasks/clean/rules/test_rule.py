"""Cleaning rules as objects: a name and its meaning are declared once, and lines go as soon as they are found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tasks.clean.rules.order import PAGE_RULES
from tasks.clean.rules.rule import Rule, declare, in_rounds, rule
from tasks.clean.words.draft import Draft, RuleName
from tasks.clean.words.lines import Line


def make_draft(*texts: str, disabled: frozenset[str] = frozenset()) -> Draft:
    return Draft(lines=[Line(text) for text in texts], body=list(range(len(texts))), disabled=disabled)


def make_last_line_rule(name: str) -> Rule:
    @rule(RuleName(name))
    def take_last(draft: Draft) -> Iterator[int]:
        """The last kept line. It goes whatever it says."""
        yield draft.kept[-1]

    return take_last


def test_a_name_is_declared_once() -> None:
    taken = PAGE_RULES[0].names[0]
    with pytest.raises(ValueError, match=f"{taken!r} is declared twice"):
        declare(taken, "times of high water")


def test_a_rule_removes_lines_under_its_name_unless_it_is_switched_off() -> None:
    take_last = make_last_line_rule("bell")
    draft, off = make_draft("Low tide", "High tide"), make_draft("Low tide", disabled=frozenset({"bell"}))
    take_last(draft)
    take_last(off)
    assert (draft.removed, off.removed) == ({1: "bell"}, {})


def test_a_rule_sees_the_lines_that_it_has_removed() -> None:
    @rule(RuleName("chain"))
    def take_chain(draft: Draft) -> Iterator[int]:
        """A line beside a removed one."""
        for number in draft.kept:
            if number == 1 or number - 1 in draft.removed:
                yield number

    draft = make_draft("one", "two", "three", "four")
    take_chain(draft)
    assert draft.kept == [0]


def test_a_summary_is_the_first_sentence_of_the_docstring() -> None:
    assert make_last_line_rule("bell").summary == "The last kept line"


def test_rounds_end_when_nothing_more_is_found_and_at_the_latest_when_told() -> None:
    take_last = make_last_line_rule("bell")
    draft = make_draft("one", "two", "three", "four")
    in_rounds("Last lines", 3, take_last)(draft)
    assert draft.kept == [0]
    off = make_draft("one", "two", disabled=frozenset({"bell"}))
    in_rounds("Last lines", 3, take_last)(off)
    assert off.kept == [0, 1]
