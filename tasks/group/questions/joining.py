"""Groups of answers that differ in their values alone: a question that outlets answer differently.

Equal values find each other first, so that two outlets with one number and a third with another would stay two
questions. Groups whose sentences say the same thing of the same thing are joined, whatever their values.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import partial

from tasks.group.questions.answers import Answer
from tasks.group.questions.kinds import are_comparable
from tasks.group.questions.margins import Margins
from tasks.group.questions.remembered import Remembered
from tasks.group.questions.rules.incomparable import object_to_comparison

# How far below what pairs need on average two groups that say the same about the same thing can be. Chosen on the development
# pairs: see benchmarks/train/weights/questions.py.
BELOW = -0.8
# And their surest pair at least.
SUREST = 0.0
_EMPTY = frozenset({"be", "have", "do", "say", "tell", "get", "one", "other", "number", "total"})


def join_alike(groups: Sequence[list[int]], answers: Sequence[Answer], margins: Margins) -> list[list[int]]:
    """The groups, joined if they say the same about the same thing; `margins` are those of pairs of answers."""
    groups = _join_contrasts(groups, answers)
    home = {place: number for number, group in enumerate(groups) for place in group}
    joined = {number: list(group) for number, group in enumerate(groups)}
    candidates = {
        (min(home[i], home[j]), max(home[i], home[j]))
        for i, j in margins.above(BELOW)
        if i in home and j in home and home[i] != home[j]
    }
    alike = Remembered(joined, partial(_say_the_same, answers, margins))
    means = {pair: margins.mean(groups[pair[0]], groups[pair[1]]) for pair in candidates}
    for (a, b), _ in sorted(means.items(), key=lambda item: (-item[1], item[0])):
        one, other = home[groups[a][0]], home[groups[b][0]]
        if one == other or not alike.ask(one, other):
            continue
        joined[one] += joined.pop(other)
        home.update(dict.fromkeys(joined[one], one))
    return [sorted(group) for group in joined.values()]


def _join_contrasts(groups: Sequence[list[int]], answers: Sequence[Answer]) -> list[list[int]]:
    """The groups, with those joined whose numbers an article sets against each other."""
    places = {id(answer): place for place, answer in enumerate(answers)}
    home = {place: number for number, group in enumerate(groups) for place in group}
    joined = {number: list(group) for number, group in enumerate(groups)}
    for place, answer in enumerate(answers):
        for other in answer.contrasts:
            one, two = home[place], home[places[id(other)]]
            if one != two and _are_near(joined[one], joined[two], answers):
                joined[one] += joined.pop(two)
                home.update(dict.fromkeys(joined[one], one))
    return [sorted(group) for group in joined.values()]


def _are_near(ones: Sequence[int], others: Sequence[int], answers: Sequence[Answer]) -> bool:
    """Whether nouns and roles of no two answers of different articles clash, values aside."""
    pairs = [(answers[i], answers[j]) for i, j in itertools.product(ones, others)]
    return all(are_comparable(one.kind, other.kind) for one, other in pairs) and not any(
        _count_others(one, other) for one, other in pairs
    )


def _count_others(one: Answer, other: Answer) -> bool:
    """Whether both have a noun, and only one counts persons, or what befell them is something else."""
    if not (_has_noun(one) and _has_noun(other)):
        return False
    ours, theirs = one.words("outcomes"), other.words("outcomes")
    return bool(one.words("persons")) != bool(other.words("persons")) or bool(
        ours and theirs and not ours & theirs
    )


def _has_noun(answer: Answer) -> bool:
    return any(mention.figure["counted"] for mention in answer.mentions) and bool(
        answer.words("nouns") - _EMPTY
    )


def _say_the_same(
    answers: Sequence[Answer], margins: Margins, ones: Sequence[int], others: Sequence[int]
) -> bool:
    told, told_too = _without_borrowed(ones, answers), _without_borrowed(others, answers)
    if margins.mean(told, told_too) < BELOW or margins.best(told, told_too) < SUREST:
        return False
    for i, j in itertools.product(ones, others):
        one, other = answers[i], answers[j]
        if not are_comparable(one.kind, other.kind):
            return False
        if one.article_id == other.article_id:
            # "the nearly hour-long call ... lasted 50 minutes" says one thing twice
            # and "26, says the owner, and 29, says the inspector" is repeated by "26"
            if not (
                one.interval.meets(other.interval)
                or _have_two_sources(one, other)
                or _is_repeated(one, others, answers)
                or _is_repeated(other, ones, answers)
            ):
                return False
        elif i in told and j in told_too and object_to_comparison(one, other):
            return False
    return _are_tied([answers[i] for i in ones], [answers[j] for j in others])


def _without_borrowed(group: Sequence[int], answers: Sequence[Answer]) -> Sequence[int]:
    """The answers of a group whose words say what they answer: "and 23, according to the hospital" has them from another."""
    borrowed = {id(other) for place in group for other in answers[place].contrasts}
    return [place for place in group if id(answers[place]) not in borrowed] or group


def _is_repeated(answer: Answer, group: Sequence[int], answers: Sequence[Answer]) -> bool:
    """Whether an answer of the group says the same in the same article."""
    return any(
        answers[place].article_id == answer.article_id and answers[place].interval.equals(answer.interval)
        for place in group
    )


def _have_two_sources(one: Answer, other: Answer) -> bool:
    """Whether an article gives two answers of two sources: 17 according to the company, 23 to the hospital."""
    ours, theirs = (
        {str(m.figure["attributed_to"]).lower() for m in answer.mentions if m.figure["attributed_to"]}
        for answer in (one, other)
    )
    return bool(ours and theirs) and not ours & theirs


def _are_tied(ones: Sequence[Answer], others: Sequence[Answer]) -> bool:
    """Whether they name the same thing, and counts count the same about it."""
    ours, theirs = (
        {
            name: frozenset().union(*(answer.words(name) for answer in answers)) - _EMPTY
            for name in ("nouns", "measured", "predicates", "role_words", "outcomes")
        }
        for answers in (ones, others)
    )
    if ones[0].kind == "count":
        said = ("predicates", "role_words", "outcomes")
        return bool(ours["nouns"] & theirs["nouns"]) and any(ours[name] & theirs[name] for name in said)
    things = [side["nouns"] | side["measured"] | side["predicates"] for side in (ours, theirs)]
    return bool(things[0] & things[1])
