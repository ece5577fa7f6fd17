"""The names of a text in another language: tables first, then runs of capitals that something shows to be a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tasks.extract.names.foreign.kinds import kind_of_run, trimmed
from tasks.extract.names.foreign.known_names import foreign_gazetteer
from tasks.extract.names.foreign.repeats import repeated
from tasks.extract.names.foreign.runs import capital_runs
from tasks.extract.names.foreign.titled_names import titled_names
from tasks.extract.names.foreign.titles import role_before
from tasks.extract.names.foreign.vocabulary import NameSigns, signs_of
from tasks.extract.names.foreign.whole_runs import whole_run
from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import Gazetteer, normalize_name
from tasks.extract.names.person_spans import with_nicknames


def foreign_names(frame: Frame, found: Sequence[Candidate]) -> list[Candidate]:
    """Names in reading order, none overlapping another. `found` are those of a model, which hold where tables are silent."""
    code = frame.document.language.split("-")[0].lower()
    signs = signs_of(code)
    tables = foreign_gazetteer(code)
    names = list(table_names(frame, tables, signs))
    names = _joined(names, found)
    if not found and signs.connectors:
        names = _joined(names, _shown(frame, signs, tables, names))
    if not found:
        names = _joined(names, titled_names(frame, code))
    names = with_nicknames(frame, _joined(names, repeated(frame, signs, names)))
    for one in names:
        if one.entity_type == "person":
            one.role = role_before(frame, one, signs)
    return _keyed(frame, names)


def _joined(kept: Sequence[Candidate], more: Iterable[Candidate]) -> list[Candidate]:
    """Both in reading order; a longer one replaces those of the first that it holds, else the first stay."""
    owners = {token: one for one in kept for token in range(one.start, one.end)}
    for one in more:
        touching = {
            id(owners[token]): owners[token] for token in range(one.start, one.end) if token in owners
        }
        if all(_holds(one, other) for other in touching.values()):
            owners.update(dict.fromkeys(range(one.start, one.end), one))
    names = {id(one): one for one in owners.values()}
    return sorted(names.values(), key=lambda one: one.start)


def _holds(one: Candidate, other: Candidate) -> bool:
    """Whether one is longer than the other and holds the whole of it."""
    is_longer = one.end - one.start > other.end - other.start
    return is_longer and one.start <= other.start and other.end <= one.end


def table_names(frame: Frame, tables: Gazetteer, signs: NameSigns) -> Iterator[Candidate]:
    """Names of the tables, the longest at each place, and words for peoples."""
    token = 0
    while token < len(frame.words):
        one = _at(frame, token, tables, signs)
        if one is not None:
            yield one
        token = one.end if one is not None else token + 1


def _at(frame: Frame, token: int, tables: Gazetteer, signs: NameSigns) -> Candidate | None:
    word = frame.words[token]
    if not word[0].isalpha():
        return None
    first = normalize_name(word)
    if token not in frame.begins and not frame.is_capital(token) and first in tables.groups:
        return Candidate(token, token + 1, "group", is_model=False, is_certain=True, source="table")
    for rest, entity_type in tables.phrases.get(first, ()):
        end = _match(frame, token, rest)
        has_capital = any(frame.capitals[token:end]) if end is not None else False
        if (
            end is not None
            and (has_capital or _is_uncased(word))
            and not _is_common(frame, token, end, signs)
        ):
            return Candidate(token, end, entity_type, is_model=False, is_certain=True, source="table")
    if first in tables.groups:
        return Candidate(token, token + 1, "group", is_model=False, is_certain=True, source="table")
    return None


def _is_uncased(word: str) -> bool:
    """Whether the script has no capitals."""
    return word.lower() == word.upper()


def _match(frame: Frame, token: int, rest: tuple[str, ...]) -> int | None:
    """The token behind the phrase, or None. Points of abbreviations are passed over: "EE. UU."."""
    at = token + 1
    for want in rest:
        while frame.lower(at) == ".":
            at += 1
        if at >= len(frame.words) or normalize_name(frame.words[at]) != want:
            return None
        at += 1
    return at


def _is_common(frame: Frame, token: int, end: int, signs: NameSigns) -> bool:
    """A single word that is also a surname or a given name, right behind a given name: "Julia Roma"."""
    if end - token > 1:
        return False
    before = frame.lower(token - 1)
    return before in signs.given and frame.is_capital(token - 1)


def _shown(
    frame: Frame, signs: NameSigns, tables: Gazetteer, known: Sequence[Candidate]
) -> Iterator[Candidate]:
    taken = {one.start: one for one in known}
    for start, end in capital_runs(frame, signs):
        whole = None if start in taken else whole_run(frame, start, end, signs, tables)
        if whole is not None:
            yield whole
            continue
        inside = [taken[token] for token in range(start, end) if token in taken]
        for first, last in trimmed(frame, start, end, signs, inside):
            kind = kind_of_run(frame, first, last, signs, tables)
            if kind is not None:
                yield Candidate(first, last, kind[0], is_model=False, source=kind[1])


def _keyed(frame: Frame, candidates: list[Candidate]) -> list[Candidate]:
    for one in candidates:
        one.key = normalize_name(frame.text(one.start, one.end))
    return candidates
