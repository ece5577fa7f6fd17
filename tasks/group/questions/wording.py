"""A question in words, as a reader would put it: "people killed", "Kevin Pimentel's age", "reward"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tasks.extract.lemmas import past_participle
from tasks.group.questions.answers import Answer, Mention
from tasks.group.questions.people import agree
from tasks.group.questions.words.lexicon import head_noun, members_of

_PLURALS = {
    "person": "people",
    "dead": "people",
    "child": "children",
    "man": "men",
    "woman": "women",
    "foot": "feet",
    "life": "lives",
}
_DEAD = frozenset(
    {"die", "dead", "death", "kill", "killing", "body", "deceased", "slay", "perish", "murder", "fatality"}
)
_EMPTY = frozenset(
    {"be", "have", "do", "say", "tell", "see", "find", "identify", "describe", "get", "include", "other"}
)
# What is measured in name only: units, pronouns, and words for the amount itself.
_UNTELLING = frozenset([
    "years", "year", "old", "m", "ages", "age", "weeks", "week", "days", "day", "hours", "hour",
    "minutes", "months", "month", "it", "that", "this", "they", "he", "she", "which", "who", "what",
    "those", "these", "them", "one", "all", "some", "total", "amount", "number", "rest", "half",
    "percent", "miles", "metres", "feet", "same",
])  # fmt: skip
_LASTING = frozenset({"last", "take", "continue", "go", "run", "drag", "end", "begin", "start", "long"})
_DIMENSIONS = {
    "wide": "width",
    "long": "length",
    "deep": "depth",
    "high": "height",
    "tall": "height",
    "thick": "thickness",
}


def word_question(answers: Sequence[Answer]) -> str:
    """The label of a question from the readings that answer it."""
    kind = Counter(answer.kind for answer in answers).most_common(1)[0][0]
    mentions = [mention for answer in answers for mention in answer.mentions]
    per = _commonest(m.figure["per"] for m in mentions if m.figure["per"])
    label = _MAKERS.get(kind, _amount)(mentions)
    return f"{label} per {per}" if per and per != "each" else label


def _commonest(values: Iterable[str | None]) -> str | None:
    found = Counter(value for value in values if value)
    return min(found, key=lambda value: (-found[value], -len(value), value)) if found else None


def _measured(mentions: Sequence[Mention]) -> str | None:
    """What most readings say has the amount, in words that tell it."""
    words = (m.figure["measured"] or "" for m in mentions)
    told = _commonest(word for word in words if word.lower() not in _UNTELLING and not word[:1].isdigit())
    return _DIMENSIONS.get(told, told) if told else None


def _age(mentions: Sequence[Mention]) -> str:
    named = [m for m in mentions if m.name]
    names = [m.name for m in named if m.name]
    if named and all(agree([name], names[:1]) > 0 for name in names):
        holder = _commonest(m.figure["measured"] for m in named) or ""
        holder = re.sub("['’]s$", "", holder)
        return f"{holder}'s age"
    noun = _measured([m for m in mentions if not m.name])
    return f"age of the {noun}" if noun else "age"


def _count(mentions: Sequence[Mention]) -> str:
    nouns = [noun for m in mentions if (noun := head_noun(_english_noun(m)))]
    # A bare number says little of its own.
    mentions = (
        [m for m in mentions if _english_noun(m)] or [m for m in mentions if m.figure["counted"]] or mentions
    )
    roles = Counter(role for m in mentions for role in dict.fromkeys(m.figure["roles"] or ()))
    native = _commonest(m.figure.get("native_noun") for m in mentions)
    is_persons = bool(members_of("persons", nouns)) or not (nouns or native)
    if is_persons and sum(
        count for role, count in roles.items() if role.partition(":")[2] in _DEAD
    ) * 2 >= len(mentions):
        return f"{_plural(_common_noun(nouns))} killed"
    thing = "people" if not nouns and _befallen(mentions) else _thing(mentions, nouns, is_persons)
    told = [
        role for role, n in roles.most_common() if n * (3 if role.startswith("obj:") else 2) >= len(mentions)
    ]
    action = next((role for role in told if _is_action(role)), None)
    if action is None:
        where = _where(told) or _befallen(mentions) if is_persons else None
        return f"{thing} {where}" if where and _STATES.isdisjoint(thing.split()) else thing
    how, _, verb = action.partition(":")
    if how == "obj":
        done = past_participle(verb)
        return thing if done in thing.split() else f"{thing} {done}"
    return f"{thing} that {past_participle(verb, simple=True)}"


def _english_noun(mention: Mention) -> str | None:
    """The counted noun, unless it is one of another language that its glossary does not have."""
    return None if mention.figure.get("native_noun") else mention.figure["counted"]


def _befallen(mentions: Sequence[Mention]) -> str | None:
    """What befell most of the persons, in the words around the figures: hurt, missing."""
    found = Counter(word for m in mentions for word in m.sets["outcomes"] if word in ("hurt", "missing"))
    return next((word for word, count in found.most_common(1) if count * 2 >= len(mentions)), None)


def _where(roles: Iterable[str]) -> str | None:
    """A state or place that tells persons apart: "aboard", "on board", "in hospital"."""
    for role in roles:
        how, _, word = role.partition(":")
        if how == "is" and word in _STATES:
            return word
        if (how, word) in _PLACES:
            return f"{how} {word}"
    return None


_STATES = frozenset(
    ["aboard", "missing", "hurt", "injured", "wounded", "homeless", "safe", "alive", "ill", "stranded"]
)
_PLACES = frozenset(
    [("on", "board"), ("in", "hospital"), ("in", "custody"), ("at", "work"), ("without", "power")]
)


def _thing(mentions: Sequence[Mention], nouns: Sequence[str], is_persons: bool) -> str:
    """What is counted, in the words of most readings, in the plural."""
    if not nouns:
        return _measured(mentions) or _commonest(m.figure.get("native_noun") for m in mentions) or "number"
    if states := _STATES.intersection(nouns):
        return f"people {min(states)}"
    if is_persons:
        return _plural(_common_noun(nouns))
    phrase = _commonest(_clip(_english_noun(m)) for m in mentions) or "number"
    head = phrase.split()[-1]
    return phrase if head != head_noun(phrase) else phrase[: -len(head)] + _plural(head)


def _clip(counted: str | None) -> str | None:
    """The noun phrase up to what it is of."""
    words = re.split(r"\s+(?:of|from|in|for|at|on|by|with|who|that|which)\s", counted or "")[0]
    return words if words and words[:1].isupper() and " " in words else words.lower() or None


def _is_action(role: str) -> bool:
    how, _, verb = role.partition(":")
    return how in ("obj", "subj") and verb not in _EMPTY and verb.isalpha()


def _common_noun(nouns: Sequence[str]) -> str:
    """The noun that most readings use; "person" where they use several that say only that."""
    if not nouns:
        return "person"
    if len(set(nouns)) > 1 and len(members_of("persons", nouns)) == len(set(nouns)):
        top, count = Counter(nouns).most_common(1)[0]
        return top if count * 2 > len(nouns) else "person"
    return Counter(nouns).most_common(1)[0][0]


def _plural(noun: str) -> str:
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if re.search(r"(?:s|sh|ch|x|z)$", noun):
        return noun + "es"
    return noun[:-1] + "ies" if re.search(r"[^aeiou]y$", noun) else noun + "s"


def _amount(mentions: Sequence[Mention]) -> str:
    if measured := _measured(mentions):
        return measured
    noun = {"money": "amount", "duration": "time", "percent": "share"}.get(mentions[0].kind, "size")
    return _with_verb(noun, mentions)


def _with_verb(noun: str, mentions: Sequence[Mention]) -> str:
    """The noun with what most sentences say is done: "amount offered"; in brackets where it may be no verb."""
    verb = _commonest(m.figure["predicate"] for m in mentions if m.figure["predicate"] not in _EMPTY)
    if not verb:
        return noun
    roles = {role for m in mentions for role in m.figure["roles"] or ()}
    is_verb = verb.isalpha() and not roles.isdisjoint((f"obj:{verb}", f"for:{verb}", f"by:{verb}"))
    return f"{noun} {past_participle(verb)}" if is_verb else f"{noun} ({verb})"


def _duration(mentions: Sequence[Mention]) -> str:
    """ "length of the talks" for what lasts; "time worked" for what is done for so long."""
    lasting = [m for m in mentions if m.figure["predicate"] in _LASTING or _is_compound(m)]
    measured = _measured(lasting)
    if measured and measured[:1].islower():
        return f"length of the {measured}"
    return _with_verb("time", mentions)


def _is_compound(mention: Mention) -> bool:
    """Whether it stands before its noun: "a nearly hour-long call"."""
    return any(role.startswith("kind:") for role in mention.figure["roles"] or ())


def _share(mentions: Sequence[Mention]) -> str:
    counted = _commonest(m.figure["counted"] for m in mentions)
    if counted:
        return f"share of {re.sub('^of ', '', counted)}"
    return f"share: {measured}" if (measured := _measured(mentions)) else _amount(mentions)


def _score(mentions: Sequence[Mention]) -> str:
    predicate = _commonest(m.figure["predicate"] for m in mentions)
    return f"score ({predicate})" if predicate else "score"


_MAKERS = {"age": _age, "count": _count, "duration": _duration, "percent": _share, "score": _score}
