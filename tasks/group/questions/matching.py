"""Which answers of a story's articles answer the same question."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from tasks.group.questions.answers import Answer
from tasks.group.questions.incidence import FeatureArray, Indices
from tasks.group.questions.joining import join_alike
from tasks.group.questions.kinds import KINDS, are_comparable
from tasks.group.questions.margins import SURE, WINDOW, Margins
from tasks.group.questions.model import PairModels, Prices, choice_features, load_models
from tasks.group.questions.pair_features import Bools, Pairs, compare_pairs, feature_names, number_texts
from tasks.group.questions.remembered import Remembered
from tasks.group.questions.rules.incomparable import find_objection, find_other_fates, find_other_times
from tasks.group.questions.same_person import agree

# Log odds that a pair needs. Chosen out of fold by benchmarks/train/weights/questions.py. Two numbers that cannot both be true need
# more, since a dispute accuses: at -.75 four sets of invented stories show 31 disputes more, and 23 of them are false.
ENOUGH_EQUAL = -0.4
ENOUGH_MEETING = -1.0  # both can be true: no accusation
ENOUGH_DIFFERENT = -0.4
_COLUMNS = ("alike", "choice", "scores", "taken")
LACKING, SURELY_EQUAL = -0.75, 0.5


# The age of a person of one name is one question, whatever its values.
_NAME_PLACE = feature_names().index("holder's name")


@dataclass(frozen=True, slots=True)
class Scored:
    """The comparable pairs of a story with the log odds that they answer one question, and what rules take from these."""

    pairs: Pairs
    alike: FeatureArray
    choice: FeatureArray
    scores: FeatureArray
    taken: FeatureArray
    prices: Prices


@cache
def _comparable() -> Bools:
    """Which of KINDS, by row, can answer one question with which, by column."""
    return np.array([[are_comparable(one, other) for other in KINDS] for one in KINDS])


def find_pairs(answers: Sequence[Answer]) -> tuple[Indices, Indices]:
    """Pairs of answers of different articles that could answer one question at all."""
    if not answers:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    kinds = np.array([KINDS.index(answer.kind) for answer in answers])
    codes = {name: code for code, name in enumerate(dict.fromkeys(x.article_id for x in answers))}
    articles = np.array([codes[x.article_id] for x in answers])
    units = number_texts([answer.interval.unit for answer in answers])
    same_unit = (units[:, None] == units) | (units == 0) | (units[:, None] == 0)
    possible = np.triu(_comparable()[kinds][:, kinds] & (articles[:, None] != articles) & same_unit, 1)
    names = [answer.names for answer in answers]
    named = [place for place, found in enumerate(names) if found]
    for i, j in itertools.combinations(named, 2):
        if possible[i, j] and agree(names[i], names[j]) < 0:
            possible[i, j] = False
    for i, j in find_other_fates(answers):
        possible[i, j] = False
    for i, j in find_other_times(answers):
        possible[min(i, j), max(i, j)] = False
    first, second = np.nonzero(possible)
    return first, second


def score_pairs(answers: Sequence[Answer], models: PairModels | None = None) -> Scored:
    """Compare every pair that could answer one question; in a story of many articles, each article with those of the
    WINDOW before it, in the order given."""
    parts = list(_score_steps(answers, models))
    if len(parts) == 1:
        return parts[0]
    names = ("first", "second", "features", "groups")
    pairs = Pairs(*(np.concatenate([getattr(part.pairs, name) for part in parts]) for name in names))
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS}
    return Scored(pairs, **columns, prices=parts[0].prices)


def weigh_pairs(answers: Sequence[Answer], models: PairModels | None = None) -> Margins:
    """The margins of every pair that could answer one question. The features of its pairs are let go WINDOW articles by
    WINDOW articles: a story of thousands would fill the memory with them."""
    models = models or load_models()
    weighed = [(part.pairs.first, part.pairs.second, margin(part)) for part in _score_steps(answers, models)]
    first, second, values = (np.concatenate(columns) for columns in zip(*weighed, strict=True))
    return Margins(answers, first, second, values, models.prices)


def _score_steps(answers: Sequence[Answer], models: PairModels | None = None) -> Iterator[Scored]:
    """The pairs of a story, of a large one those of WINDOW articles after the other."""
    order = order_articles(answers)
    if not order or order[-1] < WINDOW:
        yield _score(answers, models)
        return
    for begin in range(0, order[-1] + 1, WINDOW):
        yield _score_step(answers, order, begin, models)


def order_articles(answers: Sequence[Answer]) -> list[int]:
    """The number of each answer's article: 0 for the first article, 1 for the next."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(answer.article_id, len(numbers)) for answer in answers]


def _score_step(
    answers: Sequence[Answer], order: Sequence[int], begin: int, models: PairModels | None
) -> Scored:
    """The pairs whose later article is one of WINDOW articles."""
    places = np.array(
        [place for place, number in enumerate(order) if begin - WINDOW <= number < begin + WINDOW],
        dtype=np.intp,
    )
    found = _score([answers[place] for place in places], models)
    numbers = np.array(order, dtype=np.intp)
    first, second = places[found.pairs.first], places[found.pairs.second]
    new = np.maximum(numbers[first], numbers[second]) >= begin
    pairs = Pairs(first[new], second[new], found.pairs.features[new], found.pairs.groups[new])
    columns = {name: getattr(found, name)[new] for name in _COLUMNS}
    return Scored(pairs, **columns, prices=found.prices)


def _score(answers: Sequence[Answer], models: PairModels | None) -> Scored:
    models = models or load_models()
    pairs = compare_pairs(answers, *find_pairs(answers))
    alike = models.alike.scores(pairs.features, pairs.groups)
    choice = choice_features(answers, pairs, alike)
    scores = models.choice.scores(choice, np.zeros_like(pairs.groups))
    found = Scored(pairs, alike, choice, scores, np.zeros(len(scores)), models.prices)
    for place in np.flatnonzero(margin(found) >= 0).tolist():
        objection = find_objection(answers[pairs.first[place]], answers[pairs.second[place]])
        found.taken[place] = models.prices.get(objection, 0.0) if objection else 0.0
    return found


def margin(scored: Scored) -> FeatureArray:
    """How far each pair is above what it needs: most for equal values, which are equal by chance as well. The age of
    a person of one name is one question."""
    equal, meets = scored.choice[:, 1] > 0, scored.choice[:, 2] > 0
    needed = np.where(equal, ENOUGH_EQUAL, np.where(meets, ENOUGH_MEETING, ENOUGH_DIFFERENT))
    above = np.asarray(scored.scores - needed - scored.taken)
    named = scored.pairs.features[:, _NAME_PLACE] > 0
    return np.where(named, np.maximum(above, SURE), above)


def cluster_answers(answers: Sequence[Answer], scored: Scored) -> list[list[int]]:
    """Answers by question: lists of places in `answers`, two or more articles in each."""
    first, second = scored.pairs.first, scored.pairs.second
    return join_answers(answers, Margins(answers, first, second, margin(scored), scored.prices))


def join_answers(answers: Sequence[Answer], margins: Margins) -> list[list[int]]:
    """Answers by question, by the margins of their pairs: lists of places in `answers`, two or more articles in each.

    Pairs join from the best down. A question has one answer of an article, and a pair joins two
    groups only if the mean over their pairs is above what they need. Then groups that differ in their values alone
    join (joining.py).
    """
    groups = {place: [place] for place in range(len(answers))}
    home = {place: place for place in groups}
    fits = Remembered(groups, partial(_fit, answers, margins))
    for i, j in margins.best_first():
        a, b = home[i], home[j]
        if a == b or not fits.ask(a, b) or not _can_join(groups[a], groups[b], answers, margins, (i, j)):
            continue
        groups[a] += groups.pop(b)
        home.update(dict.fromkeys(groups[a], a))
    joined = join_alike([sorted(group) for group in groups.values()], answers, margins)
    return [group for group in joined if len(group) > 1]


def _fit(answers: Sequence[Answer], margins: Margins, ones: Sequence[int], others: Sequence[int]) -> bool:
    """Whether two groups can join, whichever pair of them asks. The mean of two small ones is that of all pairs."""
    for i, j in itertools.product(ones, others):
        if answers[i].article_id == answers[j].article_id and not _repeats(answers[i], answers[j]):
            return False
    compared = itertools.product(margins.sample(ones), margins.sample(others))
    if not all(_meet_or_excuse(i, j, ones, others, answers, margins.prices) for i, j in compared):
        return False
    return (
        margins.is_sampled(ones) or margins.is_sampled(others) or _is_enough(ones, others, answers, margins)
    )


def _meet_or_excuse(
    i: int,
    j: int,
    ones: Sequence[int],
    others: Sequence[int],
    answers: Sequence[Answer],
    prices: Prices,
) -> bool:
    """Whether two answers can answer one question, or one of them says the same as another of its group that can:
    "a total of 412" says little, "412 cases" more."""
    one, other = answers[i], answers[j]
    if _may_meet(one, other, prices):
        return True
    if one.interval.meets(other.interval) or one.kind == "score":
        return False
    equal_to_one = (k for k in ones if k != i and answers[k].interval.equals(one.interval))
    equal_to_other = (k for k in others if k != j and answers[k].interval.equals(other.interval))
    return any(_may_meet(answers[k], other, prices) for k in equal_to_one) or any(
        _may_meet(one, answers[k], prices) for k in equal_to_other
    )


def _is_enough(
    ones: Sequence[int],
    others: Sequence[int],
    answers: Sequence[Answer],
    margins: Margins,
    pair: tuple[int, int] | None = None,
) -> bool:
    """Whether the mean over the pairs of two groups is what they need. Where two of them are equal and sure, the others
    may lack a little: what differs from one differs from its equal."""
    mean = margins.mean(ones, others, pair)
    if mean >= 0 or mean < LACKING or answers[ones[0]].kind == "score":
        return mean >= 0
    equal = [(i, j) for i in ones for j in others if answers[i].interval.equals(answers[j].interval)]
    return any(margins.mean([i], [j]) >= SURELY_EQUAL for i, j in equal)


def _can_join(
    ones: Sequence[int],
    others: Sequence[int],
    answers: Sequence[Answer],
    margins: Margins,
    pair: tuple[int, int],
) -> bool:
    """Whether two groups that fit join for the sake of this pair."""
    may_meet = _may_meet(answers[pair[0]], answers[pair[1]], margins.prices)
    return may_meet and _is_enough(ones, others, answers, margins, pair)


def _may_meet(one: Answer, other: Answer, prices: Prices) -> bool:
    """Whether no rule forbids that they answer one question: one that has a price only takes it."""
    if one.article_id == other.article_id:
        return True
    objection = find_objection(one, other)
    return objection is None or objection in prices


def _repeats(one: Answer, other: Answer) -> bool:
    """Whether an article says one thing twice: "an estimated $1 million", "$1 million"; not for two persons."""
    if agree(one.names, other.names) < 0:
        return False
    ours, theirs = one.words("nouns"), other.words("nouns")
    if one.interval.equals(other.interval):
        are_persons = bool(one.words("persons") and other.words("persons"))
        befell, others = one.words("outcomes"), other.words("outcomes")
        if are_persons and befell and others and not befell & others:
            return False
        return one.kind != "count" or are_persons or bool(ours & theirs) or not (ours and theirs)
    is_alike = bool(ours & theirs) or not (ours or theirs)
    if not (is_alike or (ours and theirs)):  # "seventeen hurt", "injuring at least 17 of them"
        is_alike = bool(one.words("outcomes") & other.words("outcomes"))
    return one.interval.meets(other.interval) and is_alike
