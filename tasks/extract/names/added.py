"""Names that the model passed over: known names, acronyms in brackets, capitalised runs with a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.extract.names.evidence import add_votes, inner_votes, outer_votes
from tasks.extract.names.frame import MOST_TOKENS, Candidate, CandidateIndex, Frame
from tasks.extract.names.gazetteer import gazetteer, normalize_name
from tasks.extract.names.person_spans import end_over_hyphen, is_hyphened
from tasks.extract.names.spans import is_half_rank
from tasks.extract.names.words import name_words

_ENOUGH = 2.4


def known_candidates(frame: Frame, taken: set[int]) -> Iterator[Candidate]:
    """Names of our tables that are outside every span of the model's."""
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
            return Candidate(token, end, entity_type, is_model=False, is_certain=True, source="table")
    return None


def _is_name_here(frame: Frame, token: int) -> bool:
    """Whether a single known word is a name: short acronyms in capitals, common words mid-sentence."""
    word, lower = frame.words[token], frame.lowers[token]
    if lower.replace(".", "") in ("us", "who", "au", "ap", "ft", "rsa", "fed", "sec", "is"):
        return word.isupper() and not _is_shouted(frame, token)
    if lower in name_words().common_words:
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
    """Acronyms in brackets, and the full name before the bracket as far as its initials reach.

    After Schwartz and Hearst (2003): the shortest run of words before the bracket that spells the
    acronym. A candidate inside that run is widened to it.
    """
    found = CandidateIndex(candidates)
    for token in range(1, len(frame.words) - 2):
        acronym = frame.words[token + 1]
        if frame.words[token] != "(" or frame.words[token + 2] != ")" or not _is_acronym(acronym):
            continue
        start = _spelled_from(frame, token, acronym)
        inside = found.touching(start or token - 1, token)
        if not inside:
            continue
        number, name = inside[-1]
        if start is not None and name.end <= token and min(one.start for _, one in inside) >= start:
            name.start, name.end = start, token
            found.cover(number, name)
        if (name.end == token or start is not None) and token + 1 not in taken:
            yield Candidate(token + 1, token + 2, name.entity_type, is_model=False, source="pattern")


def _is_acronym(word: str) -> bool:
    return 2 <= len(word) <= 8 and sum(char.isupper() for char in word) >= 2 and word[0].isalpha()


def _spelled_from(frame: Frame, end: int, acronym: str) -> int | None:
    """The first word of the shortest run before `end` whose capitals spell the acronym in order, or None."""
    letters = [char.lower() for char in acronym if char.isalpha()]
    place = end - 1
    while letters and place >= max(0, end - 2 * len(acronym) - 3):
        word = frame.words[place]
        if "\n" in word or word in ".,;:()":
            return None
        if word[0].isupper() and word[0].lower() == letters[-1]:
            letters.pop()
            if not letters:
                return place
        place -= 1
    return None


_DATELINE_WORDS = 3
_REGION_WORDS = 3


_REST_WORDS = 12


def dateline_candidates(frame: Frame, taken: set[int]) -> Iterator[Candidate]:
    """The place in capitals that opens a report: "NORTHWICK - ", "NEW HALDEN, March 3 (Wire) - ".

    Behind it, an agency in brackets and a dash leave no doubt, whatever the model says of it.
    """
    words = frame.words
    for token in sorted(frame.begins):
        if token and "\n" not in words[token - 1]:
            continue
        end = token
        while (
            end < len(words)
            and end < token + _DATELINE_WORDS
            and words[end].isupper()
            and words[end].isalpha()
        ):
            end += 1
        closes = frame.lower(end) in ("-", "–", "—", "(") or (
            frame.lower(end) == "," and frame.lower(end + 1).rstrip(".")[:3] in _MONTHS
        )
        region = _region_end(frame, end) if end > token else end
        is_free = not any(i in taken for i in range(token, end)) or region > end or _is_dateline(frame, end)
        if (closes or region > end) and len("".join(words[token:end])) > 2 and is_free:
            yield Candidate(token, end, "place", is_model=False, is_certain=True, source="pattern")
        if region > end:
            yield Candidate(end + 1, region, "place", is_model=False, is_certain=True, source="pattern")


def _region_end(frame: Frame, end: int) -> int:
    """One past the region behind a dateline's place ("WELLAND, Ont. - ", "RENTON, Wash. (Wire) - "); else `end`."""
    token = end + 1
    while token <= end + _REGION_WORDS and frame.is_capital(token) and frame.lower(token)[:3] not in _MONTHS:
        token += 1
    named = token
    while frame.lower(token) == ".":
        token += 1
    if frame.lower(end) != "," or named == end + 1:
        return end
    return named if frame.lower(token) in ("-", "–", "—", "--") or _is_dateline(frame, token) else end


def _is_dateline(frame: Frame, end: int) -> bool:
    """Whether brackets and a dash close what opens a report: "NORTHWICK, March 3 (Wire) - "."""
    row = [frame.lower(token) for token in range(end, min(len(frame.words), end + _REST_WORDS))]
    closing = row.index(")") if "(" in row and ")" in row else 0
    return closing > 0 and row[closing + 1 : closing + 2] in (["-"], ["–"], ["—"])


_MONTHS = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})


def run_candidates(frame: Frame, candidates: Sequence[Candidate], taken: set[int]) -> Iterator[Candidate]:
    """Runs of capitalised words outside every span, where their words or neighbours tell the type.

    A run right before a name that no table has is the name's beginning: that candidate is widened.
    """
    by_start = {one.start: one for one in candidates}
    token = 0
    while token < len(frame.words):
        if not frame.capitals[token] or token in taken or not _may_name(frame, token):
            token += 1
            continue
        end = _run_end(frame, token, taken)
        one = Candidate(token, end, "", is_model=False, source="pattern")
        following = by_start.get(end)
        if all(word in name_words().offices for word in frame.lowers[token:end]) or is_half_rank(
            frame, token
        ):
            pass
        elif following is not None and _is_rest(frame, one, following):
            following.start = token
        elif one.end - one.start <= MOST_TOKENS and (one.end - one.start > 1 or token not in frame.begins):
            _settle(frame, one)
        if one.entity_type:
            yield one
        token = end


def _is_rest(frame: Frame, run: Candidate, following: Candidate) -> bool:
    """Whether the candidate ends the name that the run begins: "Dorthe" before "Vang"."""
    word = frame.words[following.start]
    is_single = following.end - following.start == 1 or is_hyphened(frame, following)
    is_plain = word.isalpha() and not word.isupper() and is_single
    key = normalize_name(frame.text(following.start, following.end))
    is_known = key in gazetteer().known or key in gazetteer().groups
    lists = name_words()
    never_first = lists.offices | lists.honorifics | lists.function_words
    is_first = run.end - run.start == 1 and frame.lowers[run.start] not in never_first
    is_apart = run.start not in frame.begins and run.start not in frame.headings
    return is_plain and is_first and is_apart and not is_known


def _run_end(frame: Frame, start: int, taken: set[int]) -> int:
    end = start + 1
    while end < len(frame.words) and end not in taken:
        if frame.capitals[end] and _may_name(frame, end):
            end += 1
        elif (
            frame.lowers[end] in name_words().run_links
            and frame.is_capital(end + 1)
            and end + 1 not in taken
            and _may_name(frame, end + 1)
        ) or (
            _is_second_half(frame, end + 1)
            and end_over_hyphen(frame, end) == end + 2
            and end + 1 not in taken
        ):
            end += 2
        else:
            break
    return end


def _is_second_half(frame: Frame, token: int) -> bool:
    """Whether a word behind a hyphen can be a surname's second half; what our tables have is a name of its own."""
    lower = frame.lower(token)
    return lower not in gazetteer().known and lower not in gazetteer().groups


def _may_name(frame: Frame, token: int) -> bool:
    word, lower = frame.words[token], frame.lowers[token]
    lists = name_words()
    if (
        len(word) < 2
        or not word[1:].replace("-", "").replace("’", "").replace("'", "").replace(".", "").isalpha()
    ):
        return False
    if lower in name_words().months_days or lower in lists.honorifics or lower in lists.never:
        return False
    return not (
        token in frame.begins and (lower in name_words().function_words or lower in lists.offices)
    ) and not _is_shouted(frame, token)


def _settle(frame: Frame, one: Candidate) -> None:
    votes = outer_votes(frame, one)
    add_votes(votes, inner_votes(frame, one))
    if not votes:
        return
    best = max(sorted(votes), key=lambda kind: votes[kind])
    if votes[best] >= _ENOUGH:
        one.entity_type = best
