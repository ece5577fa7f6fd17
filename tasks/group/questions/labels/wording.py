"""A question in words, as a reader would put it: "people killed", "Kevin Pimentel's age", "reward".

Where no noun and verb that two reports share tell it, the label is a printed clause (clauses.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence

from tasks.group.questions.answers import Answer, Mention
from tasks.group.questions.labels.clauses import quote_clause
from tasks.group.questions.labels.counting import word_count
from tasks.group.questions.labels.shared_words import DIMENSIONS, commonest, measured, share_measured
from tasks.group.questions.same_person import agree
from tasks.group.questions.words.lexicon import base_words

_LASTING = frozenset({"last", "continue", "drag", "long"})
# What money is called by what it is for, and the nouns of things that are sums.
_PRICES = {"sell": "price", "fetch": "price", "buy": "price", "cost": "cost"}
_SUMS = frozenset(
    [
        "aid", "allowance", "amount", "award", "bail", "benefit", "bid", "bill", "bond", "bonus", "budget", "capital",
        "charge", "compensation", "contract", "cost", "damage", "deal", "debt", "deficit", "deposit", "dividend", "donation",
        "earning", "expense", "fee", "fine", "fund", "funding", "gift", "grant", "guarantee", "income", "investment", "limit", "loan",
        "loot", "loss", "market", "money", "offer", "package", "pay", "payment", "payout", "pension", "penalty", "premium", "price", "profit",
        "ransom", "rate", "rent", "repair", "revenue", "reward", "salary", "saving", "settlement", "spending", "stake", "subsidy",
        "sum", "surplus", "tax", "toll", "turnover", "value", "wage", "worth",
    ]
)  # fmt: skip
_AMOUNTS = {"money": "amount", "duration": "time", "percent": "share"}


def word_question(answers: Sequence[Answer], taken: Container[str] = ()) -> str:
    """The label of a question from the readings that answer it; a printed clause if another question has the label."""
    kind = Counter(answer.kind for answer in answers).most_common(1)[0][0]
    mentions = [mention for answer in answers for mention in answer.mentions]
    label, is_telling = _MAKERS.get(kind, _amount)(mentions)
    is_noun = kind == "count" and label not in ("people", "number")
    must_share = is_noun and label not in taken
    if (not is_telling or label in taken) and (clause := quote_clause(answers, must_share=must_share)):
        return clause
    per = commonest(m.figure["per"] for m in mentions if m.figure["per"])
    return f"{label} per {per}" if per and per != "each" else label


def _age(mentions: Sequence[Mention]) -> tuple[str, bool]:
    named = [m for m in mentions if m.name]
    names = [m.name for m in named if m.name]
    if named and all(agree([name], names[:1]) > 0 for name in names):
        holder = commonest(m.figure["measured"] for m in named) or ""
        holder = re.sub("['’]s$", "", holder)
        return f"{holder}'s age", True
    noun = measured([m for m in mentions if not m.name])
    return (f"age of the {noun}", True) if noun else ("age", False)


def _amount(mentions: Sequence[Mention]) -> tuple[str, bool]:
    """What has the amount, if two reports say so; of a measure, only "height" and the like tell what it is, and of money
    "fine" and the like: a painting is no sum, its price is."""
    kind, noun = mentions[0].kind, measured(mentions)
    if noun is None:
        return _AMOUNTS.get(kind, "size"), False
    if kind == "money" and not _SUMS.intersection(base_words(noun)):
        return _price(mentions, noun)
    return noun, share_measured(mentions, noun) and (kind == "money" or noun in DIMENSIONS)


def _price(mentions: Sequence[Mention], noun: str) -> tuple[str, bool]:
    """ "price of the painting" if most of those that name it say that it was sold or what it cost."""
    verbs = Counter(m.figure["predicate"] for m in mentions if m.figure["measured"] == noun)
    word = next((_PRICES[verb] for verb, _ in verbs.most_common(1) if verb in _PRICES), None)
    return (f"{word} of the {noun}", noun[:1].islower()) if word else (_AMOUNTS["money"], False)


def _duration(mentions: Sequence[Mention]) -> tuple[str, bool]:
    """ "length of the talks" for what lasts."""
    noun = measured([m for m in mentions if m.figure["predicate"] in _LASTING or "-" in m.figure["surface"]])
    return (f"length of the {noun}", True) if noun and noun[:1].islower() else ("time", False)


def _share(mentions: Sequence[Mention]) -> tuple[str, bool]:
    whole = commonest(m.figure["of_whole"] or m.figure["counted"] for m in mentions)
    return (f"share of {re.sub('^of ', '', whole)}", True) if whole else ("share", False)


def _score(mentions: Sequence[Mention]) -> tuple[str, bool]:
    predicate = commonest(m.figure["predicate"] for m in mentions)
    return (f"score ({predicate})", True) if predicate else ("score", False)


_MAKERS = {"age": _age, "count": word_count, "duration": _duration, "percent": _share, "score": _score}
