"""The language of a search: words, "phrases", AND, OR, NOT, prefix*, outlet:, since:, until:, speaker:.

What is not understood is noted, for people to read; a filter that cannot be read is an error, since without it the
answer would be another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from core.errors import ConfigError
from core.safety.visible import show_line

FILTERS = ("outlet", "since", "until", "speaker")
_TOKEN = re.compile(
    r"""(?P<minus>-(?=[\w"(]))?(?:(?P<field>[^\W\d]+):(?=["\w]))?"""
    r"""(?:"(?P<phrase>[^"]*)(?P<end>"?)(?P<star>\*?)|(?P<bracket>[()])|(?P<word>[^\s()"]+))"""
)
_QUOTES = str.maketrans("“”„«»", '"""""')
_DEEPEST = 40
# Scripts that write words without spaces between them: each letter is a word, and a word a phrase.
_UNSPACED = re.compile("([\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")
_SPACED = re.compile(" ?((?:⟦)?[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff](?:⟧)?) ?")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search as the index takes it: `match` and `leave_out` are expressions of SQLite's FTS5, None for no words.

    `any_match` takes articles with any of the words; None where AND, OR, NOT or brackets say what is meant. `speakers`
    are the names behind `speaker:`, each with its expression.
    """

    match: str | None = None
    leave_out: str | None = None
    any_match: str | None = None
    outlets: tuple[str, ...] = ()
    without_outlets: tuple[str, ...] = ()
    speakers: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    until: date | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Filters:
    outlets: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    speakers: dict[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


# An expression, and whether it says what an article must not have.
_Part = tuple[str, bool]


def read_query_words(words: str) -> SearchQuery:
    """The search that the words ask for. Raises ConfigError for a filter that cannot be read, or no words at all."""
    tokens = list(_TOKEN.finditer(words.translate(_QUOTES)))
    filters = _Filters()
    part = _Reader(tokens, filters).read()
    match, is_negative = part or (None, False)
    if part is None and not (filters.outlets or filters.without or filters.since or filters.until):
        raise ConfigError("give at least one word to search for")
    return SearchQuery(
        match=None if is_negative else match,
        leave_out=match if is_negative else None,
        any_match=_match_any(tokens) if match else None,
        outlets=tuple(filters.outlets),
        without_outlets=tuple(filters.without),
        speakers=tuple(filters.speakers.items()),
        since=filters.since,
        until=filters.until,
        notes=tuple(filters.notes),
    )


class _Reader:
    """Reads tokens from left to right: OR binds least, then AND, then NOT."""

    def __init__(self, tokens: list[re.Match[str]], filters: _Filters) -> None:
        self._tokens = tokens
        self._filters = filters
        self._at = 0
        self._depth = 0

    def read(self) -> _Part | None:
        """Everything."""
        parts = [self._read_any()]
        while self._at < len(self._tokens):  # a bracket that closes nothing
            self._filters.note("a ) closes nothing and was left out")
            self._at += 1
            parts.append(self._read_any())
        return _join_all(parts)

    def _read_any(self) -> _Part | None:
        parts = [self._read_all()]
        while self._take("OR"):
            parts.append(self._read_all())
        return _join_any(parts)

    def _read_all(self) -> _Part | None:
        parts: list[_Part | None] = []
        while self._at < len(self._tokens) and not self._is_next("OR", ")"):
            if not self._take("AND"):
                parts.append(self._read_one())
        return _join_all(parts)

    def _read_one(self) -> _Part | None:
        if self._take("NOT"):
            return _deny(self._read_one())
        if self._at >= len(self._tokens) or self._is_next("OR", ")", "AND"):
            return None
        token = self._tokens[self._at]
        self._at += 1
        part = self._read_group() if token["bracket"] else self._read_term(token)
        return _deny(part) if token["minus"] and not token["field"] else part

    def _read_group(self) -> _Part | None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ConfigError("the search has too many brackets inside each other; write it with fewer")
        part = self._read_any()
        if not self._take(")"):
            self._filters.note("a ( is not closed; it was read as if it closed at the end")
        self._depth -= 1
        return part

    def _read_term(self, token: re.Match[str]) -> _Part | None:
        text = token["word"] if token["phrase"] is None else token["phrase"]
        if token["phrase"] is not None and not token["end"]:
            self._filters.note("a quotation mark is not closed; the phrase was read to the end")
        name = (token["field"] or "").lower()
        if name in FILTERS:
            return self._read_filter(name, text, is_denied=bool(token["minus"]))
        if name:
            self._filters.note(
                f"there is no filter {show_line(name)}: (there are {', '.join(FILTERS)}); it was searched as a word"
            )
            text = f"{token['field']} {text}"
        return _write_term(text, bool(token["star"]), "{title body}", self._filters.note)

    def _read_filter(self, name: str, text: str, *, is_denied: bool) -> _Part | None:
        if name == "speaker":
            part = _write_term(text, False, "speakers", self._filters.note)
            if part:
                self._filters.speakers[text] = part[0]
            return _deny(part) if is_denied else part
        if name == "outlet":
            (self._filters.without if is_denied else self._filters.outlets).append(text)
            return None
        setattr(self._filters, name, _read_day(name, text))
        return None

    def _is_next(self, *words: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at][0] in words

    def _take(self, word: str) -> bool:
        if self._is_next(word):
            self._at += 1
            return True
        return False


def _deny(part: _Part | None) -> _Part | None:
    return part and (part[0], not part[1])


def _match_any(tokens: list[re.Match[str]]) -> str | None:
    """The same words, any of which is enough; None if something joins them, or if there is only one."""
    if any(token["bracket"] or token["minus"] or token[0] in ("AND", "OR", "NOT") for token in tokens):
        return None
    parts = {token: part[0] for token in tokens if (part := _Reader([token], _Filters()).read())}
    speakers = [text for token, text in parts.items() if token["field"]]
    words = [text for token, text in parts.items() if not token["field"]]
    return _bracket([*speakers, _bracket(words, "OR")], "AND") if len(words) > 1 else None


def _join_all(parts: Iterable[_Part | None]) -> _Part | None:
    known = [part for part in parts if part]
    wanted = [text for text, is_negative in known if not is_negative]
    unwanted = [text for text, is_negative in known if is_negative]
    if not wanted:
        return (_bracket(unwanted, "OR"), True) if unwanted else None
    joined = _bracket(wanted, "AND")
    return (f"({joined} NOT {_bracket(unwanted, 'OR')})" if unwanted else joined), False


def _join_any(parts: Iterable[_Part | None]) -> _Part | None:
    known = [part for part in parts if part]
    if not known:
        return None
    if len(known) > 1 and any(is_negative for _, is_negative in known):
        raise ConfigError(
            "NOT beside OR would match nearly every article; write what it excludes from: (ferry NOT fog) OR tide"
        )
    return _bracket([text for text, _ in known], "OR"), known[0][1]


def _bracket(texts: list[str], joiner: str) -> str:
    return texts[0] if len(texts) == 1 else f"({f' {joiner} '.join(texts)})"


def _write_term(text: str, is_prefix: bool, columns: str, note: Callable[[str], None]) -> _Part | None:
    if text.lower() in ("and", "or", "not") and text != text.upper():
        note(f"“{text}” was searched as a word; to join words write {text.upper()}")
    is_prefix = is_prefix or text.endswith("*")
    text = text.rstrip("*")
    if "*" in text:
        note(f"* counts at the end of a word only: {show_line(text)}")
    if not re.search(r"\w", text):
        note(f"{show_line(text) or '*'} has no letter or digit and was left out")
        return None
    spaced = space_out(text).replace('"', " ").replace("\x00", " ")
    return f'{columns} : "{spaced}"{"*" if is_prefix else ""}', False


def _read_day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"{name}:{show_line(text)} is not a day; write {name}:2026-11-20") from None


def space_out(text: str) -> str:
    """The text with spaces around letters of scripts that write words without spaces, for the index."""
    return text if text.isascii() else _UNSPACED.sub(r" \1 ", text)


def close_up(text: str) -> str:
    """A piece of such a text as it was printed."""
    return text if text.isascii() else _SPACED.sub(r"\1", text)
