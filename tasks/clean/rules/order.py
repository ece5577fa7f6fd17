"""All cleaning rules, in the order in which they are applied to a page and to a text.

A rule removes lines from a Draft under a name, which goes to `removed_lines.rule`; an outlet's `disabled_rules`
switches it off. To add one, see "Add a cleaning rule" in CONTRIBUTING.md.
"""

from __future__ import annotations

from tasks.clean.rules.boxes import BOX_RULES, EDGE_RULES, take_counters, take_markup, take_repeats
from tasks.clean.rules.echoes import take_echoes, take_endless_words, take_pull_quotes
from tasks.clean.rules.edges import take_announced, take_edges
from tasks.clean.rules.head import HEAD_RULES, take_dates, take_title
from tasks.clean.rules.learned import take_learned
from tasks.clean.rules.linked import take_asked, take_promoted
from tasks.clean.rules.outlet_rules import take_dropped
from tasks.clean.rules.phrase_lines import PHRASE_RULES, take_below_forms
from tasks.clean.rules.promotions import take_calls, take_others, take_teasers
from tasks.clean.rules.rule import Rule
from tasks.clean.rules.tail import TAIL_RULES, take_text_tail
from tasks.clean.words.draft import Draft

PAGE_RULES: tuple[Rule, ...] = (
    take_dropped,
    take_endless_words,
    *BOX_RULES,
    take_echoes,
    take_pull_quotes,
    take_learned,
    *PHRASE_RULES,
    take_edges,
    *HEAD_RULES,
    take_asked,
    take_promoted,
    take_calls,
    take_teasers,
    take_others,
    *TAIL_RULES,
    *EDGE_RULES,
)
TEXT_RULES: tuple[Rule, ...] = (
    take_endless_words,
    take_learned,
    take_below_forms,
    *PHRASE_RULES,
    take_title,
    take_dates,
    take_repeats,
    take_echoes,
    take_counters,
    take_markup,
    take_calls,
    take_text_tail,
    take_announced,
)


def apply_rules(draft: Draft, rules: tuple[Rule, ...]) -> Draft:
    """The same draft with each rule applied in turn."""
    for rule in rules:
        rule(draft)
    return draft
