"""The list of cleaning rules, and docs/cleaning-rules.md made from it:
`python -m tasks.clean.rules.rules_page > docs/cleaning-rules.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from tasks.clean.rules import outside, surroundings  # noqa: F401  # they declare rules that are in no order
from tasks.clean.rules.order import PAGE_RULES, TEXT_RULES
from tasks.clean.rules.rule import Rule, declared_rules
from tasks.clean.words.phrases import read_groups

_INTRODUCTION = """\
# Cleaning rules

Made from `tasks/clean/rules/` and `tasks/clean/words/phrases/groups.toml` by
`python -m tasks.clean.rules.rules_page > docs/cleaning-rules.md`; a test keeps it current.

The names are those of `removed_lines.rule` and of an outlet's `disabled_rules`. Every removed line keeps the name of
the first rule that removed it. [CONTRIBUTING.md](../CONTRIBUTING.md#add-a-cleaning-rule) says how to add a rule.

| rule | takes out |
|---|---|
"""


def list_rules() -> dict[str, str]:
    """Every name that `removed_lines.rule` can hold, in alphabetical order, with what is removed under it.

    Raises ValueError for a phrase group that has the name of a declared rule.
    """
    declared, groups = declared_rules(), read_groups()
    if twice := sorted(declared.keys() & groups.keys()):
        raise ValueError(f"cleaning rule {twice[0]!r} is a phrase group too; rename one of the two")
    every = {**declared, **{group.name: group.meaning for group in groups.values()}}
    return {name: every[name] for name in sorted(every)}


def find_rule_problem(name: str) -> str | None:
    """Why a name cannot be in `disabled_rules`, or None if a rule has it."""
    rules = list_rules()
    if name in rules:
        return None
    near = get_close_matches(name, rules, 1)
    lead = f"did you mean {near[0]}? The" if near else "the"
    return f"there is no rule {name!r}; {lead} rules are {', '.join(rules)}"


def render_rules_page() -> str:
    """The page: every rule with its meaning, then the steps for pages and for texts."""
    rows = "".join(f"| {name} | {meaning} |\n" for name, meaning in list_rules().items())
    pages, texts = "\n".join(_render_order(PAGE_RULES)), "\n".join(_render_order(TEXT_RULES))
    return f"{_INTRODUCTION}{rows}\n## What is looked for on a page, in this order\n{pages}\n\n## What is looked for in a text, in this order\n{texts}\n"


def _render_order(rules: Sequence[Rule]) -> Iterator[str]:
    return (f"{place}. {rule.summary} ({', '.join(rule.names)})" for place, rule in enumerate(rules, 1))


if __name__ == "__main__":
    sys.stdout.write(render_rules_page())
