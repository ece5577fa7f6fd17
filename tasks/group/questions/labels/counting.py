"""What a count counts, in words: "people killed", "jobs", "drivers sent", "people aboard"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tasks.extract.lemmas import past_participle
from tasks.group.questions.answers import Mention
from tasks.group.questions.labels.shared_words import commonest, measured, share_role
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
# "41 crew" are people; "41 crews" are something else.
_COLLECTIVE = frozenset(
    {"aircraft", "cattle", "craft", "crew", "fish", "offspring", "personnel", "police", "sheep", "staff"}
)
_DEAD = frozenset(
    {"die", "dead", "death", "kill", "killing", "body", "deceased", "slay", "perish", "murder", "fatality"}
)
_EMPTY = frozenset(
    [
        "be",
        "have",
        "do",
        "say",
        "tell",
        "see",
        "find",
        "identify",
        "describe",
        "get",
        "include",
        "other",
        "take",
        "make",
        "give",
        "put",
        "go",
        "come",
        "use",
    ]
)
# Nouns that say nothing without what follows: members of what?
_PARTS = frozenset({"member", "part", "number", "thing", "case", "time", "way", "place", "group", "side"})
_ANYBODY = frozenset({"person", "man", "woman", "individual", "human", "other"})
_STATES = frozenset(
    ["aboard", "missing", "hurt", "injured", "wounded", "homeless", "safe", "alive", "ill", "stranded"]
)
_PLACES = frozenset(
    [("on", "board"), ("in", "hospital"), ("in", "custody"), ("at", "work"), ("without", "power")]
)


def word_count(mentions: Sequence[Mention]) -> tuple[str, bool]:
    """The label, and whether it tells what is asked: "people" alone does not."""
    nouns = [noun for m in mentions if (noun := head_noun(_english_noun(m)))]
    # A bare number says little of its own.
    mentions = (
        [m for m in mentions if _english_noun(m)] or [m for m in mentions if m.figure["counted"]] or mentions
    )
    roles = Counter(role for m in mentions for role in dict.fromkeys(m.figure["roles"] or ()))
    native = commonest(m.figure.get("native_noun") for m in mentions)
    is_persons = bool(members_of("persons", nouns)) or not (nouns or native)
    if is_persons and _are_dead(roles, len(mentions)):
        return f"{_plural(_common_noun(nouns))} killed", True
    befallen = _befallen(mentions)
    thing = "people" if not nouns and befallen else _thing(mentions, nouns, is_persons)
    if _STATES.intersection(thing.split()):
        return thing, True
    done = next((role for role in _told(roles, len(mentions)) if role.startswith("obj:")), None)
    if done and share_role(mentions, done):
        word = past_participle(done.partition(":")[2])
        return (thing if word in thing.split() else f"{thing} {word}"), True
    where = _where(_told(roles, len(mentions))) or befallen if is_persons else None
    if where:
        return f"{thing} {where}", not nouns or _tells(nouns)
    return thing, _tells(nouns) and _common_noun(nouns) not in _ANYBODY


def _english_noun(mention: Mention) -> str | None:
    """The counted noun, unless it is one of another language that its glossary does not have."""
    return None if mention.figure.get("native_noun") else mention.figure["counted"]


def _are_dead(roles: Counter[str], mention_count: int) -> bool:
    return 2 * sum(n for role, n in roles.items() if role.partition(":")[2] in _DEAD) >= mention_count


def _told(roles: Counter[str], mention_count: int) -> list[str]:
    """The roles that enough of the readings give it."""
    return [
        role
        for role, n in roles.most_common()
        if n * (3 if role.startswith("obj:") else 2) >= mention_count and _is_told(role)
    ]


def _is_told(role: str) -> bool:
    how, _, word = role.partition(":")
    return how not in ("obj", "subj") or (word not in _EMPTY and word.isalpha())


def _tells(nouns: Sequence[str]) -> bool:
    """Whether the noun says what is counted, and not only that it is a part of something."""
    return bool(nouns) and _common_noun(nouns) not in _PARTS


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


def _thing(mentions: Sequence[Mention], nouns: Sequence[str], is_persons: bool) -> str:
    """What is counted, in the words of most readings, in the plural."""
    if not nouns:
        return measured(mentions) or commonest(m.figure.get("native_noun") for m in mentions) or "number"
    if states := _STATES.intersection(nouns):
        return f"people {min(states)}"
    if is_persons:
        return _plural(_common_noun(nouns))
    phrase = commonest(_clip(_english_noun(m)) for m in mentions) or "number"
    head = phrase.split()[-1]
    return phrase if head != head_noun(phrase) else phrase[: -len(head)] + _plural(head)


def _clip(counted: str | None) -> str | None:
    """The noun phrase up to what it is of."""
    words = re.split(r"\s+(?:of|from|in|for|at|on|by|with|who|that|which)\s", counted or "")[0]
    return words if words and words[:1].isupper() and " " in words else words.lower() or None


def _common_noun(nouns: Sequence[str]) -> str:
    """The noun that most readings use; "person" where they use several that say only that."""
    if not nouns:
        return "person"
    if len(set(nouns)) > 1 and len(members_of("persons", nouns)) == len(set(nouns)):
        top, count = Counter(nouns).most_common(1)[0]
        return top if count * 2 > len(nouns) else "person"
    return Counter(nouns).most_common(1)[0][0]


def _plural(noun: str) -> str:
    if noun in _COLLECTIVE:
        return noun
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if re.search(r"(?:s|sh|ch|x|z)$", noun):
        return noun + "es"
    return noun[:-1] + "ies" if re.search(r"[^aeiou]y$", noun) else noun + "s"
