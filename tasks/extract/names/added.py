"""Names that the model passed over: known names, acronyms in brackets, capitalised runs with a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.extract.names.evidence import add_votes, inner_votes, outer_votes
from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import gazetteer, normalize_name
from tasks.extract.names.words import name_words

_ENOUGH = 2.4
_RUN_LINKS = frozenset({"of", "for", "and", "the", "&", "de", "la", "al", "bin", "van", "von", "del"})
_MONTHS_DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan.",
        "feb.",
        "mar.",
        "apr.",
        "jun.",
        "jul.",
        "aug.",
        "sept.",
        "oct.",
        "nov.",
        "dec.",
        "may",
    ]
)
# Known names that are words as well: only a capital in the middle of a sentence makes them names.
_COMMON = frozenset(
    {
        "us",
        "may",
        "labour",
        "guardian",
        "who",
        "au",
        "ap",
        "ft",
        "congress",
        "polish",
        "gulf",
        "pole",
        "dane",
        "swede",
        "finn",
        "turk",
        "dominican",
        "native",
        "western",
        "indigenous",
        "queens",
        "capitol",
        "amnesty",
        "tass",
        "labor",
        "shell",
        "apple",
        "amazon",
        "meta",
        "java",
        "victoria",
        "jordan",
        "chad",
        "mali",
        "georgia",
        "kiwi",
        "rio",
        "hague",
        "midwest",
        "democratic",
        "orthodox",
        "republican",
        "franco",
        "anglo",
        "sino",
        "latin",
        "fed",
        "sec",
        "pacific",
        "atlantic",
        "arctic",
        "french",
        "rsa",
        "nsc",
        "senate",
    }
)


def known_candidates(frame: Frame, taken: set[int]) -> Iterator[Candidate]:
    """Names of our tables that stand outside every span of the model's."""
    phrases = gazetteer().phrases
    for token, is_capital in enumerate(frame.capitals):
        if is_capital and token not in taken and (options := phrases.get(_form(frame, token))):
            one = _match(frame, token, options, taken)
            if one is not None:
                yield one


def _form(frame: Frame, token: int) -> str:
    word = frame.lowers[token]
    return word if word.isalpha() and word.isascii() else normalize_name(word)


def _match(
    frame: Frame, token: int, options: Sequence[tuple[tuple[str, ...], str]], taken: set[int]
) -> Candidate | None:
    for rest, entity_type in options:
        end = token + 1 + len(rest)
        if end > len(frame.words) or any(place in taken for place in range(token, end)):
            continue
        if all(_form(frame, token + 1 + i) == word for i, word in enumerate(rest)):
            if not rest and not _is_name_here(frame, token):
                return None
            return Candidate(token, end, entity_type, is_model=False, is_certain=True)
    return None


def _is_name_here(frame: Frame, token: int) -> bool:
    """Whether a single known word is a name: short acronyms in capitals, common words mid-sentence."""
    word, lower = frame.words[token], frame.lowers[token]
    if lower.replace(".", "") in ("us", "who", "au", "ap", "ft", "rsa", "fed", "sec", "is"):
        return word.isupper() and not _is_shouted(frame, token)
    if lower in _COMMON:
        return (
            token not in frame.begins and not frame.is_capital(token + 1) and not frame.is_capital(token - 1)
        )
    # A capitalised neighbour makes it a part of something else: "Jordan Peele", "New Mexico".
    thing = gazetteer().known.get(_form(frame, token))
    if thing is not None and thing.entity_type != "place":
        return not frame.is_capital(token + 1) or frame.words[token].isupper()
    return True


def _is_shouted(frame: Frame, token: int) -> bool:
    near = [frame.words[i] for i in (token - 1, token + 1) if 0 <= i < len(frame.words)]
    return any(len(word) > 3 and word.isupper() and word.isalpha() for word in near)


def acronym_candidates(frame: Frame, candidates: Sequence[Candidate], taken: set[int]) -> Iterator[Candidate]:
    """Acronyms in brackets behind the name they stand for."""
    by_end = {one.end: one for one in candidates}
    for token in range(1, len(frame.words) - 2):
        if frame.words[token] != "(" or not _is_acronym(frame.words[token + 1]):
            continue
        closes = frame.words[token + 2] == ")"
        name = by_end.get(token)
        if token + 1 in taken or not closes or name is None:
            continue
        if _spells(frame, name, frame.words[token + 1]):
            yield Candidate(token + 1, token + 2, name.entity_type, is_model=False)


def _is_acronym(word: str) -> bool:
    return 2 <= len(word) <= 8 and sum(char.isupper() for char in word) >= 2 and word[0].isalpha()


def _spells(frame: Frame, name: Candidate, acronym: str) -> bool:
    """Whether the acronym's first letter begins a word of the name, and half of its letters do."""
    initials = [word[0].lower() for word in frame.words[name.start : name.end] if word[0].isalpha()]
    letters = [char.lower() for char in acronym if char.isalpha()]
    if len(initials) < 2 or letters[0] not in initials:
        return False
    return sum(letter in initials for letter in letters) * 2 >= len(letters)


def run_candidates(frame: Frame, taken: set[int]) -> Iterator[Candidate]:
    """Runs of capitalised words outside every span, where their words or neighbours tell the type."""
    token = 0
    while token < len(frame.words):
        if not frame.capitals[token] or token in taken or not _may_name(frame, token):
            token += 1
            continue
        end = _run_end(frame, token, taken)
        one = Candidate(token, end, "", is_model=False)
        if one.end - one.start > 1 or token not in frame.begins:
            _settle(frame, one)
        if one.entity_type:
            yield one
        token = end


def _run_end(frame: Frame, start: int, taken: set[int]) -> int:
    end = start + 1
    while end < len(frame.words) and end not in taken:
        if frame.capitals[end] and _may_name(frame, end):
            end += 1
        elif (
            frame.lowers[end] in _RUN_LINKS
            and frame.is_capital(end + 1)
            and end + 1 not in taken
            and _may_name(frame, end + 1)
        ):
            end += 2
        else:
            break
    return end


def _may_name(frame: Frame, token: int) -> bool:
    word, lower = frame.words[token], frame.lowers[token]
    lists = name_words()
    if (
        len(word) < 2
        or not word[1:].replace("-", "").replace("’", "").replace("'", "").replace(".", "").isalpha()
    ):
        return False
    if lower in _MONTHS_DAYS or lower in lists.honorifics or lower in lists.never:
        return False
    return not (token in frame.begins and (lower in _FUNCTION or lower in lists.offices)) and not _is_shouted(
        frame, token
    )


_FUNCTION = frozenset(
    [
        "the",
        "a",
        "an",
        "he",
        "she",
        "it",
        "they",
        "we",
        "you",
        "i",
        "his",
        "her",
        "its",
        "their",
        "our",
        "this",
        "that",
        "these",
        "those",
        "there",
        "in",
        "on",
        "at",
        "as",
        "after",
        "before",
        "but",
        "and",
        "or",
        "so",
        "if",
        "when",
        "while",
        "since",
        "because",
        "although",
        "though",
        "however",
        "meanwhile",
        "for",
        "from",
        "with",
        "by",
        "to",
        "under",
        "over",
        "during",
        "what",
        "who",
        "why",
        "how",
        "where",
        "which",
        "some",
        "many",
        "most",
        "several",
        "one",
        "two",
        "three",
        "all",
        "both",
        "another",
        "other",
        "no",
        "not",
        "now",
        "then",
        "also",
        "still",
        "according",
        "despite",
        "earlier",
        "last",
        "later",
        "more",
        "once",
        "only",
        "until",
        "officials",
    ]
)


def _settle(frame: Frame, one: Candidate) -> None:
    votes = outer_votes(frame, one)
    add_votes(votes, inner_votes(frame, one))
    if not votes:
        return
    best = max(sorted(votes), key=lambda kind: votes[kind])
    if votes[best] >= _ENOUGH:
        one.entity_type = best
