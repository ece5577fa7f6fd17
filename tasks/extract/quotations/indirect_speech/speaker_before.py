"""Who speaks right before a verb of saying: a name, a pronoun, or a description without a name."""

from __future__ import annotations

from spacy.tokens import Span, Token

from core.outcomes import Row
from tasks.extract.quotations.anonymous import person_nouns
from tasks.extract.quotations.cast import Cast
from tasks.extract.quotations.described import HOLDING, SUBORDINATORS, ends_with_held_person, widen
from tasks.extract.quotations.indirect_speech.words import indirect_rules, speaking_nouns

_PRONOUNS = frozenset({"he", "she", "they"})
_NOBODY = frozenset({"we", "i", "you", "it", "who", "one"})
_DETERMINERS = frozenset(
    {"a", "an", "the", "another", "one", "his", "her", "their", "its", "some", "several", "two"}
)
_RELATIVES = frozenset({"that", "which"})  # "the notice that the office hung up said"
_PLACING = frozenset({"of", "in", "on", "at", "near", "outside", "inside", "across", "around"})
_WHERE = frozenset({"in", "of", "at"})
_TOLD = frozenset({"told", "informed", "warned", "assured", "reminded", "advised"})
_PASSIVES = frozenset({"was", "were", "been", "is", "are", "being"})
_CONJUNCTIONS = frozenset({"and", "or", "but"})
_CLAUSES = SUBORDINATORS - _CONJUNCTIONS  # "as neighbors said"
_MAX_BEFORE_PLACE = 4  # "in the south-central"
_MAX_DESCRIPTION = 7
_MAX_CLAUSE = 14
_MAX_PASSED = 20  # auxiliaries before a verb, capitals before a name


def speaker_before(tokens: Span, place: int, cast: Cast) -> tuple[int, int] | None:
    """Offsets of the name, pronoun or description right before the verb tokens[place], over what commas set off."""
    if tokens[place].lower_ in _TOLD and place and tokens[place - 1].lower_ in _PASSIVES:
        return None  # "The paper was told by police that"
    place = _over_helpers(tokens, place)
    if place > 0 and tokens[place - 1].text == ",":
        closing = _before_age(tokens, place - 1)
        opening = _comma_before(tokens, closing)
        named = _named_in_commas(tokens, opening, closing, cast)
        if named is not None:
            return named
        place = _before_age(tokens, opening) or (closing if closing < place - 1 else 0)
    return _speaker_that_ends(tokens, place, cast) if place > 0 else None


def _over_helpers(tokens: Span, place: int) -> int:
    """Back over auxiliaries and adverbs: "has repeatedly said"."""
    floor = max(0, place - _MAX_PASSED)
    helpers = indirect_rules()["before_verb"]
    while place > floor and (tokens[place - 1].lower_ in helpers or _is_adverb(tokens[place - 1])):
        place -= 1
    return place


def _speaker_that_ends(tokens: Span, place: int, cast: Cast) -> tuple[int, int] | None:
    """The speaker whose last word is tokens[place - 1]."""
    last = tokens[place - 1]
    end = last.idx + len(last.text)
    if last.lower_ in _PRONOUNS:
        return last.idx, end
    if last.lower_ in _NOBODY:
        return None
    mention = cast.mention_in(last.idx, end)
    if mention is None or mention["end_char"] < end:
        return _described(tokens, place)
    start = _with_description(tokens, place, _held_name_start(tokens, mention["start_char"], cast))
    first = next(i for i in range(place) if tokens[i].idx + len(tokens[i].text) > start)
    held = _holder_of(tokens, first)
    if held is None and (person := _person_of(tokens, first, mention, cast)) is not None:
        return person
    if held is None and _is_where(tokens, first, mention):
        return _described(tokens, place)
    if held is None or widen(tokens.doc.text, 0, start, end) != (start, end):
        return start, end
    return _described(tokens, held)


def _person_of(tokens: Span, first: int, mention: Row, cast: Cast) -> tuple[int, int] | None:
    """The person before a body or a place at tokens[first] that only describes the person: "Ada Orr of the Port Museum said"."""
    if mention["entity_type"] == "person":
        return None
    place = first - 1 if first and tokens[first - 1].lower_ == "the" else first
    if place < 2 or tokens[place - 1].lower_ not in _PLACING | {"from"}:
        return None
    before = tokens[place - 2]
    named = cast.mention_in(before.idx, before.idx + len(before.text))
    is_person = named is not None and named["entity_type"] == "person"
    return (named["start_char"], named["end_char"]) if named is not None and is_person else None


def _is_where(tokens: Span, first: int, mention: Row) -> bool:
    """Whether the name only says where somebody is: "a caller on Elm Street said", "a sheriff in central Tarro said"."""
    if first < 2 or mention["entity_type"] not in ("place", "facility", "organization"):
        return False
    for place in range(first - 1, max(0, first - 1 - _MAX_BEFORE_PLACE), -1):
        if tokens[place].lower_ in _PLACING:
            noun = tokens[place - 1]
            is_first = place == 1 and noun.text.isalpha()
            return noun.text.islower() or is_first or noun.lower_ in speaking_nouns()
        if tokens[place].text[:1].isupper():
            return False
    return False


def _is_adverb(token: Token) -> bool:
    """ "repeatedly", not "Daly"."""
    return bool(token.lower_.endswith("ly") and token.text.islower())


def _before_age(tokens: Span, place: int) -> int:
    """The comma before the age that the one at tokens[place] closes: "Ada Orr, 54, said"; else `place`."""
    is_age = place > 2 and tokens[place - 1].is_digit and tokens[place - 2].text == ","
    return place - 2 if is_age else place


def _comma_before(tokens: Span, place: int) -> int:
    """The place of the last comma before tokens[place], 0 without one."""
    return next((i for i in range(place - 1, 0, -1) if tokens[i].text == ","), 0)


def _named_in_commas(tokens: Span, opening: int, closing: int, cast: Cast) -> tuple[int, int] | None:
    """The person that the words between two commas name, and no more: "the mayor of Kelmouth, Ada Orr, said".

    None behind another person, whom those words describe, and where the name can be that of either of two.
    """
    if not 0 < opening < closing - 1:
        return None
    start, last, comma = tokens[opening + 1].idx, tokens[closing - 1], tokens[opening].idx
    mention = cast.mention_in(last.idx, last.idx + len(last.text))
    before = cast.mention_in(comma - 1, comma)
    is_other = before is not None and before["entity_type"] == "person"
    if mention is None or mention["entity_type"] != "person" or is_other:
        return None
    titles = tokens.doc.text[start : mention["start_char"]].split()
    if not all(word[0].isupper() for word in titles) or ends_with_held_person(
        tokens.text[: comma - tokens.start_char]
    ):
        return None
    return start, last.idx + len(last.text)


def _held_name_start(tokens: Span, start: int, cast: Cast) -> int:
    """Where the name begins that holds the one at `start`: "Ward Hospital in Port Sable" speaks, not Port Sable."""
    first = next((i for i, token in enumerate(tokens) if token.idx >= start), 0)
    if first < 2 or tokens[first - 1].lower_ not in _WHERE:
        return start
    before = tokens[first - 2]
    held = cast.mention_in(before.idx, before.idx + len(before.text))
    return start if held is None or held["entity_type"] == "person" else int(held["start_char"])


def _holder_of(tokens: Span, first: int) -> int | None:
    """The token behind the person that the name from tokens[first] on only describes: in "a diplomat who met Orr said",
    "one man in the room with Orr said"; None where the name speaks."""
    is_held = first > 0 and tokens[first - 1].lower_ in HOLDING
    for place in range(first - 1, max(0, first - _MAX_DESCRIPTION - 1), -1):
        token = tokens[place]
        if token.is_punct or token.is_space or token.lower_ in SUBORDINATORS:
            return None
        if token.lower_ == "who":
            return place if place < first - 1 and tokens[place - 1].lower_ in person_nouns() else None
        if is_held and token.lower_ in person_nouns():
            return place + 1
    return None


def _with_description(tokens: Span, place: int, start: int) -> int:
    """Takes in the capitalised title before a name: "Mayor Ada Orr"."""
    first = place - 1
    floor = max(0, first - _MAX_PASSED)
    while first > floor and (tokens[first].idx > start or tokens[first - 1].text[:1].isupper()):
        first -= 1
    return min(start, tokens[first].idx) if tokens[first].idx <= start else start


def _described(tokens: Span, place: int) -> tuple[int, int] | None:
    """A description without a name: "a spokeswoman for the port", "officials".

    None behind "and": the subject of "He is a veteran and said" is further off.
    """
    last = tokens[place - 1]
    first = None if last.lower_ in _CONJUNCTIONS else _start_of_description(tokens, place)
    if first is None:
        return None
    if (owner := _owner_of_clause(tokens, first)) is not None:
        return _described(tokens, owner)
    return tokens[first].idx, last.idx + len(last.text)


def _start_of_description(tokens: Span, place: int) -> int | None:
    speakers = speaking_nouns()
    has_speaker = False
    for first in range(place - 1, max(-1, place - 1 - _MAX_DESCRIPTION), -1):
        token = tokens[first]
        is_mark = token.is_space or (token.is_punct and not _is_hyphen(tokens, first))
        if is_mark or token.lower_ in _CLAUSES:
            return first + 1 if has_speaker else None
        has_speaker = has_speaker or token.lower_ in speakers
        is_held = first > 0 and tokens[first - 1].lower_ in HOLDING  # "a spokesman for the hospital"
        if has_speaker and not is_held and (token.lower_ in _DETERMINERS or first == 0):
            return None if first > 0 and tokens[first - 1].lower_ in _RELATIVES else first
    return None


def _is_hyphen(tokens: Span, place: int) -> bool:
    """The hyphens of "a 35-year-old woman"."""
    is_joined = place > 0 and not tokens[place].whitespace_ and not tokens[place - 1].whitespace_
    return is_joined and tokens[place].text in ("-", "‑")


def _owner_of_clause(tokens: Span, first: int) -> int | None:
    """The place behind the person whom a clause before tokens[first] describes: "a woman who lost her son and two daughters"."""
    for place in range(first - 1, max(0, first - _MAX_CLAUSE), -1):
        token = tokens[place]
        if token.is_punct or token.is_space:
            return None
        if token.lower_ in ("who", "whose") and tokens[place - 1].lower_ in person_nouns():
            return place
    return None
