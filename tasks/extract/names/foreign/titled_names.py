"""People whom a title shows in scripts without capital letters: "田村由紀市長", "박해진 씨", "최도현 지사"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.extract.languages.words import read_table
from tasks.extract.names.frame import Candidate, Frame


@cache
def _pattern(code: str) -> re.Pattern[str] | None:
    people = read_table(code, "people")
    if "titled_name" not in people:
        return None
    titles = [*people.get("honorifics", "").split(), *people.get("offices", "").split()]
    listed, surnames = _any_of(titles), _any_of(people.get("surnames", "").split())
    name = people["titled_name"].replace("SURNAME", f"(?:{surnames})")
    end = r"(?![가-힣]{2})"  # "박해진 시장은", and not the first syllables of another word
    age = r"[(（]\d{1,3}[)）·,세歳]"
    return re.compile(f"(?P<name>{name})(?= ?(?:{listed}){end}|{age})")


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def titled_names(frame: Frame, code: str) -> Iterator[Candidate]:
    """People before their titles, and those of Korea where the full name comes again without one."""
    pattern = _pattern(code)
    if pattern is None:
        return
    begins = {place: token for token, place in enumerate(frame.starts)}
    ends = {frame.end_char(token): token + 1 for token in range(len(frame.words))}
    text = frame.document.text
    spans = [match.span("name") for match in pattern.finditer(text)]
    again = _again({text[start:end] for start, end in spans}, text)
    titled = set(spans)
    for start, end in sorted(titled | again):
        if start in begins and end in ends:
            source = "title" if (start, end) in titled else "repeat"
            yield Candidate(begins[start], ends[end], "person", is_model=False, source=source)


def _again(names: set[str], text: str) -> set[tuple[int, int]]:
    """Where names of three characters or more come again; shorter ones are common words as well."""
    found: set[tuple[int, int]] = set()
    for name in names:
        if len(name) >= 3:
            found.update(
                (match.start(), match.end()) for match in re.finditer(rf"(?<!\w){re.escape(name)}", text)
            )
    return found
